// Running what callers hand in, on a connection.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_TRANSACTION_H_
#define ATTUNE_ENGINE_STORE_SQLITE_TRANSACTION_H_

#include "absl/status/status.h"
#include "engine/store/job.h"
#include "engine/store/sqlite_connection.h"

namespace attune {

// Runs the job's body in the transaction or savepoint that the caller began and
// will end.  Gives the body's error, else the first error of a statement, which
// the body may have swallowed; INTERNAL (STORE_BODY_THREW) if it throws.
// DEADLINE_EXCEEDED if it passes meanwhile.  Calls no `done`.
absl::Status RunSqliteBody(SqliteConnection& connection, const Job& job);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_TRANSACTION_H_
