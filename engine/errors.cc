#include "engine/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "engine/violations.h"
#include "google/rpc/error_details.pb.h"

namespace attune {
namespace {

absl::Status WithResource(absl::Status status, absl::string_view name) {
  google::rpc::ResourceInfo info;
  info.set_resource_name(std::string(name));
  status.SetPayload(kResourceInfoUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, absl::string_view reason,
                       absl::string_view message) {
  absl::Status status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("attune");
  status.SetPayload(kErrorInfoUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

absl::Status NotFound(absl::string_view name) {
  return WithResource(MakeError(absl::StatusCode::kNotFound, "NOT_FOUND",
                                absl::StrCat(name, " was not found.")),
                      name);
}

absl::Status AlreadyExists(absl::string_view name) {
  return WithResource(
      MakeError(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                absl::StrCat(name, " already exists.")),
      name);
}

absl::Status EtagMismatch(absl::string_view name) {
  return WithResource(
      MakeError(
          absl::StatusCode::kAborted, "ETAG_MISMATCH",
          absl::StrCat(name, " has changed since it was read; read it again.")),
      name);
}

absl::Status FailedPrecondition(absl::string_view reason,
                                absl::string_view message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status PermissionDenied(absl::string_view message) {
  return MakeError(absl::StatusCode::kPermissionDenied, "PERMISSION_DENIED",
                   message);
}

absl::Status Invalid(absl::string_view field, absl::string_view reason,
                     absl::string_view description) {
  Violations violations;
  violations.Add(field, reason, description);
  return violations.ToStatus();
}

absl::Status WithRetryAfterMillis(absl::Status status, int millis) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(millis / 1000);
  info.mutable_retry_delay()->set_nanos((millis % 1000) * 1'000'000);
  status.SetPayload(kRetryInfoUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kErrorInfoUrl);
  google::rpc::ErrorInfo info;
  if (!payload || !info.ParseFromString(std::string(*payload))) return "";
  return info.reason();
}

}  // namespace attune
