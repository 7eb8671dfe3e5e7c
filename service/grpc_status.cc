#include "service/grpc_status.h"

#include <map>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attune {
namespace {

static_assert(static_cast<int>(absl::StatusCode::kInvalidArgument) ==
              static_cast<int>(grpc::StatusCode::INVALID_ARGUMENT));
static_assert(static_cast<int>(absl::StatusCode::kNotFound) ==
              static_cast<int>(grpc::StatusCode::NOT_FOUND));
static_assert(static_cast<int>(absl::StatusCode::kUnauthenticated) ==
              static_cast<int>(grpc::StatusCode::UNAUTHENTICATED));

// A peer takes 8 KiB of metadata: the message, percent-encoded (up to three
// bytes for one), and the details, which hold the message again.
constexpr size_t kMaxMessageBytes = 1024;
constexpr size_t kMaxWireBytes = 7 * 1024;

// Payloads by type URL: in the same order every time.
using Details = std::map<std::string, std::string>;

std::string CutMessage(absl::string_view message) {
  if (message.size() <= kMaxMessageBytes) return std::string(message);
  size_t end = kMaxMessageBytes;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) {
    --end;  // not inside a UTF-8 character
  }
  return absl::StrCat(message.substr(0, end), "...");
}

bool IsOurFault(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal ||
         status.code() == absl::StatusCode::kUnknown;
}

Details DetailsOf(const absl::Status& status, absl::string_view request_id) {
  Details details;
  if (!IsOurFault(status)) {
    status.ForEachPayload([&](absl::string_view url, const absl::Cord& bytes) {
      details[std::string(url)] = std::string(bytes);
    });
  }
  google::rpc::ErrorInfo info;
  info.ParseFromString(details[kErrorInfoUrl]);
  if (info.reason().empty()) {
    info.set_reason(absl::StatusCodeToString(status.code()));
  }
  info.set_domain("attune");
  (*info.mutable_metadata())["request_id"] = std::string(request_id);
  details[kErrorInfoUrl] = info.SerializeAsString();
  return details;
}

google::rpc::Status Assemble(const absl::Status& status,
                             const std::string& message,
                             const Details& details) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(message);
  for (const auto& [url, bytes] : details) {
    auto* any = wire.add_details();
    any->set_type_url(url);
    any->set_value(bytes);
  }
  return wire;
}

// Percent-encoding triples what is not printable ASCII.
size_t EncodedBytes(absl::string_view message) {
  size_t bytes = 0;
  for (const char c : message)
    bytes += c >= ' ' && c <= '~' && c != '%' ? 1 : 3;
  return bytes;
}

// Takes the last violation away; false if there was none.
bool DropLastViolation(Details& details) {
  const auto payload = details.find(kBadRequestUrl);
  google::rpc::BadRequest bad_request;
  if (payload == details.end() ||
      !bad_request.ParseFromString(payload->second) ||
      bad_request.field_violations().empty()) {
    return false;
  }
  bad_request.mutable_field_violations()->RemoveLast();
  payload->second = bad_request.SerializeAsString();
  return true;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status,
                          absl::string_view request_id) {
  if (status.ok()) return grpc::Status::OK;
  const std::string message =
      IsOurFault(status)
          ? absl::StrCat(
                "Something went wrong in the server; its log tells "
                "more under request_id=",
                request_id, ".")
          : CutMessage(status.message());
  Details details = DetailsOf(status, request_id);
  google::rpc::Status wire = Assemble(status, message, details);
  while (EncodedBytes(message) + wire.ByteSizeLong() > kMaxWireBytes &&
         DropLastViolation(details)) {
    wire = Assemble(status, message, details);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), message,
                      wire.SerializeAsString());
}

}  // namespace attune
