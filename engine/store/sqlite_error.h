// What SQLite's result codes mean to a caller.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_ERROR_H_
#define ATTUNE_ENGINE_STORE_SQLITE_ERROR_H_

#include "absl/status/status.h"

namespace attune {

// `code` is an extended result code.  The messages hold neither SQL nor paths:
// they reach clients.
//   ALREADY_EXISTS       (ALREADY_EXISTS) a unique or primary key is taken
//   FAILED_PRECONDITION  (CONSTRAINT) another constraint does not hold
//   RESOURCE_EXHAUSTED   (DISK_FULL)
//   DEADLINE_EXCEEDED    (DEADLINE_EXCEEDED) interrupted
//   UNAVAILABLE          (STORE_UNAVAILABLE) busy, or it cannot be read
//   DATA_LOSS            (STORE_CORRUPT)
//   INTERNAL             (STORE_MISUSED) anything else: a bug of ours
absl::Status SqliteError(int code);

// Whether `code` means that reading, writing or syncing a file failed.
bool IsSqliteIoError(int code);

// UNAVAILABLE (STORE_FAILED): an I/O error stopped all writing.
absl::Status SqliteStoreFailed();

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_ERROR_H_
