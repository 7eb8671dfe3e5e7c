#include "engine/form/vendors/import_log.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "google/rpc/error_details.pb.h"

namespace attune {
namespace {

// A file of another kind altogether is wrong everywhere.
constexpr size_t kMaxProblems = 100;

}  // namespace

void ImportLog::Note(absl::string_view path, absl::string_view what,
                     absl::string_view why) {
  const auto [found, is_new] =
      index_.try_emplace({std::string(what), std::string(why)}, notes_.size());
  if (is_new) {
    notes_.push_back({std::string(path), std::string(what), std::string(why)});
  } else {
    ++notes_[found->second].count;
  }
}

void ImportLog::Refuse(absl::string_view path, absl::string_view reason,
                       absl::string_view description) {
  problems_.Add(path, reason, description);
}

absl::Status ImportLog::ToStatus() const {
  if (problems_.empty()) return absl::OkStatus();
  google::rpc::BadRequest details;
  for (const Violation& problem : problems_.all()) {
    if (details.field_violations_size() == kMaxProblems) break;
    auto* added = details.add_field_violations();
    added->set_field(problem.field);
    added->set_reason(problem.reason);
    added->set_description(problem.description);
  }
  const size_t count = problems_.all().size();
  std::string message =
      absl::StrCat(count, count == 1 ? " thing is" : " things are", " wrong");
  if (count > kMaxProblems) {
    absl::StrAppend(&message, "; the first ", kMaxProblems, " are");
  }
  absl::Status status = MakeError(absl::StatusCode::kInvalidArgument,
                                  "VENDOR_FORM_INVALID", message + ":");
  status.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return status;
}

}  // namespace attune
