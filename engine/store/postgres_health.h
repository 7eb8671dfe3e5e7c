// Whether the database can be reached, as the driver's threads know it.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_HEALTH_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_HEALTH_H_

#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attune {

// Thread-safe.
class PostgresHealth {
 public:
  using Warn = std::function<void(const std::string&)>;

  // `warn` is told when the database goes away and when it is back.
  explicit PostgresHealth(Warn warn) : warn_(std::move(warn)) {}

  absl::Status Get() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return status_;
  }

  // `why` is for the administrator; clients see `status` alone.
  void Set(absl::Status status, const std::string& why) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (status.ok() != status_.ok()) {
      warn_(status.ok() ? "The database is back."
                        : absl::StrCat("The database cannot be used: ",
                                       absl::StripAsciiWhitespace(why)));
    }
    status_ = std::move(status);
  }

 private:
  const Warn warn_;
  mutable std::mutex mutex_;
  absl::Status status_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_HEALTH_H_
