#include "service/import.h"

#include <grpcpp/alarm.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "service/request_bytes.h"

namespace attune {
namespace {

constexpr size_t kMaxBytes = size_t{64} << 20;

absl::Status TooLarge() {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "IMPORT_TOO_LARGE",
      absl::StrCat("One import holds at most ", Evaluations::kMaxImport,
                   " evaluations and ", kMaxBytes >> 20, " MiB."));
}

// Owns itself until gRPC and the alarm have let go of it.
class ImportStream final : public grpc::ServerReadReactor<grpc::ByteBuffer>,
                           public std::enable_shared_from_this<ImportStream> {
 public:
  ImportStream(Serve& serve, const Evaluations& evaluations)
      : serve_(serve), evaluations_(evaluations) {}

  void Start(std::shared_ptr<Call> call) {
    self_ = shared_from_this();
    call_ = std::move(call);
    if (absl::Status status = serve_.Admit(*call_); !status.ok()) {
      return End(status);
    }
    // Not captured: the alarm keeps its callback, and so would keep us, for
    // ever.
    alarm_self_ = shared_from_this();
    alarm_.Set(absl::ToChronoTime(call_->deadline), [this](bool fired) {
      const std::shared_ptr<ImportStream> self = std::move(alarm_self_);
      if (fired) self->End(Late());
    });
    serve_.Check(call_, [this](const absl::Status& status) {
      // The client need not send megabytes to learn that it may not.
      if (status.ok()) StartSendInitialMetadata();
      ReadOn(status);
    });
  }

  void OnReadDone(bool ok) override {
    if (ok) {
      ReadOn(Take());
    } else if (call_->context.IsCancelled()) {
      End(absl::CancelledError("The caller has gone."));
    } else {
      Store();
    }
  }

  void OnDone() override {
    alarm_.Cancel();
    self_.reset();
  }

 private:
  static absl::Status Late() {
    return absl::DeadlineExceededError(
        "The stream was not finished in the time that one call may take.");
  }

  void ReadOn(const absl::Status& status) {
    if (!status.ok()) return End(status);
    // Under the lock: gRPC allows no read after the end.
    absl::MutexLock lock(&mutex_);
    if (reading_) StartRead(&bytes_);
  }

  // Adds the message that was just read.
  absl::Status Take() {
    total_bytes_ += bytes_.Length();
    if (messages_.size() == Evaluations::kMaxImport ||
        total_bytes_ > kMaxBytes) {
      return TooLarge();
    }
    const std::string prefix = absl::StrCat("[", messages_.size(), "].");
    return ParseRequest(bytes_, prefix, messages_.emplace_back());
  }

  void Store() {
    if (!Leave()) return;
    if (!messages_.empty()) {
      const absl::Status status = SetKey(
          messages_[0], [this] { return Content(); }, *call_);
      if (!status.ok()) return serve_.Finish(call_, status);
    }
    serve_.Run(call_,
               [this](Transaction& tx,
                      const Caller& caller) -> absl::StatusOr<std::string> {
                 ASSIGN_OR_RETURN(const v1::ImportEvaluationsResponse response,
                                  evaluations_.Import(tx, caller, messages_));
                 return response.SerializeAsString();
               });
  }

  std::string Content() const {
    std::string content;
    for (const auto& message : messages_) {
      const std::string bytes = CanonicalBytes(message);
      absl::StrAppend(&content, bytes.size(), ":", bytes);
    }
    return content;
  }

  void End(const absl::Status& status) {
    if (Leave()) serve_.Finish(call_, status);
  }

  // The alarm and the reader may both want to end the reading: the first wins.
  bool Leave() {
    absl::MutexLock lock(&mutex_);
    return std::exchange(reading_, false);
  }

  Serve& serve_;
  const Evaluations& evaluations_;
  std::shared_ptr<ImportStream> self_;        // gRPC's hold
  std::shared_ptr<ImportStream> alarm_self_;  // the alarm's
  std::shared_ptr<Call> call_;
  grpc::Alarm alarm_;
  grpc::ByteBuffer bytes_;
  std::vector<v1::ImportEvaluationsRequest> messages_;
  size_t total_bytes_ = 0;
  absl::Mutex mutex_;
  bool reading_ ABSL_GUARDED_BY(mutex_) = true;
};

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* ReadImport(
    Serve& serve, const Evaluations& evaluations,
    grpc::CallbackServerContext& context, grpc::ByteBuffer& answer,
    const Method& method) {
  auto stream = std::make_shared<ImportStream>(serve, evaluations);
  ImportStream* reactor = stream.get();
  reactor->Start(serve.Begin(
      context, method,
      [reactor, &answer](grpc::Status status, const std::string& bytes) {
        const grpc::Slice slice(bytes);
        answer = grpc::ByteBuffer(&slice, 1);
        reactor->Finish(std::move(status));
      }));
  return reactor;
}

}  // namespace attune
