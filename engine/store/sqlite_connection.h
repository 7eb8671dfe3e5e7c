// One connection to the database file, with its prepared statements.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_CONNECTION_H_
#define ATTUNE_ENGINE_STORE_SQLITE_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "engine/store/database.h"
#include "engine/store/sqlite_statement.h"

struct sqlite3;

namespace attune {

// Used by one thread at a time.  Errors are those of sqlite_error.h.
class SqliteConnection {
 public:
  enum class Mode {
    kWrite,  // the only connection that writes and checkpoints
    kRead,
  };

  // `file` exists, if only empty.
  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(
      const std::string& file, Mode mode);
  // The last one to go writes the log back into the file, unless an I/O error
  // came first.
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Runs one statement, which stays prepared; `$n` binds to params[n - 1], and
  // the highest n is the number of `params`.
  absl::Status Scan(absl::string_view sql, absl::Span<const Value> params,
                    absl::FunctionRef<absl::Status(const Row&)> on_row);
  // The same without parameters and rows.
  absl::Status Execute(absl::string_view sql);
  // The first cell of the first row as a number; 0 without a row.
  absl::StatusOr<int64_t> Number(absl::string_view sql);
  // Runs any number of statements, which are not kept.
  absl::Status Script(const std::string& sql);

  // Statements give DEADLINE_EXCEEDED from then on, also while they run.
  void set_deadline(absl::Time deadline) { deadline_ = deadline; }
  // False outside of BEGIN..COMMIT, and where an error ended the transaction.
  bool InTransaction() const;
  // True for ever after the first I/O error.
  bool io_failed() const { return io_failed_; }

  // The length of the write-ahead log at the last commit of this connection.
  int log_pages() const { return log_pages_; }
  // Writes the log back into the file.  With `restart` also waits, for a
  // moment, until no reader needs the log, so that it starts over.
  absl::Status Checkpoint(bool restart);

 private:
  explicit SqliteConnection(sqlite3* db) : db_(db) {}
  absl::Status Configure(Mode mode);
  absl::StatusOr<std::unique_ptr<SqliteStatement>> Prepare(
      absl::string_view sql);
  // The prepared statement for `sql`; owned by the connection.
  absl::StatusOr<SqliteStatement*> Find(absl::string_view sql);
  absl::Status Step(SqliteStatement& statement, absl::Span<const Value> params,
                    absl::FunctionRef<absl::Status(const Row&)> on_row);
  absl::Status Error(int code);
  static int OnProgress(void* connection);
  static int OnCommit(void* connection, sqlite3*, const char*, int pages);

  sqlite3* const db_;
  absl::flat_hash_map<std::string, std::unique_ptr<SqliteStatement>>
      statements_;
  absl::Time deadline_ = absl::InfiniteFuture();
  int log_pages_ = 0;
  bool io_failed_ = false;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_CONNECTION_H_
