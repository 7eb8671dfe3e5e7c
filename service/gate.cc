#include "service/gate.h"

#include "absl/strings/str_cat.h"
#include "engine/errors.h"

namespace attune {
namespace {

constexpr int kRetryWhenFullMillis = 200;
constexpr int kRetryWhenClosedMillis = 1000;

}  // namespace

absl::Status Gate::Enter() {
  absl::MutexLock lock(&mutex_);
  if (closed_) {
    return WithRetryAfterMillis(
        MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN",
                  "The server is shutting down; try again."),
        kRetryWhenClosedMillis);
  }
  if (inside_ >= most_) {
    return WithRetryAfterMillis(
        MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_REQUESTS",
                  absl::StrCat("The server is working on ", most_,
                               " requests, as many as it takes; try again.")),
        kRetryWhenFullMillis);
  }
  ++inside_;
  return absl::OkStatus();
}

void Gate::Leave() {
  absl::MutexLock lock(&mutex_);
  --inside_;
}

void Gate::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
}

bool Gate::WaitUntilEmpty(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  const auto empty = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return inside_ == 0;
  };
  return mutex_.AwaitWithDeadline(absl::Condition(&empty), deadline);
}

}  // namespace attune
