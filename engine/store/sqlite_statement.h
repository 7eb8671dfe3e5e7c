// One prepared statement.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_STATEMENT_H_
#define ATTUNE_ENGINE_STORE_SQLITE_STATEMENT_H_

#include <vector>

#include "absl/types/span.h"
#include "engine/store/database.h"

struct sqlite3_stmt;

namespace attune {

// Used by the thread of its connection.
class SqliteStatement {
 public:
  // Owns `handle`, which may be null for an empty statement.
  explicit SqliteStatement(sqlite3_stmt* handle);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // The functions that return an int give SQLite's result code.

  // `params` must outlive the run.
  int Bind(absl::Span<const Value> params);
  int Step();
  // Reads the row that Step() came to.  SQLITE_MISMATCH for a fraction, which
  // no Value holds.
  int Read(Row& row);
  // Ends the run and forgets the parameters.
  void Reset();

  // True between Step() and Reset().
  bool running() const { return running_; }

 private:
  sqlite3_stmt* const handle_;
  std::vector<size_t> numbers_;  // the n of `$n`, in SQLite's order
  size_t param_count_ = 0;       // the highest n
  bool running_ = false;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_STATEMENT_H_
