#include "tools/attune/form_files.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/violations.h"
#include "google/rpc/error_details.pb.h"
#include "tools/attune/files.h"

namespace attune {
namespace {

void AddViolation(const std::string& place, const Violation& violation,
                  google::rpc::BadRequest& details) {
  auto* added = details.add_field_violations();
  added->set_field(absl::StrCat(place, ": ", violation.field));
  added->set_reason(violation.reason);
  added->set_description(violation.description);
}

}  // namespace

absl::StatusOr<FormFile> ReadFormFile(const std::string& path,
                                      std::istream& in) {
  ASSIGN_OR_RETURN(std::string text, ReadFileOr(path, in));
  absl::StatusOr<FormText> form = FormText::Parse(text);
  if (!form.ok()) {
    return MakeError(
        form.status().code(), ReasonOf(form.status()),
        absl::StrCat(path, ":", std::string(form.status().message())));
  }
  return FormFile{path, *std::move(form)};
}

std::string PlaceOf(const FormFile& file, const std::string& field) {
  const TextPlace place = file.text.Locate(field);
  return absl::StrCat(file.path, ":", place.line, ":", place.column);
}

absl::Status ErrorOf(const FormFile& file,
                     const std::vector<v1::LintFinding>& findings) {
  google::rpc::BadRequest details;
  for (const v1::LintFinding& finding : findings) {
    if (finding.severity() != v1::LintFinding::SEVERITY_ERROR) continue;
    AddViolation(PlaceOf(file, finding.field()),
                 {finding.field(), finding.reason(), finding.description()},
                 details);
  }
  const int count = details.field_violations_size();
  if (count == 0) return absl::OkStatus();
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, "FORM_INVALID",
                absl::StrCat(file.path, " has ", count,
                             count == 1 ? " error." : " errors."));
  status.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return status;
}

absl::Status AtPlaces(const FormFile& file, const absl::Status& status) {
  google::rpc::BadRequest details;
  const Violations violations = Violations::FromStatus(status);
  if (violations.empty()) return status;
  for (const Violation& violation : violations.all()) {
    if (absl::StartsWith(violation.field, "form")) {
      AddViolation(PlaceOf(file, violation.field), violation, details);
    } else {
      auto* same = details.add_field_violations();
      same->set_field(violation.field);
      same->set_reason(violation.reason);
      same->set_description(violation.description);
    }
  }
  absl::Status placed = status;
  placed.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return placed;
}

}  // namespace attune
