// A closed loop of unary calls: as soon as one is answered the next is sent.

#ifndef ATTUNE_TESTS_BENCH_LOAD_H_
#define ATTUNE_TESTS_BENCH_LOAD_H_

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "tests/bench/center.h"

namespace attune {

struct LoadResult {
  double calls_per_second = 0;
  std::vector<double> micros;  // of each call, in order of size

  double Quantile(double q) const {
    if (micros.empty()) return 0;
    const auto last = static_cast<double>(micros.size() - 1);
    return micros[static_cast<size_t>(q * last)];
  }
};

// Keeps `outstanding` calls running over `lanes` (channels) until `seconds`
// have passed.  `send` starts a call on a lane; it owns neither context nor
// answer.
template <typename Response>
LoadResult RunLoad(
    int outstanding, int lanes, double seconds,
    const std::function<
        std::unique_ptr<grpc::ClientAsyncResponseReader<Response>>(
            int lane, grpc::ClientContext&, grpc::CompletionQueue&)>& send) {
  using Time = std::chrono::steady_clock;
  struct Running {
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::ClientAsyncResponseReader<Response>> reader;
    Response response;
    grpc::Status status;
    Time::time_point start;
    int lane = 0;
  };
  grpc::CompletionQueue queue;
  std::vector<Running> running(static_cast<size_t>(outstanding));
  const auto begin = [&](Running& call) {
    call.context = std::make_unique<grpc::ClientContext>();
    call.start = Time::now();
    call.reader = send(call.lane, *call.context, queue);
    call.reader->Finish(&call.response, &call.status, &call);
  };
  LoadResult result;
  const Time::time_point start = Time::now();
  const Time::time_point end =
      start + std::chrono::duration_cast<Time::duration>(
                  std::chrono::duration<double>(seconds));
  for (size_t i = 0; i < running.size(); ++i) {
    running[i].lane = static_cast<int>(i) % lanes;
    begin(running[i]);
  }
  size_t left = running.size();
  void* tag = nullptr;
  bool ok = false;
  while (left > 0 && queue.Next(&tag, &ok)) {
    auto& call = *static_cast<Running*>(tag);
    Expect(call.status, "call");
    const Time::time_point now = Time::now();
    result.micros.push_back(
        std::chrono::duration<double, std::micro>(now - call.start).count());
    if (now < end) {
      begin(call);
    } else {
      --left;
    }
  }
  result.calls_per_second =
      static_cast<double>(result.micros.size()) /
      std::chrono::duration<double>(Time::now() - start).count();
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  std::sort(result.micros.begin(), result.micros.end());
  return result;
}

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_LOAD_H_
