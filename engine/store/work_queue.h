// A queue between threads that can be closed.
//
// Neither the standard library nor Debian's Abseil has one.  On std::mutex, not
// absl::Mutex: ThreadSanitizer follows only the first.

#ifndef ATTUNE_ENGINE_STORE_WORK_QUEUE_H_
#define ATTUNE_ENGINE_STORE_WORK_QUEUE_H_

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/time/time.h"

namespace attune {

// First in, first out.  Thread-safe.
template <typename T>
class WorkQueue {
 public:
  // False, leaving `item` as it is, once the queue is closed.
  bool Push(T& item) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (closed_) return false;
      items_.push_back(std::move(item));
    }
    changed_.notify_one();
    return true;
  }

  // Waits for an item; nothing once the queue is closed and empty.
  std::optional<T> Pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !items_.empty(); });
    return Take();
  }

  // Waits for an item, but not longer than `patience`.
  std::optional<T> PopWithin(absl::Duration patience) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoMicroseconds(patience),
                      [&] { return closed_ || !items_.empty(); });
    return Take();
  }

  std::optional<T> TryPop() {
    std::lock_guard<std::mutex> lock(mutex_);
    return Take();
  }

  bool empty() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return items_.empty();
  }

  // Takes no more; what is queued is still handed out.
  void Close() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }

 private:
  std::optional<T> Take() {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    return item;
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_WORK_QUEUE_H_
