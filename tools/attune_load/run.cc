#include "tools/attune_load/run.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/status_macros.h"
#include "tools/attune_load/channels.h"

namespace attune {
namespace {

constexpr int kMostFirstBatches = 128;

// A short name that no other run has.
std::string NewRun() {
  std::string name = "r";
  for (const char byte : RandomBytes(5)) {
    absl::StrAppend(&name,
                    absl::Hex(static_cast<uint8_t>(byte), absl::kZeroPad2));
  }
  return name;
}

// So that the load does not begin with contacts alone.
absl::Status FillStock(RpcClient& client, Workload& workload) {
  for (int i = 0; i < kMostFirstBatches && workload.NeedsContacts(); ++i) {
    ASSIGN_OR_RETURN(
        v1::BatchCreateContactsResponse made,
        client.Call(&v1::DirectoryService::Stub::BatchCreateContacts,
                    workload.NextContacts()));
    workload.AddContacts(made);
  }
  return absl::OkStatus();
}

// The share of `whole` that lane `lane` of `lanes` takes.
int ShareOf(int whole, int lane, int lanes) {
  return whole / lanes + (lane < whole % lanes ? 1 : 0);
}

}  // namespace

absl::StatusOr<RunResult> RunLoad(RpcClient& client, const LoadCenter& center,
                                  const RunOptions& options) {
  RunResult result;
  result.run = NewRun();
  // A call that fails is not tried again: it is to be seen.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  ASSIGN_OR_RETURN(std::vector<std::shared_ptr<grpc::Channel>> channels,
                   OpenChannels(options.servers, options.connection, arguments,
                                options.channels));
  ASSIGN_OR_RETURN(const std::string token, FindToken(options.connection));
  const auto lanes = static_cast<size_t>(options.threads);
  std::vector<std::vector<std::shared_ptr<grpc::Channel>>> of_lane(lanes);
  for (size_t i = 0; i < channels.size(); ++i) {
    of_lane[i % lanes].push_back(channels[i]);
  }
  std::vector<std::unique_ptr<Workload>> workloads;
  for (int lane = 0; lane < options.threads; ++lane) {
    workloads.push_back(std::make_unique<Workload>(
        center, WorkloadOptions{.mix = options.mix,
                                .seed = options.seed,
                                .lane = lane,
                                .run = result.run,
                                .now_us = SystemClock()()}));
    RETURN_IF_ERROR(FillStock(client, *workloads.back()));
  }
  std::vector<LoopResult> ended(lanes);
  std::vector<std::thread> threads;
  for (int lane = 0; lane < options.threads; ++lane) {
    threads.emplace_back([&, lane] {
      const auto at = static_cast<size_t>(lane);
      LoopOptions loop;
      loop.window = ShareOf(options.window, lane, options.threads);
      loop.duration_nanos = static_cast<int64_t>(options.seconds * 1e9);
      loop.timeout_nanos =
          static_cast<int64_t>(options.connection.timeout_seconds * 1e9);
      loop.token = token;
      if (options.rate) {
        loop.schedule = Schedule(*options.rate, lane, options.threads);
      }
      ended[at] = RunLoop(of_lane[at], loop, *workloads[at]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t lane = 0; lane < lanes; ++lane) {
    result.seconds = std::max(
        result.seconds, static_cast<double>(ended[lane].elapsed_nanos) / 1e9);
    result.unsent += ended[lane].unsent;
    for (size_t kind = 0; kind < kCallKinds; ++kind) {
      result.tallies[kind].Merge(workloads[lane]->tallies()[kind]);
    }
  }
  return result;
}

}  // namespace attune
