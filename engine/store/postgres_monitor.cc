#include "engine/store/postgres_monitor.h"

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/postgres_error.h"

namespace attune {
namespace {

constexpr absl::Duration kPeriod = absl::Milliseconds(500);
constexpr absl::Duration kPatience = absl::Seconds(2);

// Advisory locks are numbers; this one is "attune" and 1 in ASCII.
constexpr char kShare[] =
    "SELECT pg_try_advisory_lock_shared(27431116276131121)";
constexpr char kExclude[] = "SELECT pg_try_advisory_lock(27431116276131121)";
constexpr char kLook[] = "SELECT pg_is_in_recovery()";

}  // namespace

PostgresMonitor::PostgresMonitor(std::unique_ptr<PostgresConnection> connection,
                                 std::string url, Use use,
                                 PostgresHealth& health)
    : connection_(std::move(connection)),
      url_(std::move(url)),
      use_(use),
      health_(health),
      thread_([this] { Watch(); }) {}

PostgresMonitor::~PostgresMonitor() {
  stop_.Notify();
  thread_.join();
}

absl::Status PostgresMonitor::Take(PostgresConnection& connection, Use use) {
  int64_t taken = 0;
  const bool alone = use == Use::kExclusive;
  RETURN_IF_ERROR(
      connection.Scan(alone ? kExclude : kShare, {}, [&](const Row& row) {
        Cells cells(row);
        taken = cells.Int();
        return cells.Done();
      }));
  if (taken != 0) return absl::OkStatus();
  return FailedPrecondition(
      "STORE_IN_USE",
      alone ? "Servers are running on this store; stop them first."
            : "This store is being copied; wait until that is done.");
}

void PostgresMonitor::Watch() {
  while (!stop_.WaitForNotificationWithTimeout(kPeriod)) {
    std::string why;
    const absl::Status status = Look(why);
    if (!status.ok()) connection_ = nullptr;
    // Without a connection to spare, those there are still serve.
    if (absl::IsResourceExhausted(status)) continue;
    health_.Set(status.ok() ? status : PostgresUnreachable(), why);
  }
}

absl::Status PostgresMonitor::Look(std::string& why) {
  if (connection_ == nullptr) {
    ASSIGN_OR_RETURN(connection_, PostgresConnection::Open(
                                      url_, absl::InfiniteFuture(), why));
    RETURN_IF_ERROR(Take(*connection_, use_));
  }
  why = "it does not answer, or takes no writes";
  connection_->set_deadline(absl::Now() + kPatience);
  int64_t in_recovery = 0;
  RETURN_IF_ERROR(connection_->Scan(kLook, {}, [&](const Row& row) {
    Cells cells(row);
    in_recovery = cells.Int();
    return cells.Done();
  }));
  return in_recovery == 0 ? absl::OkStatus() : PostgresUnreachable();
}

}  // namespace attune
