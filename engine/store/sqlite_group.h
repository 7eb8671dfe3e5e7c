// Writes that share a transaction.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_GROUP_H_
#define ATTUNE_ENGINE_STORE_SQLITE_GROUP_H_

#include <vector>

#include "absl/status/status.h"
#include "engine/store/database.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_transaction.h"

namespace attune {

// A write that ran, and what to tell whoever sent it.
struct SqliteAnswer {
  Job write;
  absl::Status status;
};

// One transaction; each write but the first is in a savepoint of its own, so
// that one that fails leaves no trace and does not touch the others.  Used by
// the writer's thread.
class SqliteGroup {
 public:
  explicit SqliteGroup(SqliteConnection& connection)
      : connection_(connection) {}

  // Runs the write's body, unless its deadline has passed.
  void Add(Job write);
  // Commits what succeeded and gives all answers, in the order of Add().
  std::vector<SqliteAnswer> Commit();

  size_t size() const { return members_.size(); }

 private:
  absl::Status Run(const Job& write);
  absl::Status EndSavepoint(absl::Status status);
  void Rollback();

  SqliteConnection& connection_;
  std::vector<SqliteAnswer> members_;
  std::vector<size_t> pending_;  // members in the open transaction
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_GROUP_H_
