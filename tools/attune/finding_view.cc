#include "tools/attune/finding_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/form/form_lint.h"
#include "tools/attune/terminal.h"

namespace attune {

std::vector<PlacedFinding> LintText(const std::string& file,
                                    const FormText& text) {
  std::vector<PlacedFinding> findings;
  for (v1::LintFinding& finding : LintForm(text.form())) {
    const TextPlace place = text.Locate(finding.field());
    findings.push_back({file, place, std::move(finding)});
  }
  return findings;
}

bool IsError(const PlacedFinding& finding) {
  return finding.finding.severity() == v1::LintFinding::SEVERITY_ERROR;
}

std::string SeverityWord(const PlacedFinding& finding) {
  return IsError(finding) ? "error" : "warning";
}

std::string FindingLine(const PlacedFinding& finding, bool color) {
  return absl::StrCat(
      finding.file, ":", finding.place.line, ":", finding.place.column, ": ",
      Toned(SeverityWord(finding),
            IsError(finding) ? Tone::kBad : Tone::kWarning, color),
      ": ", Printable(finding.finding.description()), " [",
      finding.finding.reason(), "]");
}

nlohmann::ordered_json FindingJson(const PlacedFinding& finding) {
  return {
      {"file", finding.file},
      {"line", finding.place.line},
      {"column", finding.place.column},
      {"severity", v1::LintFinding::Severity_Name(finding.finding.severity())},
      {"field", finding.finding.field()},
      {"reason", finding.finding.reason()},
      {"description", finding.finding.description()}};
}

std::string CountText(const std::vector<PlacedFinding>& findings) {
  const auto errors = std::count_if(findings.begin(), findings.end(), IsError);
  const auto warnings = static_cast<long>(findings.size()) - errors;
  return absl::StrCat(errors, errors == 1 ? " error, " : " errors, ", warnings,
                      warnings == 1 ? " warning" : " warnings");
}

}  // namespace attune
