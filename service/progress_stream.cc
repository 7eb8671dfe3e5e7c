#include "service/progress_stream.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

grpc::ByteBuffer Buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// Owns itself until gRPC has let go of it.
class ProgressStream final
    : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
      public std::enable_shared_from_this<ProgressStream> {
 public:
  explicit ProgressStream(Serve& serve) : serve_(serve) {}

  void Start(std::shared_ptr<Call> call, const grpc::ByteBuffer& bytes,
             const google::protobuf::Message& prototype,
             const LongHandler& handler) {
    self_ = shared_from_this();
    std::shared_ptr<google::protobuf::Message> request(prototype.New());
    const absl::Status accepted = [&] {
      RETURN_IF_ERROR(serve_.Accept(*call, bytes, *request));
      RETURN_IF_ERROR(serve_.long_calls().Enter());
      inside_ = true;
      return absl::OkStatus();
    }();
    if (!accepted.ok()) return serve_.Finish(call, accepted);
    serve_.Run(call, [stream = self_, request, &handler](Transaction& tx,
                                                         const Caller& caller) {
      return handler(tx, caller, *request,
                     [&stream](const google::protobuf::Message& message) {
                       return stream->Tell(message.SerializeAsString());
                     });
    });
  }

  // The end of the call.
  void Respond(grpc::Status status, const std::string& answer) {
    // First: who has the answer may count on the place being free.
    if (inside_) serve_.long_calls().Leave();
    const auto self = shared_from_this();  // gRPC may let go before we unlock
    absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
    answer_ = Buffer(answer);
    if (!writing_) End();
  }

  void OnWriteDone(bool ok) override {
    const auto self = shared_from_this();
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) gone_ = true;
    if (status_) {
      End();
    } else if (next_ && !gone_) {
      Write(*std::exchange(next_, std::nullopt));
    }
  }

  void OnCancel() override {
    absl::MutexLock lock(&mutex_);
    gone_ = true;
  }

  void OnDone() override { self_.reset(); }

 private:
  absl::Status Tell(const std::string& bytes) {
    absl::MutexLock lock(&mutex_);
    if (gone_) return absl::CancelledError("The caller has gone.");
    if (writing_) {
      next_ = Buffer(bytes);
    } else {
      Write(Buffer(bytes));
    }
    return absl::OkStatus();
  }

  void Write(grpc::ByteBuffer bytes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    writing_ = true;
    written_ = std::move(bytes);
    StartWrite(&written_);
  }

  void End() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (status_->ok() && !gone_) {
      StartWriteAndFinish(&answer_, grpc::WriteOptions(), *status_);
    } else {
      Finish(*status_);
    }
  }

  Serve& serve_;
  std::shared_ptr<ProgressStream> self_;  // gRPC's hold
  bool inside_ = false;                   // past the gate of long calls
  absl::Mutex mutex_;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ByteBuffer written_ ABSL_GUARDED_BY(mutex_);
  std::optional<grpc::ByteBuffer> next_ ABSL_GUARDED_BY(mutex_);
  std::optional<grpc::Status> status_ ABSL_GUARDED_BY(mutex_);
  grpc::ByteBuffer answer_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* WriteProgress(
    Serve& serve, grpc::CallbackServerContext& context,
    const grpc::ByteBuffer& request, const Method& method,
    const google::protobuf::Message& prototype, const LongHandler& handler) {
  auto stream = std::make_shared<ProgressStream>(serve);
  ProgressStream* reactor = stream.get();
  reactor->Start(
      serve.Begin(context, method,
                  [reactor](grpc::Status status, const std::string& answer) {
                    reactor->Respond(std::move(status), answer);
                  }),
      request, prototype, handler);
  return reactor;
}

}  // namespace attune
