// The calls whose rates are measured.

#ifndef ATTUNE_TESTS_BENCH_WORKLOAD_H_
#define ATTUNE_TESTS_BENCH_WORKLOAD_H_

#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/center.h"
#include "tests/bench/load.h"

namespace attune {

inline constexpr int kOutstanding = 64;
inline constexpr int kBatch = 64;
inline constexpr double kSeconds = 1.5;

// A filled store behind one or several servers, with four lanes of calls: a
// channel each, spread over the servers, and a rater each.
class Workload {
 public:
  Workload(const std::vector<std::string>& addresses, const std::string& admin);

  // `outstanding` calls at once over all lanes.
  LoadResult Preview(int outstanding);
  LoadResult Submit(int outstanding);
  // A batch of kBatch evaluations of one agent on every lane.
  LoadResult SubmitBatches();
  // An RPC without work: the health service's Check; the median.
  double EmptyRpcMicros();
  // What a stored evaluation consists of: what the server answers is what it
  // keeps.
  std::string StoredBytes();

 private:
  static constexpr int kLanes = kRaters / 2;

  static size_t Index(int lane) { return static_cast<size_t>(lane); }
  std::string RequestId();
  void Authorize(int rater, grpc::ClientContext& context);
  // Each rater scores every contact once.
  v1::SubmitEvaluationRequest Score(int contact);
  v1::SubmitEvaluationRequest NextSubmit(int lane, bool with_id);
  v1::BatchSubmitEvaluationsRequest NextBatch(int lane);

  BenchmarkCenter center_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::vector<std::unique_ptr<v1::EvaluationService::Stub>> evaluations_;
  std::vector<std::unique_ptr<v1::FormService::Stub>> forms_;
  std::vector<std::unique_ptr<grpc::GenericStub>> health_;
  std::vector<int> next_;        // contact of a lane
  std::vector<int> next_batch_;  // of a lane
  int seed_ = 0;
  int requests_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_WORKLOAD_H_
