// What every RPC goes through: request id, gate, text, deadline, one
// transaction in which the caller is recognised, permitted and served, one line
// in the log, one mapping of errors.

#ifndef ATTUNE_SERVICE_SERVE_H_
#define ATTUNE_SERVICE_SERVE_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/access/caller.h"
#include "engine/access/tokens.h"
#include "engine/clock.h"
#include "engine/store/database.h"
#include "service/call.h"
#include "service/gate.h"

namespace attune {

// What a method does: the serialized response to a request of its type.
using Handler = std::function<absl::StatusOr<std::string>(
    Transaction&, const Caller&, const google::protobuf::Message& request)>;

// Thread-safe.
class Serve {
 public:
  struct Options {
    int max_in_flight = 1024;
    // Each holds a reader of the store for seconds; others are left for the
    // rest.
    int max_long = 1;
    absl::Duration longest = absl::Seconds(30);
    Clock clock = SystemClock();
  };

  Serve(Database& database, const Tokens& tokens, Options options);

  // A whole unary RPC.  `prototype` is a message of the request's type.
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext& context,
                                  const grpc::ByteBuffer& request,
                                  grpc::ByteBuffer& answer,
                                  const Method& method,
                                  const google::protobuf::Message& prototype,
                                  const Handler& handler);

  // The same in steps, for an RPC that streams.  After Begin, whatever
  // it says, the call ends with Finish, or with Run, which calls Finish.
  using Work =
      std::function<absl::StatusOr<std::string>(Transaction&, const Caller&)>;
  std::shared_ptr<Call> Begin(grpc::CallbackServerContext& context,
                              const Method& method, Call::Respond respond);
  // OK if the gate let the call in and it shows a token, unless it needs none.
  absl::Status Admit(Call& call);
  // The same, and `bytes` are a request, which is now in `message`.
  absl::Status Accept(Call& call, const grpc::ByteBuffer& bytes,
                      google::protobuf::Message& message);
  // What long calls pass as well.
  Gate& long_calls() { return long_calls_; }
  // Whether the caller is known and may call the method at all.
  void Check(std::shared_ptr<Call> call,
             std::function<void(absl::Status)> then);
  void Run(const std::shared_ptr<Call>& call, Work work);
  void Finish(const std::shared_ptr<Call>& call, const absl::Status& status);

  // Refuses new calls from now on.
  void Close() { gate_.Close(); }
  // Waits for the running ones; false if some are left at `deadline`.
  bool Drain(absl::Time deadline) { return gate_.WaitUntilEmpty(deadline); }

 private:
  absl::StatusOr<Caller> Recognise(Transaction& tx, Call& call) const;
  absl::Status Answer(Transaction& tx, Call& call, const Work& work) const;
  // Finishes with the first answer to this request, or with `status` if there
  // is none.
  void Recall(const std::shared_ptr<Call>& call, const absl::Status& status);

  Database& database_;
  const Tokens& tokens_;
  const Options options_;
  Gate gate_;
  Gate long_calls_;
};

// Fills call.key from the message's request_id, if it has one.  `content` is
// what a retry must send again.  INVALID_ARGUMENT (REQUEST_ID_INVALID) unless
// it is at most 64 printable ASCII characters.
absl::Status SetKey(const google::protobuf::Message& message,
                    const std::function<std::string()>& content, Call& call);

}  // namespace attune

#endif  // ATTUNE_SERVICE_SERVE_H_
