// The embedded driver.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_H_
#define ATTUNE_ENGINE_STORE_SQLITE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"

namespace attune {

struct SqliteOptions {
  std::string folder;  // made if absent; holds attune.db and the lock file
  int reader_threads = 2;
  bool must_exist = false;  // otherwise an empty one is made
};

// Opens the folder, creating and migrating the database.  One thread with one
// connection writes and checkpoints; concurrent writes share a transaction,
// each in its savepoint, and one fsync.  FAILED_PRECONDITION if another process
// has the folder (STORE_LOCKED), it cannot be made or written to
// (STORE_FOLDER), the file is not ours (STORE_FOREIGN) or newer than this
// program (STORE_NEWER); NOT_FOUND (STORE_MISSING) if it must exist and does
// not.  Destruction answers what is queued first.
absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(
    const SqliteOptions& options);

// The same with another schema.
absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(
    const SqliteOptions& options, absl::Span<const Migration> migrations);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_H_
