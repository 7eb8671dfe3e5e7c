#include "tools/attune_load/channels.h"

#include <cstddef>
#include <utility>

#include "engine/status_macros.h"

namespace attune {

absl::StatusOr<std::vector<std::shared_ptr<grpc::Channel>>> OpenChannels(
    const std::vector<std::string>& servers, ConnectionOptions connection,
    grpc::ChannelArguments arguments, int count) {
  // Channels to one server would else share a connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < count; ++i) {
    connection.server = servers[static_cast<size_t>(i) % servers.size()];
    ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel,
                     OpenChannel(connection, arguments));
    channels.push_back(std::move(channel));
  }
  return channels;
}

}  // namespace attune
