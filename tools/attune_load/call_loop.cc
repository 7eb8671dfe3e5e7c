#include "tools/attune_load/call_loop.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"

namespace attune {
namespace {

// gRPC waits for whole milliseconds.  This near to the next call the thread
// naps instead, and looks for answers in between.
constexpr int64_t kNearNanos = 2'000'000;
constexpr int64_t kNapNanos = 50'000;

int64_t NowNanos() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

gpr_timespec After(int64_t nanos) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_nanos(nanos, GPR_TIMESPAN));
}

class Loop {
 public:
  Loop(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
       const LoopOptions& options, CallSource& source)
      : options_(options),
        source_(source),
        authorization_(absl::StrCat("Bearer ", options.token)),
        slots_(static_cast<size_t>(options.window)) {
    for (const auto& channel : channels) stubs_.emplace_back(channel);
    for (Slot& slot : slots_) free_.push_back(&slot);
  }

  LoopResult Run() {
    start_ = NowNanos();
    end_ = options_.duration_nanos > 0 ? start_ + options_.duration_nanos
                                       : INT64_MAX;
    if (options_.schedule) {
      RunOpen();
    } else {
      RunClosed();
    }
    while (free_.size() < slots_.size())
      Wait(gpr_inf_future(GPR_CLOCK_REALTIME));
    const int64_t elapsed = NowNanos() - start_;
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
    return {elapsed, unsent_};
  }

 private:
  struct Slot {
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
    EndedCall call;
    int64_t counted_from = 0;
  };

  void RunClosed() {
    while (!stopped_ && NowNanos() < end_) {
      while (!stopped_ && !free_.empty()) Send(NowNanos());
      if (free_.empty()) Wait(gpr_inf_future(GPR_CLOCK_REALTIME));
    }
  }

  void RunOpen() {
    const Schedule& schedule = *options_.schedule;
    int64_t sent = 0;
    while (!stopped_) {
      const int64_t now = NowNanos();
      const int64_t due = start_ + schedule.DueNanos(sent);
      if (due >= end_ || now >= end_) break;
      if (free_.empty()) {
        Wait(After(end_ - now));
      } else if (due <= now) {
        Send(due);
        ++sent;
        // Answers must not wait for a schedule that is always late.
        while (Wait(gpr_inf_past(GPR_CLOCK_REALTIME))) {
        }
      } else if (due - now > kNearNanos) {
        Wait(After(due - now - kNearNanos / 2));
      } else {
        const timespec nap = {0, std::min(kNapNanos, due - now)};
        nanosleep(&nap, nullptr);
        while (Wait(gpr_inf_past(GPR_CLOCK_REALTIME))) {
        }
      }
    }
    if (!stopped_ && options_.duration_nanos > 0) {
      unsent_ = schedule.CountBefore(options_.duration_nanos) - sent;
    }
  }

  void Send(int64_t counted_from) {
    std::optional<OutgoingCall> next = source_.Next();
    if (!next) {
      stopped_ = true;
      return;
    }
    Slot& slot = *free_.back();
    free_.pop_back();
    slot.context = std::make_unique<grpc::ClientContext>();
    slot.context->set_deadline(After(options_.timeout_nanos));
    if (!options_.token.empty()) {
      slot.context->AddMetadata("authorization", authorization_);
    }
    slot.call.kind = next->kind;
    slot.call.response.Clear();
    slot.counted_from = counted_from;
    grpc::GenericStub& stub = stubs_[turn_++ % stubs_.size()];
    slot.reader = stub.PrepareUnaryCall(slot.context.get(), next->path,
                                        next->request, &queue_);
    slot.reader->StartCall();
    slot.reader->Finish(&slot.call.response, &slot.call.status, &slot);
  }

  // Takes one answer; false if there is none until `deadline`.
  bool Wait(gpr_timespec deadline) {
    void* tag = nullptr;
    bool ok = false;
    if (queue_.AsyncNext(&tag, &ok, deadline) !=
        grpc::CompletionQueue::GOT_EVENT) {
      return false;
    }
    Slot& slot = *static_cast<Slot*>(tag);
    slot.call.latency_nanos = NowNanos() - slot.counted_from;
    slot.reader.reset();
    slot.context.reset();
    free_.push_back(&slot);
    if (!source_.OnEnd(slot.call)) stopped_ = true;
    return true;
  }

  const LoopOptions& options_;
  CallSource& source_;
  const std::string authorization_;
  grpc::CompletionQueue queue_;
  std::vector<grpc::GenericStub> stubs_;
  size_t turn_ = 0;
  std::vector<Slot> slots_;
  std::vector<Slot*> free_;
  int64_t start_ = 0;
  int64_t end_ = 0;
  int64_t unsent_ = 0;
  bool stopped_ = false;
};

}  // namespace

LoopResult RunLoop(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                   const LoopOptions& options, CallSource& source) {
  return Loop(channels, options, source).Run();
}

grpc::ByteBuffer ToBytes(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

bool FromBytes(const grpc::ByteBuffer& bytes,
               google::protobuf::MessageLite& message) {
  grpc::Slice slice;
  return bytes.DumpToSingleSlice(&slice).ok() &&
         message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

}  // namespace attune
