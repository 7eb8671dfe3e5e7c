// Several connections to one or more servers.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_CHANNELS_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_CHANNELS_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/attune/connection.h"

namespace attune {

// `count` channels in turn over `servers` (HOST:PORT, at least one), each with
// a connection of its own.  Of `connection` the server is not read.  Fails as
// OpenChannel() does.
absl::StatusOr<std::vector<std::shared_ptr<grpc::Channel>>> OpenChannels(
    const std::vector<std::string>& servers, ConnectionOptions connection,
    grpc::ChannelArguments arguments, int count);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_CHANNELS_H_
