// Whose a database file is, and which of the schema's steps it has taken.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_SCHEMA_H_
#define ATTUNE_ENGINE_STORE_SQLITE_SCHEMA_H_

#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "engine/store/migrations.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_folder.h"

namespace attune {

// Makes the file ours, switches it to write-ahead logging and takes the steps
// that are missing, all in one transaction.  A file that holds data is first
// copied to attune.db.before-N, where N is the first step to be taken; the copy
// before that goes.  FAILED_PRECONDITION if the file is another program's
// (STORE_FOREIGN) or newer than `migrations` (STORE_NEWER).
absl::Status BringSqliteUpToDate(SqliteConnection& connection,
                                 const SqliteFolder& folder,
                                 absl::Span<const Migration> migrations);

// A step in SQLite's words.
std::string SqliteStep(const Migration& step);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_SCHEMA_H_
