// One lane of a load: makes the calls of a mix, each different and each one
// that the server should take.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_WORKLOAD_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_WORKLOAD_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attune/v1/directory_service.pb.h"
#include "tools/attune_load/call_loop.h"
#include "tools/attune_load/center.h"
#include "tools/attune_load/histogram.h"
#include "tools/attune_load/mix.h"
#include "tools/attune_load/random.h"

namespace attune {

// How the calls of one kind went.
struct CallTally {
  struct Failure {
    int64_t count = 0;
    std::string first_message;
  };

  Histogram latency_nanos;  // of calls that were answered OK
  std::map<grpc::StatusCode, Failure> failures;

  int64_t failed() const;
  void Merge(const CallTally& other);
};
using CallTallies = std::array<CallTally, kCallKinds>;

struct WorkloadOptions {
  Mix mix = Mix::Default();
  uint64_t seed = 1;
  int lane = 0;
  // Sets this run's contacts and requests apart from all other runs'.
  std::string run;
  int64_t now_us = 0;
};

// A submit needs a contact that its rater has not scored, and a server that has
// served one load has none left.  So contacts arrive during the load, in
// batches of one agent, and several advocates score each once, in random order.
// A kind that has nothing to work on yet (an evaluation to read, a team) is a
// submit instead.  Thread-compatible.
class Workload : public CallSource {
 public:
  // Keeps a reference to `center`.
  Workload(const LoadCenter& center, const WorkloadOptions& options);

  // For filling the stock before the clock runs: while it is short, the batch
  // to send, and what the server made of it.
  bool NeedsContacts() const;
  v1::BatchCreateContactsRequest NextContacts();
  void AddContacts(const v1::BatchCreateContactsResponse& made);

  std::optional<OutgoingCall> Next() override;
  bool OnEnd(const EndedCall& call) override;

  const CallTallies& tallies() const { return tallies_; }

 private:
  struct Pair {
    std::string contact;
    size_t advocate = 0;
  };

  OutgoingCall Call(CallKind kind,
                    const google::protobuf::MessageLite& message) const;
  OutgoingCall Submit();
  OutgoingCall Preview();
  OutgoingCall Get();
  OutgoingCall List();
  OutgoingCall Report();
  OutgoingCall TeamReport();
  OutgoingCall Contacts();
  void OnContacts(const EndedCall& call);
  void OnSubmit(const EndedCall& call);
  std::string NextRequestId();
  google::protobuf::RepeatedPtrField<v1::Answer> Answers();
  const std::string& OneOf(const std::vector<std::string>& names);

  const LoadCenter& center_;
  const WorkloadOptions options_;
  Random random_;
  std::vector<Pair> pairs_;
  std::vector<std::string> evaluations_;  // some to read
  size_t arriving_ = 0;                   // batches of contacts under way
  int64_t batches_ = 0;
  int64_t requests_ = 0;
  int64_t submitted_ = 0;
  CallTallies tallies_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_WORKLOAD_H_
