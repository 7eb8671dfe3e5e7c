#include "tools/attune/client.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/status_macros.h"
#include "google/rpc/status.pb.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"

namespace attune {
namespace {

// Every call here either only reads, or carries a request_id, or may be
// repeated anyway; CreateToken alone may not, and so is named without a policy.
constexpr char kServiceConfig[] = R"json({
  "methodConfig": [
    {"name": [{"service": "attune.v1.AdminService", "method": "CreateToken"}]},
    {"name": [{}],
     "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s",
                     "maxBackoff": "2s", "backoffMultiplier": 3,
                     "retryableStatusCodes": ["UNAVAILABLE"]}}]})json";

constexpr char kLocalToken[] = "./var/admin.token";
constexpr int kLargestAnswerBytes = 64 << 20;

std::string UserTokenFile() {
  const char* config = getenv("XDG_CONFIG_HOME");
  if (config != nullptr && *config == '/') {
    return absl::StrCat(config, "/attune/token");
  }
  const char* home = getenv("HOME");
  if (home == nullptr) return "";
  return absl::StrCat(home, "/.config/attune/token");
}

// Empty if there is none to be found and none was asked for.
absl::StatusOr<std::string> FindToken(const ConnectionOptions& options) {
  std::string path = options.token_file;
  if (path.empty()) {
    for (const std::string& candidate :
         {std::string(kLocalToken), UserTokenFile()}) {
      if (!candidate.empty() && access(candidate.c_str(), F_OK) == 0) {
        path = candidate;
        break;
      }
    }
  }
  if (path.empty()) return std::string();
  ASSIGN_OR_RETURN(std::string token, ReadFile(path));
  absl::StripAsciiWhitespace(&token);
  const bool plain = std::all_of(token.begin(), token.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c));
  });
  if (token.empty() || token.size() > 4096 || !plain) {
    return FileError(absl::StrCat(path, " does not hold a token."));
  }
  return token;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const ConnectionOptions& options) {
  if (options.tls_ca.empty() && IsLoopback(options.server)) {
    return grpc::InsecureChannelCredentials();
  }
  grpc::SslCredentialsOptions tls;
  if (!options.tls_ca.empty()) {
    ASSIGN_OR_RETURN(tls.pem_root_certs, ReadFile(options.tls_ca));
  }
  return grpc::SslCredentials(tls);
}

// HOST:PORT, an IPv6 host in brackets.
bool IsHostAndPort(absl::string_view server) {
  const size_t colon = server.rfind(':');
  int port = 0;
  return colon != absl::string_view::npos && colon > 0 &&
         absl::SimpleAtoi(server.substr(colon + 1), &port) && port > 0 &&
         port <= 65535 &&
         (server[0] == '[' ? server[colon - 1] == ']'
                           : server.find(':') == colon) &&
         server.find('/') == absl::string_view::npos;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RpcClient>> RpcClient::Make(
    const ConnectionOptions& options) {
  if (!IsHostAndPort(options.server)) {
    return UsageError(absl::StrCat("--server is HOST:PORT, such as ",
                                   "127.0.0.1:7400; not ", options.server,
                                   "."));
  }
  ASSIGN_OR_RETURN(std::string token, FindToken(options));
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::ChannelCredentials> credentials,
                   MakeCredentials(options));
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetMaxReceiveMessageSize(kLargestAnswerBytes);
  // A proxy meant for the web must not see calls to this server.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return std::unique_ptr<RpcClient>(new RpcClient(
      options, std::move(token),
      grpc::CreateCustomChannel(options.server, credentials, arguments)));
}

RpcClient::RpcClient(const ConnectionOptions& options, std::string token,
                     std::shared_ptr<grpc::Channel> channel)
    : options_(options),
      token_(std::move(token)),
      directory_(v1::DirectoryService::NewStub(channel)),
      forms_(v1::FormService::NewStub(channel)),
      evaluations_(v1::EvaluationService::NewStub(channel)),
      reports_(v1::ReportService::NewStub(channel)),
      admin_(v1::AdminService::NewStub(channel)) {}

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

bool IsLoopback(absl::string_view server) {
  const absl::string_view host = server.substr(0, server.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  // A name such as 127.example.com is not an address.
  return absl::StartsWith(host, "127.") &&
         host.find_first_not_of("0123456789.") == absl::string_view::npos;
}

std::string NewRequestId() { return MakeUuid(SystemClock()()); }

std::string RequestIdOf(absl::string_view content) {
  return Sha256Hex(content);
}

}  // namespace attune
