// Running what callers hand in, on a connection.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_TRANSACTION_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_TRANSACTION_H_

#include "absl/status/status.h"
#include "engine/store/database.h"
#include "engine/store/job.h"
#include "engine/store/postgres_connection.h"

namespace attune {

// Runs the job's body in a serializable transaction and commits it.  Calls no
// `done`.  Gives the body's error, else the first error of a statement, which
// the body may have swallowed; COMMIT_UNKNOWN if the connection was lost while
// committing.  Afterwards connection.conflict() or connection.lost() tell
// whether running it again may help.
absl::Status RunPostgresWrite(PostgresConnection& connection, const Job& job);

// Runs the job's body on one state of the store; a statement that writes is an
// error.  connection.Commit() must follow, and may follow the answer.
absl::Status RunPostgresRead(PostgresConnection& connection, const Job& job);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_TRANSACTION_H_
