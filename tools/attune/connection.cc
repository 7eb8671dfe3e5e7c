#include "tools/attune/connection.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/status_macros.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"

namespace attune {
namespace {

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

}  // namespace

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

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(
    const ConnectionOptions& options, grpc::ChannelArguments arguments) {
  if (!IsHostAndPort(options.server)) {
    return UsageError(absl::StrCat("--server is HOST:PORT, such as ",
                                   "127.0.0.1:7400; not ", options.server,
                                   "."));
  }
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::ChannelCredentials> credentials,
                   MakeCredentials(options));
  arguments.SetMaxReceiveMessageSize(kLargestAnswerBytes);
  // A proxy meant for the web must not see calls to this server.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(options.server, credentials, arguments);
}

bool IsLoopback(absl::string_view server) {
  const absl::string_view host = server.substr(0, server.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  // A name such as 127.example.com is not an address.
  return absl::StartsWith(host, "127.") &&
         host.find_first_not_of("0123456789.") == absl::string_view::npos;
}

}  // namespace attune
