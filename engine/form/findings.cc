#include "engine/form/findings.h"

#include <string>

namespace attune {
namespace {

v1::LintFinding MakeFinding(v1::LintFinding::Severity severity,
                            absl::string_view field, absl::string_view reason,
                            absl::string_view description) {
  v1::LintFinding finding;
  finding.set_severity(severity);
  finding.set_field(std::string(field));
  finding.set_reason(std::string(reason));
  finding.set_description(std::string(description));
  return finding;
}

}  // namespace

void Findings::Warn(absl::string_view field, absl::string_view reason,
                    absl::string_view description) {
  all.push_back(MakeFinding(v1::LintFinding::SEVERITY_WARNING, field, reason,
                            description));
}

void Findings::Refuse(absl::string_view field, absl::string_view reason,
                      absl::string_view description) {
  all.push_back(
      MakeFinding(v1::LintFinding::SEVERITY_ERROR, field, reason, description));
}

void Findings::Break(absl::string_view field, absl::string_view reason,
                     absl::string_view description) {
  Refuse(field, reason, description);
  sound = false;
}

}  // namespace attune
