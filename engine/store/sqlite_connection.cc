#include "engine/store/sqlite_connection.h"

#include <sqlite3.h>

#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "engine/status_macros.h"
#include "engine/store/job.h"
#include "engine/store/sqlite_error.h"

namespace attune {
namespace {

constexpr int kBusyMillis = 5'000;
// How long a checkpoint may keep writers waiting for a slow reader.
constexpr int kRestartMillis = 100;
// Steps of SQLite's machine between two looks at the clock: well under a
// millisecond.
constexpr int kStepsPerLook = 4'000;
// Beyond this, statements not in use are forgotten.  Lists with filters make
// many texts, though not without bound.
constexpr size_t kMostStatements = 256;

constexpr char kSettings[] = R"sql(
  PRAGMA foreign_keys = ON;
  PRAGMA synchronous = FULL;
  PRAGMA cell_size_check = ON;
  PRAGMA mmap_size = 0;
  PRAGMA temp_store = MEMORY;
  PRAGMA wal_autocheckpoint = 0;)sql";

// Caches in KiB, filled as they are used.  The log keeps 64 MiB between runs:
// overwriting is cheaper than growing.
constexpr char kWriterSettings[] = R"sql(
  PRAGMA cache_size = -65536;
  PRAGMA journal_size_limit = 67108864;)sql";

constexpr char kReaderSettings[] = R"sql(
  PRAGMA cache_size = -8192;
  PRAGMA query_only = ON;)sql";

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(
    const std::string& file, Mode mode) {
  sqlite3* db = nullptr;
  const int access =
      mode == Mode::kWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(
      file.c_str(), &db, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  // Even a failed open leaves a handle to close.
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(db));
  if (code != SQLITE_OK) return SqliteError(code);
  RETURN_IF_ERROR(connection->Configure(mode));
  return connection;
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  if (io_failed_) {
    // Syncing again may report success for pages the disk never took.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  sqlite3_close(db_);
}

absl::Status SqliteConnection::Configure(Mode mode) {
  // Before anything else, for everything else may have to wait.
  sqlite3_busy_timeout(db_, kBusyMillis);
  const struct {
    int option;
    int value;
  } kConfig[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                 {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                 {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                 {SQLITE_DBCONFIG_DQS_DML, 0},
                 {SQLITE_DBCONFIG_DQS_DDL, 0},
                 {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, mode == Mode::kRead}};
  for (const auto& [option, value] : kConfig) {
    const int code = sqlite3_db_config(db_, option, value, nullptr);
    if (code != SQLITE_OK) return Error(code);
  }
  RETURN_IF_ERROR(Script(kSettings));
  RETURN_IF_ERROR(
      Script(mode == Mode::kWrite ? kWriterSettings : kReaderSettings));
  sqlite3_progress_handler(db_, kStepsPerLook, &OnProgress, this);
  sqlite3_wal_hook(db_, &OnCommit, this);
  return absl::OkStatus();
}

absl::Status SqliteConnection::Scan(
    absl::string_view sql, absl::Span<const Value> params,
    absl::FunctionRef<absl::Status(const Row&)> on_row) {
  if (deadline_ != absl::InfiniteFuture() && absl::Now() >= deadline_) {
    return StoreDeadlineExceeded();
  }
  ASSIGN_OR_RETURN(SqliteStatement* const statement, Find(sql));
  if (!statement->running()) return Step(*statement, params, on_row);
  // The caller is inside this very statement: it needs one of its own.
  ASSIGN_OR_RETURN(const std::unique_ptr<SqliteStatement> nested, Prepare(sql));
  return Step(*nested, params, on_row);
}

absl::Status SqliteConnection::Execute(absl::string_view sql) {
  return Scan(sql, {}, [](const Row&) { return absl::OkStatus(); });
}

absl::StatusOr<int64_t> SqliteConnection::Number(absl::string_view sql) {
  int64_t number = 0;
  bool first = true;
  RETURN_IF_ERROR(Scan(sql, {}, [&](const Row& row) {
    if (!std::exchange(first, false)) return absl::OkStatus();
    Cells cells(row);
    number = cells.Int();
    return cells.Done();
  }));
  return number;
}

absl::Status SqliteConnection::Script(const std::string& sql) {
  return Error(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr));
}

bool SqliteConnection::InTransaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

absl::Status SqliteConnection::Checkpoint(bool restart) {
  if (!restart) {
    return Error(sqlite3_wal_checkpoint_v2(
        db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr));
  }
  sqlite3_busy_timeout(db_, kRestartMillis);
  const int code = sqlite3_wal_checkpoint_v2(
      db_, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  sqlite3_busy_timeout(db_, kBusyMillis);
  // A reader that outlasts our patience is no error; the log grows on.
  return code == SQLITE_BUSY ? absl::OkStatus() : Error(code);
}

absl::StatusOr<std::unique_ptr<SqliteStatement>> SqliteConnection::Prepare(
    absl::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  RETURN_IF_ERROR(
      Error(sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &handle, &rest)));
  auto statement = std::make_unique<SqliteStatement>(handle);
  // SQLite would silently leave out a second statement.
  absl::string_view tail = sql.substr(static_cast<size_t>(rest - sql.data()));
  if (!absl::StripAsciiWhitespace(tail).empty()) return Error(SQLITE_MISUSE);
  return statement;
}

absl::StatusOr<SqliteStatement*> SqliteConnection::Find(absl::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) {
    return found->second.get();
  }
  ASSIGN_OR_RETURN(std::unique_ptr<SqliteStatement> prepared, Prepare(sql));
  if (statements_.size() >= kMostStatements) {
    absl::erase_if(statements_,
                   [](const auto& entry) { return !entry.second->running(); });
  }
  return statements_.emplace(std::string(sql), std::move(prepared))
      .first->second.get();
}

absl::Status SqliteConnection::Step(
    SqliteStatement& statement, absl::Span<const Value> params,
    absl::FunctionRef<absl::Status(const Row&)> on_row) {
  const absl::Cleanup reset = [&] { statement.Reset(); };
  RETURN_IF_ERROR(Error(statement.Bind(params)));
  Row row;
  int code = statement.Step();
  for (; code == SQLITE_ROW; code = statement.Step()) {
    RETURN_IF_ERROR(Error(statement.Read(row)));
    RETURN_IF_ERROR(on_row(row));
  }
  return code == SQLITE_DONE ? absl::OkStatus() : Error(code);
}

absl::Status SqliteConnection::Error(int code) {
  if (code == SQLITE_OK) return absl::OkStatus();
  if (IsSqliteIoError(code)) io_failed_ = true;
  return SqliteError(code);
}

int SqliteConnection::OnProgress(void* connection) {
  const absl::Time deadline =
      static_cast<SqliteConnection*>(connection)->deadline_;
  return deadline != absl::InfiniteFuture() && absl::Now() >= deadline;
}

int SqliteConnection::OnCommit(void* connection, sqlite3*, const char*,
                               int pages) {
  static_cast<SqliteConnection*>(connection)->log_pages_ = pages;
  return SQLITE_OK;
}

}  // namespace attune
