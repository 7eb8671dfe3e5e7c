#include "engine/store/sqlite_group.h"

#include <deque>
#include <utility>

#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/job.h"
#include "engine/store/sqlite_error.h"

namespace attune {

void SqliteGroup::Add(Job write) {
  std::deque<size_t> waiting = {members_.size()};
  members_.push_back({std::move(write), absl::OkStatus()});
  while (!waiting.empty()) {
    const size_t index = waiting.front();
    waiting.pop_front();
    SqliteAnswer& member = members_[index];
    member.status = Run(member.write);
    if (member.status.ok()) pending_.push_back(index);
    if (connection_.InTransaction() || pending_.empty()) continue;

    // SQLite gave up the whole transaction.  If only for this one's deadline,
    // the others are run again without it; else it is everybody's error.
    const std::vector<size_t> lost = std::exchange(pending_, {});
    if (absl::IsDeadlineExceeded(member.status) && !connection_.io_failed()) {
      waiting.insert(waiting.begin(), lost.begin(), lost.end());
      continue;
    }
    for (const size_t other : lost) members_[other].status = member.status;
  }
}

std::vector<SqliteAnswer> SqliteGroup::Commit() {
  if (!pending_.empty()) {
    const absl::Status status = connection_.Execute("COMMIT");
    for (const size_t index : pending_) members_[index].status = status;
    if (!status.ok()) Rollback();
    pending_.clear();
  }
  return std::exchange(members_, {});
}

// The first needs no savepoint: what it leaves behind is the transaction's all.
absl::Status SqliteGroup::Run(const Job& write) {
  if (absl::Now() >= write.deadline) return StoreDeadlineExceeded();
  const bool first = pending_.empty();
  RETURN_IF_ERROR(
      connection_.Execute(first ? "BEGIN IMMEDIATE" : "SAVEPOINT body"));
  absl::Status status = RunSqliteBody(connection_, write);
  if (!connection_.InTransaction()) {
    if (!status.ok()) return status;
    return MakeError(absl::StatusCode::kInternal, "STORE_MISUSED",
                     "A write ended its own transaction.");
  }
  if (!first) return EndSavepoint(std::move(status));
  if (!status.ok()) Rollback();
  return status;
}

absl::Status SqliteGroup::EndSavepoint(absl::Status status) {
  absl::Status ended =
      status.ok() ? absl::OkStatus() : connection_.Execute("ROLLBACK TO body");
  if (ended.ok()) ended = connection_.Execute("RELEASE body");
  if (!ended.ok()) Rollback();
  return status.ok() ? ended : status;
}

void SqliteGroup::Rollback() {
  // It can only fail where SQLite has rolled back already.
  if (connection_.InTransaction())
    connection_.Execute("ROLLBACK").IgnoreError();
}

}  // namespace attune
