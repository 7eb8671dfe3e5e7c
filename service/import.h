// The stream of ImportEvaluations: gathered first, then stored in one
// transaction.

#ifndef ATTUNE_SERVICE_IMPORT_H_
#define ATTUNE_SERVICE_IMPORT_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "engine/evaluation/evaluations.h"
#include "service/serve.h"

namespace attune {

// Nothing is read before the caller is known to have the right.  A stream over
// Evaluations::kMaxImport messages or 64 MiB is INVALID_ARGUMENT
// (IMPORT_TOO_LARGE), an unfinished one at its deadline DEADLINE_EXCEEDED.
grpc::ServerReadReactor<grpc::ByteBuffer>* ReadImport(
    Serve& serve, const Evaluations& evaluations,
    grpc::CallbackServerContext& context, grpc::ByteBuffer& answer,
    const Method& method);

}  // namespace attune

#endif  // ATTUNE_SERVICE_IMPORT_H_
