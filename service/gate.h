// How many requests are being worked on, and whether more may come in.

#ifndef ATTUNE_SERVICE_GATE_H_
#define ATTUNE_SERVICE_GATE_H_

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace attune {

// Thread-safe.
class Gate {
 public:
  explicit Gate(int most) : most_(most) {}

  // OK, and then Leave() must follow.  RESOURCE_EXHAUSTED (TOO_MANY_REQUESTS)
  // with RetryInfo while full; UNAVAILABLE (SHUTTING_DOWN) with RetryInfo once
  // closed.
  absl::Status Enter();
  void Leave();

  // Lets nobody in any more.
  void Close();
  // Waits until everybody has left; false if somebody is still inside at
  // `deadline`.
  bool WaitUntilEmpty(absl::Time deadline);

 private:
  const int most_;
  absl::Mutex mutex_;
  int inside_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_GATE_H_
