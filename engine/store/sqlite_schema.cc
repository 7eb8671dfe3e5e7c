#include "engine/store/sqlite_schema.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/text_search.h"

namespace attune {
namespace {

constexpr int64_t kApplicationId = 0x41747475;  // "Attu"

constexpr char kBackupName[] = "attune.db.before-";

constexpr char kCountObjects[] = "SELECT COUNT(*) FROM sqlite_schema";

// The number of the last step taken; 0 for an empty file.
absl::StatusOr<int64_t> FindVersion(SqliteConnection& connection) {
  ASSIGN_OR_RETURN(const int64_t id,
                   connection.Number("PRAGMA application_id"));
  ASSIGN_OR_RETURN(const int64_t version,
                   connection.Number("PRAGMA user_version"));
  ASSIGN_OR_RETURN(const int64_t objects, connection.Number(kCountObjects));
  const bool empty = id == 0 && version == 0 && objects == 0;
  if (id != kApplicationId && !empty) {
    return FailedPrecondition(
        "STORE_FOREIGN",
        "attune.db in the data folder is another program's database.");
  }
  return version;
}

absl::Status UseWriteAheadLog(SqliteConnection& connection) {
  std::string mode;
  RETURN_IF_ERROR(
      connection.Scan("PRAGMA journal_mode = WAL", {}, [&](const Row& row) {
        mode = Cells(row).Text();
        return absl::OkStatus();
      }));
  if (mode == "wal") return absl::OkStatus();
  return FailedPrecondition(
      "STORE_FOLDER",
      "The data folder's file system has no write-ahead logging.");
}

// Copies the file as it is, whole or not at all.
absl::Status Backup(SqliteConnection& connection, const SqliteFolder& folder,
                    int first_step) {
  const std::string name = absl::StrCat(kBackupName, first_step);
  const std::string unfinished = folder.database_file() + ".unfinished";
  // SQLite fills an empty file, and this one is for its owner alone.
  RETURN_IF_ERROR(folder.MakeEmpty(unfinished));
  RETURN_IF_ERROR(connection.Scan("VACUUM INTO $1", {unfinished},
                                  [](const Row&) { return absl::OkStatus(); }));
  RETURN_IF_ERROR(folder.Publish(unfinished, name));
  return folder.Prune(kBackupName, name);
}

absl::Status Take(SqliteConnection& connection, const Migration& step) {
  const absl::Status status = connection.Script(SqliteStep(step));
  if (status.ok()) return status;
  return MakeError(status.code(), "MIGRATION_FAILED",
                   absl::StrCat("Step ", step.number, " (", step.name,
                                ") of the schema failed: ", status.message()));
}

// A step may rebuild a table that others refer to, so references are checked
// once, at the end.
absl::Status CheckReferences(SqliteConnection& connection) {
  return connection.Scan("PRAGMA foreign_key_check", {}, [](const Row&) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "MIGRATION_FAILED",
                     "A new step of the schema leaves rows that refer to "
                     "nothing.");
  });
}

absl::Status TakeAll(SqliteConnection& connection,
                     absl::Span<const Migration> steps) {
  for (const Migration& step : steps) {
    RETURN_IF_ERROR(Take(connection, step));
  }
  RETURN_IF_ERROR(CheckReferences(connection));
  RETURN_IF_ERROR(connection.Script(
      absl::StrCat("PRAGMA application_id = ", kApplicationId)));
  return connection.Script(
      absl::StrCat("PRAGMA user_version = ", steps.back().number));
}

absl::Status Migrate(SqliteConnection& connection,
                     absl::Span<const Migration> steps) {
  RETURN_IF_ERROR(connection.Script("PRAGMA foreign_keys = OFF"));
  RETURN_IF_ERROR(connection.Script("BEGIN IMMEDIATE"));
  absl::Status status = TakeAll(connection, steps);
  if (status.ok()) status = connection.Script("COMMIT");
  if (connection.InTransaction()) {
    RETURN_IF_ERROR(connection.Script("ROLLBACK"));
  }
  RETURN_IF_ERROR(connection.Script("PRAGMA foreign_keys = ON"));
  return status;
}

}  // namespace

std::string SqliteStep(const Migration& step) {
  return absl::StrReplaceAll(WithSearchIndexes(step.sql, SqliteTextSearch()),
                             {{"{int}", "INTEGER"},
                              {"{bytes}", "BLOB"},
                              {"{strict}", "STRICT"},
                              {"{keyed}", "STRICT, WITHOUT ROWID"}});
}

absl::Status BringSqliteUpToDate(SqliteConnection& connection,
                                 const SqliteFolder& folder,
                                 absl::Span<const Migration> migrations) {
  ASSIGN_OR_RETURN(const int64_t version, FindVersion(connection));
  const int64_t newest = static_cast<int64_t>(migrations.size());
  if (version > newest) {
    return FailedPrecondition(
        "STORE_NEWER", absl::StrCat("The store is of a newer version (schema ",
                                    version, ", this program knows ", newest,
                                    "); use the newer program."));
  }
  RETURN_IF_ERROR(UseWriteAheadLog(connection));
  if (version == newest) return absl::OkStatus();
  const auto steps = migrations.subspan(static_cast<size_t>(version));
  if (version > 0) {
    RETURN_IF_ERROR(Backup(connection, folder, steps.front().number));
  }
  return Migrate(connection, steps);
}

}  // namespace attune
