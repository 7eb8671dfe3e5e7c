// Watches the database and holds the lock that says it is in use.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_MONITOR_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_MONITOR_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "engine/store/postgres_connection.h"
#include "engine/store/postgres_health.h"

namespace attune {

// Looks twice a second, on a thread and a connection of its own, and makes a
// new connection when the old one is lost.
class PostgresMonitor {
 public:
  // `connection` holds the lock for `use` already.
  enum class Use { kShared, kExclusive };
  PostgresMonitor(std::unique_ptr<PostgresConnection> connection,
                  std::string url, Use use, PostgresHealth& health);
  ~PostgresMonitor();
  PostgresMonitor(const PostgresMonitor&) = delete;
  PostgresMonitor& operator=(const PostgresMonitor&) = delete;

  // Many share a store; who moves it has it alone.  FAILED_PRECONDITION
  // (STORE_IN_USE).  Lasts as long as the connection.
  static absl::Status Take(PostgresConnection& connection, Use use);

 private:
  void Watch();
  absl::Status Look(std::string& why);

  std::unique_ptr<PostgresConnection> connection_;
  const std::string url_;
  const Use use_;
  PostgresHealth& health_;
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_MONITOR_H_
