// The errors the engine gives.  Each carries google.rpc.ErrorInfo with a stable
// reason and, where there is one, google.rpc.ResourceInfo, as payloads under
// the type's URL: on the wire they become status details unchanged.

#ifndef ATTUNE_ENGINE_ERRORS_H_
#define ATTUNE_ENGINE_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attune {

inline constexpr char kBadRequestUrl[] =
    "type.googleapis.com/google.rpc.BadRequest";
inline constexpr char kErrorInfoUrl[] =
    "type.googleapis.com/google.rpc.ErrorInfo";
inline constexpr char kResourceInfoUrl[] =
    "type.googleapis.com/google.rpc.ResourceInfo";
inline constexpr char kRetryInfoUrl[] =
    "type.googleapis.com/google.rpc.RetryInfo";

// `reason` is UPPER_SNAKE_CASE and stable; `message` says what is wrong and
// what would be right.
absl::Status MakeError(absl::StatusCode code, absl::string_view reason,
                       absl::string_view message);

// NOT_FOUND (reason NOT_FOUND) for a resource name, such as `forms/call`.
absl::Status NotFound(absl::string_view name);
// ALREADY_EXISTS (reason ALREADY_EXISTS).
absl::Status AlreadyExists(absl::string_view name);
// ABORTED (reason ETAG_MISMATCH).
absl::Status EtagMismatch(absl::string_view name);
// FAILED_PRECONDITION.
absl::Status FailedPrecondition(absl::string_view reason,
                                absl::string_view message);
// PERMISSION_DENIED (reason PERMISSION_DENIED).
absl::Status PermissionDenied(absl::string_view message);
// INVALID_ARGUMENT with one violation.
absl::Status Invalid(absl::string_view field, absl::string_view reason,
                     absl::string_view description);

// `status` with google.rpc.RetryInfo added.
absl::Status WithRetryAfterMillis(absl::Status status, int millis);

// The reason `status` carries; empty if none.
std::string ReasonOf(const absl::Status& status);

}  // namespace attune

#endif  // ATTUNE_ENGINE_ERRORS_H_
