// Something done again and again on a thread of its own.

#ifndef ATTUNE_SERVICE_PERIODIC_H_
#define ATTUNE_SERVICE_PERIODIC_H_

#include <functional>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

namespace attune {

// Does it at once and then every `period`, until destroyed.
class Periodic {
 public:
  Periodic(absl::Duration period, std::function<void()> act)
      : thread_([this, period, act = std::move(act)] {
          do {
            act();
          } while (!stop_.WaitForNotificationWithTimeout(period));
        }) {}
  ~Periodic() {
    stop_.Notify();
    thread_.join();
  }
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  absl::Notification stop_;
  std::thread thread_;  // last: it uses what is above
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_PERIODIC_H_
