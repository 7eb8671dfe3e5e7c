#include "tools/attune/client.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/status_macros.h"
#include "google/rpc/status.pb.h"

namespace attune {
namespace {

// Every call here either only reads, or carries a request_id, or may be
// repeated anyway; these may not, and so are named without a policy.
constexpr char kServiceConfig[] = R"json({
  "methodConfig": [
    {"name": [{"service": "attune.v1.AdminService", "method": "CreateToken"},
              {"service": "attune.v1.VoiceService", "method": "SubmitProp"}]},
    {"name": [{}],
     "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s",
                     "maxBackoff": "2s", "backoffMultiplier": 3,
                     "retryableStatusCodes": ["UNAVAILABLE"]}}]})json";

}  // namespace

absl::StatusOr<std::unique_ptr<RpcClient>> RpcClient::Make(
    const ConnectionOptions& options) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel,
                   OpenChannel(options, RetryingArguments()));
  ASSIGN_OR_RETURN(std::string token, FindToken(options));
  return std::unique_ptr<RpcClient>(
      new RpcClient(options, std::move(token), std::move(channel)));
}

RpcClient::RpcClient(const ConnectionOptions& options, std::string token,
                     std::shared_ptr<grpc::Channel> channel)
    : options_(options),
      token_(std::move(token)),
      channel_(std::move(channel)) {}

void RpcClient::Prepare(grpc::ClientContext& context) const {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(static_cast<int64_t>(
                           options_.timeout_seconds * 1000)));
  if (!token_.empty()) {
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token_));
  }
}

absl::Status RpcClient::ToStatus(const grpc::Status& status) const {
  if (status.ok()) return absl::OkStatus();
  std::string message = status.error_message();
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      message = absl::StrCat("The server at ", options_.server,
                             " is not available: ", message,
                             "\nIs attuned running there?");
      break;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      message = absl::StrCat(
          "The server at ", options_.server, " did not answer within ",
          options_.timeout_seconds, " s (--timeout): ", message);
      break;
    case grpc::StatusCode::UNAUTHENTICATED:
      if (token_.empty()) {
        absl::StrAppend(&message,
                        "\nNo token was found; name its file with "
                        "--token-file.");
      }
      break;
    default:
      break;
  }
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      message);
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : details.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return result;
}

grpc::ChannelArguments RetryingArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  return arguments;
}

std::string NewRequestId() { return MakeUuid(SystemClock()()); }

std::string RequestIdOf(absl::string_view content) {
  return Sha256Hex(content);
}

}  // namespace attune
