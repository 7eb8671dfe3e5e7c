// What PostgreSQL's SQLSTATEs mean to a caller and to the driver.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_ERROR_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_ERROR_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attune {

// The messages hold neither SQL nor addresses: they reach clients.
//   ALREADY_EXISTS       (ALREADY_EXISTS) a unique or primary key is taken
//   FAILED_PRECONDITION  (CONSTRAINT) another constraint does not hold
//   RESOURCE_EXHAUSTED   (DISK_FULL), (TOO_MANY_CONNECTIONS)
//   DEADLINE_EXCEEDED    (DEADLINE_EXCEEDED) cancelled by statement_timeout
//   ABORTED              (STORE_CONTENTION) lost to a concurrent transaction
//   UNAVAILABLE          (STORE_UNAVAILABLE) the server stops, starts, is in
//                        recovery, or cannot read or write its files
//   DATA_LOSS            (STORE_CORRUPT)
//   INTERNAL             (STORE_MISUSED) anything else: a bug of ours
absl::Status PostgresError(absl::string_view sqlstate);

// Whether the transaction may go through if it is run again (class 40).
bool IsPostgresConflict(absl::string_view sqlstate);

// Whether the connection is of no use after this error: the server goes away,
// or it takes no writes, so that another may have become the primary.
bool EndsPostgresConnection(absl::string_view sqlstate);

// UNAVAILABLE (STORE_UNREACHABLE) with RetryInfo: no connection to the server.
absl::Status PostgresUnreachable();
// UNAVAILABLE (COMMIT_UNKNOWN): the connection was lost while the commit was
// under way, so only looking can tell whether it happened.
absl::Status PostgresCommitUnknown();

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_ERROR_H_
