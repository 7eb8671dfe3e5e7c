// One RPC from its arrival to its answer.

#ifndef ATTUNE_SERVICE_CALL_H_
#define ATTUNE_SERVICE_CALL_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "engine/store/requests.h"
#include "service/policy.h"

namespace attune {

// What is known of an RPC before anybody calls it.
struct Method {
  // From its descriptor.
  explicit Method(const google::protobuf::MethodDescriptor& descriptor);

  std::string name;      // "/attune.v1.FormService/GetForm"
  bool writes;           // unless the contract says NO_SIDE_EFFECTS
  const Grants* grants;  // null: nobody may

  // Whether it needs no API token.
  bool open() const { return grants != nullptr && grants->open; }
};

struct Call {
  // Sends the answer; called once.
  using Respond = std::function<void(grpc::Status, const std::string& answer)>;

  Call(grpc::CallbackServerContext& context, const Method& method,
       absl::Duration longest, Respond respond);

  grpc::CallbackServerContext& context;  // not after `respond`
  const Method& method;
  const Respond respond;
  const std::string id;  // x-request-id, the caller's if it sent a usable one
  const absl::Time start;
  const absl::Time deadline;  // the caller's, or `longest` after the start
  std::string secret;         // the bearer token as sent
  bool inside = false;        // past the gate
  RequestKey key;             // for a retry; key.id is empty without request_id
  std::string token;          // id of the caller's token, once known
  std::string answer;         // the serialized response, once known
};

// What follows `authorization: Bearer `.  UNAUTHENTICATED (TOKEN_MISSING).
absl::StatusOr<std::string> BearerOf(
    const grpc::CallbackServerContext& context);

// One line: what was called, by whom, how it went and how long it took; never
// what it was about.
void Log(const Call& call, const absl::Status& status);

}  // namespace attune

#endif  // ATTUNE_SERVICE_CALL_H_
