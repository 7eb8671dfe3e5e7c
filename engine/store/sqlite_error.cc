#include "engine/store/sqlite_error.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/store/job.h"

namespace attune {
namespace {

// An extended code holds its primary code in the low byte.
constexpr int Primary(int code) { return code & 0xff; }

}  // namespace

absl::Status SqliteError(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return MakeError(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                       "A row with this key already exists.");
    default:
      break;
  }
  switch (Primary(code)) {
    case SQLITE_CONSTRAINT:
      return MakeError(absl::StatusCode::kFailedPrecondition, "CONSTRAINT",
                       "A constraint of the store does not hold.");
    case SQLITE_FULL:
      return MakeError(absl::StatusCode::kResourceExhausted, "DISK_FULL",
                       "The disk of the store is full.");
    case SQLITE_INTERRUPT:
      return StoreDeadlineExceeded();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return MakeError(
          absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE",
          absl::StrCat("The store cannot be used now (SQLite code ", code,
                       ")."));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                       absl::StrCat("The store is damaged (SQLite code ", code,
                                    "); restore a backup."));
    default:
      return MakeError(
          absl::StatusCode::kInternal, "STORE_MISUSED",
          absl::StrCat("The store refused a statement (SQLite code ", code,
                       ")."));
  }
}

bool IsSqliteIoError(int code) { return Primary(code) == SQLITE_IOERR; }

absl::Status SqliteStoreFailed() {
  return MakeError(absl::StatusCode::kUnavailable, "STORE_FAILED",
                   "The store takes no writes after an I/O error; check the "
                   "disk, then restart the server.");
}

}  // namespace attune
