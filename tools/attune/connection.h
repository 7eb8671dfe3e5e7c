// Where the server is, and who calls: channels and tokens.

#ifndef ATTUNE_TOOLS_ATTUNE_CONNECTION_H_
#define ATTUNE_TOOLS_ATTUNE_CONNECTION_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attune {

struct ConnectionOptions {
  std::string server = "127.0.0.1:7400";  // HOST:PORT
  // Empty: ./var/admin.token, then ~/.config/attune/token, whichever is there.
  std::string token_file;
  std::string tls_ca;           // PEM file; empty: the system's authorities
  double timeout_seconds = 30;  // of each call
};

// Empty if there is none to be found and none was asked for.  UNKNOWN (FILE) if
// the file cannot be read or holds no token.
absl::StatusOr<std::string> FindToken(const ConnectionOptions& options);

// A token never leaves the machine in the clear: any server that is not
// loopback is spoken to over TLS.  Nothing is sent before the first call.
// INVALID_ARGUMENT (USAGE) if the server is not HOST:PORT; UNKNOWN (FILE) if a
// file cannot be read.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(
    const ConnectionOptions& options, grpc::ChannelArguments arguments);

// True for `127.x.y.z:PORT`, `localhost:PORT`, `[::1]:PORT`.
bool IsLoopback(absl::string_view server);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CONNECTION_H_
