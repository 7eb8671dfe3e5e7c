// The stream of a method that takes its time: progress, then the answer.

#ifndef ATTUNE_SERVICE_PROGRESS_STREAM_H_
#define ATTUNE_SERVICE_PROGRESS_STREAM_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/serve.h"

namespace attune {

// Sends how far the work is and returns at once: a caller who reads slowly
// misses what the next overtakes.  CANCELLED once the caller has gone, and then
// the work should end.
using TellProgress =
    std::function<absl::Status(const google::protobuf::Message&)>;

// What such a method does: the serialized last message of its stream.
using LongHandler = std::function<absl::StatusOr<std::string>(
    Transaction&, const Caller&, const google::protobuf::Message& request,
    const TellProgress&)>;

// A whole RPC: the way of a unary one, but for what it sends meanwhile, and for
// the gate of long calls, which it passes too.  `prototype` is a message of the
// request's type.
grpc::ServerWriteReactor<grpc::ByteBuffer>* WriteProgress(
    Serve& serve, grpc::CallbackServerContext& context,
    const grpc::ByteBuffer& request, const Method& method,
    const google::protobuf::Message& prototype, const LongHandler& handler);

}  // namespace attune

#endif  // ATTUNE_SERVICE_PROGRESS_STREAM_H_
