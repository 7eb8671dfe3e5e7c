#include "engine/store/postgres_error.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/store/job.h"

namespace attune {
namespace {

constexpr int kRetryMillis = 1000;
constexpr int kRetryContentionMillis = 50;

// PostgreSQL's manual, appendix A, names the codes; the first two characters
// are the class.
constexpr char kUniqueViolation[] = "23505";
constexpr char kConstraintClass[] = "23";
constexpr char kConflictClass[] = "40";
constexpr char kConnectionClass[] = "08";
constexpr char kSystemClass[] = "58";
constexpr char kCorruptClass[] = "XX001";
constexpr char kIndexCorrupt[] = "XX002";
constexpr char kDiskFull[] = "53100";
constexpr char kTooManyConnections[] = "53300";
constexpr char kOutOfMemory[] = "53200";
constexpr char kQueryCanceled[] = "57014";
constexpr char kAdminShutdown[] = "57P01";
constexpr char kCrashShutdown[] = "57P02";
constexpr char kCannotConnectNow[] = "57P03";
constexpr char kReadOnly[] = "25006";

bool IsGoingAway(absl::string_view sqlstate) {
  return sqlstate == kAdminShutdown || sqlstate == kCrashShutdown ||
         sqlstate == kCannotConnectNow ||
         absl::StartsWith(sqlstate, kConnectionClass);
}

}  // namespace

absl::Status PostgresError(absl::string_view sqlstate) {
  if (sqlstate == kUniqueViolation) {
    return MakeError(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS",
                     "A row with this key already exists.");
  }
  if (absl::StartsWith(sqlstate, kConstraintClass)) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "CONSTRAINT",
                     "A constraint of the store does not hold.");
  }
  if (IsPostgresConflict(sqlstate)) {
    return WithRetryAfterMillis(
        MakeError(absl::StatusCode::kAborted, "STORE_CONTENTION",
                  "Too many requests changed the same at once; try again."),
        kRetryContentionMillis);
  }
  if (sqlstate == kQueryCanceled) return StoreDeadlineExceeded();
  if (sqlstate == kDiskFull) {
    return MakeError(absl::StatusCode::kResourceExhausted, "DISK_FULL",
                     "The disk of the store is full.");
  }
  if (sqlstate == kTooManyConnections) {
    return WithRetryAfterMillis(
        MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_CONNECTIONS",
                  "The database takes no more connections; try again."),
        kRetryMillis);
  }
  if (IsGoingAway(sqlstate) || sqlstate == kOutOfMemory ||
      absl::StartsWith(sqlstate, kSystemClass)) {
    return WithRetryAfterMillis(
        MakeError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                  absl::StrCat("The store cannot be used now (SQLSTATE ",
                               sqlstate, "); try again.")),
        kRetryMillis);
  }
  if (sqlstate == kCorruptClass || sqlstate == kIndexCorrupt) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     absl::StrCat("The store is damaged (SQLSTATE ", sqlstate,
                                  "); restore a backup."));
  }
  return MakeError(
      absl::StatusCode::kInternal, "STORE_MISUSED",
      absl::StrCat("The store refused a statement (SQLSTATE ", sqlstate, ")."));
}

bool IsPostgresConflict(absl::string_view sqlstate) {
  return absl::StartsWith(sqlstate, kConflictClass);
}

bool EndsPostgresConnection(absl::string_view sqlstate) {
  return IsGoingAway(sqlstate) || sqlstate == kReadOnly;
}

absl::Status PostgresUnreachable() {
  return WithRetryAfterMillis(
      MakeError(absl::StatusCode::kUnavailable, "STORE_UNREACHABLE",
                "The database cannot be reached; try again."),
      kRetryMillis);
}

absl::Status PostgresCommitUnknown() {
  return MakeError(absl::StatusCode::kUnavailable, "COMMIT_UNKNOWN",
                   "The database went away while the change was committed: it "
                   "may have happened. Send the same request_id again, or "
                   "look first.");
}

}  // namespace attune
