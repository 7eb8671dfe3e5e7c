#include "tools/attune/failure.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/violations.h"
#include "tools/attune/terminal.h"

namespace attune {
namespace {

constexpr char kUsageReason[] = "USAGE";
constexpr char kFileReason[] = "FILE";
// What Violations::ToStatus() gives.
constexpr char kFieldsInvalid[] = "FIELDS_INVALID";

}  // namespace

absl::Status UsageError(absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

absl::Status FileError(absl::string_view message) {
  return MakeError(absl::StatusCode::kUnknown, kFileReason, message);
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return ReasonOf(status) == kUsageReason ? kExitUsage : kExitInvalid;
    case absl::StatusCode::kNotFound:
      return kExitNotFound;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
      return kExitDenied;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return kExitConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kExitUnavailable;
    case absl::StatusCode::kCancelled:
      return kExitInterrupted;
    default:
      return kExitError;
  }
}

std::string FailureText(const absl::Status& status, bool color,
                        absl::string_view program) {
  std::string message = PrintableLines(std::string(status.message()));
  if (message.empty()) message = absl::StatusCodeToString(status.code());
  const Violations violations = Violations::FromStatus(status);
  if (ReasonOf(status) == kFieldsInvalid) {
    // Its message is the first violation again.
    message = violations.all().size() == 1
                  ? "One thing is wrong:"
                  : absl::StrCat(violations.all().size(), " things are wrong:");
  }
  std::string text = absl::StrCat(
      Toned(absl::StrCat(program, ":"), Tone::kBad, color), " ", message, "\n");
  for (const Violation& violation : violations.all()) {
    absl::StrAppend(
        &text, Printable(violation.field), violation.field.empty() ? "" : ": ",
        Printable(violation.description), " [", violation.reason, "]\n");
  }
  return text;
}

std::string FailureJson(const absl::Status& status) {
  nlohmann::ordered_json violations = nlohmann::ordered_json::array();
  const Violations carried = Violations::FromStatus(status);
  for (const Violation& violation : carried.all()) {
    violations.push_back({{"field", violation.field},
                          {"reason", violation.reason},
                          {"description", violation.description}});
  }
  const nlohmann::ordered_json error = {
      {"error",
       {{"code", absl::StatusCodeToString(status.code())},
        {"reason", ReasonOf(status)},
        {"message", std::string(status.message())},
        {"violations", violations}}}};
  // A message may quote what is not UTF-8.
  return error.dump(-1, ' ', false,
                    nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace attune
