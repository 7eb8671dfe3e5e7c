// The one place where errors meet the wire.

#ifndef ATTUNE_SERVICE_GRPC_STATUS_H_
#define ATTUNE_SERVICE_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attune {

// The payloads of `status` become google.rpc.Status details, ErrorInfo told the
// `request_id` and made if missing.  Kept small enough for gRPC to carry: the
// message is cut and violations are left out from the end.  What INTERNAL and
// UNKNOWN say stays inside.
grpc::Status ToGrpcStatus(const absl::Status& status,
                          absl::string_view request_id);

}  // namespace attune

#endif  // ATTUNE_SERVICE_GRPC_STATUS_H_
