// Many unary calls at once on one thread: a closed loop, which sends the next
// call when one is answered, or an open loop, which sends on a schedule.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_CALL_LOOP_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_CALL_LOOP_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "google/protobuf/message_lite.h"
#include "tools/attune_load/schedule.h"

namespace attune {

// Calls are bytes: one loop for every method, and answers that nobody looks at
// are not parsed.
struct OutgoingCall {
  int kind = 0;      // the source's own
  std::string path;  // `/attune.v1.EvaluationService/SubmitEvaluation`
  grpc::ByteBuffer request = {};
};

struct EndedCall {
  int kind = 0;
  grpc::Status status;
  grpc::ByteBuffer response;  // empty unless the status is OK
  int64_t latency_nanos = 0;
};

// What a loop sends, and who hears of the answers.  Called from the loop's
// thread alone.
class CallSource {
 public:
  virtual ~CallSource() = default;
  // Nothing: there will be no more.
  virtual std::optional<OutgoingCall> Next() = 0;
  // False: send no more.
  virtual bool OnEnd(const EndedCall& call) = 0;
};

struct LoopOptions {
  int window = 1;              // most calls outstanding
  int64_t duration_nanos = 0;  // 0: until the source has no more
  int64_t timeout_nanos = 0;   // of each call
  std::string token;           // may be empty
  // Open loop.  A call that is due while the window is full is sent as soon as
  // there is room, and its latency counts from when it was due: a server that
  // stalls cannot hide the calls that it kept from being made.
  std::optional<Schedule> schedule;
};

struct LoopResult {
  int64_t elapsed_nanos = 0;  // from the first call to the last answer
  int64_t unsent = 0;         // due, but without room until the end
};

// Calls go over the channels in turn.  Returns once every call has ended.
LoopResult RunLoop(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                   const LoopOptions& options, CallSource& source);

// A message as the bytes of a call, and back.
grpc::ByteBuffer ToBytes(const google::protobuf::MessageLite& message);
// False if it does not parse.
bool FromBytes(const grpc::ByteBuffer& bytes,
               google::protobuf::MessageLite& message);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_CALL_LOOP_H_
