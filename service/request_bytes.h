// Requests as they come from the wire.

#ifndef ATTUNE_SERVICE_REQUEST_BYTES_H_
#define ATTUNE_SERVICE_REQUEST_BYTES_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attune {

// Parses `bytes` into `message`.  INVALID_ARGUMENT names every text field that
// holds a NUL (NUL_CHARACTER) or is not UTF-8 (UTF8_INVALID), its path under
// `prefix`; MESSAGE_MALFORMED if these are no bytes of such a message.
absl::Status ParseRequest(const grpc::ByteBuffer& bytes,
                          absl::string_view prefix,
                          google::protobuf::Message& message);

// The same bytes for equal messages, whatever the order of their maps.
std::string CanonicalBytes(const google::protobuf::Message& message);

}  // namespace attune

#endif  // ATTUNE_SERVICE_REQUEST_BYTES_H_
