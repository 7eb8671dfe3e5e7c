// The one seam between the engine and a database.
//
// The plural files write their SQL once, in what SQLite and PostgreSQL both
// understand; a driver implements these two classes.

#ifndef ATTUNE_ENGINE_STORE_DATABASE_H_
#define ATTUNE_ENGINE_STORE_DATABASE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace attune {

// What a column of bytes holds, told apart from text.
struct Bytes {
  std::string data;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

// NULL, a whole number, text, or bytes.
using Value = std::variant<std::monostate, int64_t, std::string, Bytes>;
using Row = std::vector<Value>;

// A statement with its parameters.
struct Statement {
  std::string sql;
  std::vector<Value> params = {};
};

class TextSearch;

// One transaction, used by one thread at a time.
class Transaction {
 public:
  virtual ~Transaction() = default;

  // Runs one statement; `$1`..`$n` bind to `params`.  After an error the
  // transaction is over: every later call gives that first error and nothing
  // is committed, even if the body swallows it.
  //   ALREADY_EXISTS       a unique or primary key is taken
  //   FAILED_PRECONDITION  another constraint does not hold
  //   DEADLINE_EXCEEDED    the deadline passed
  //   RESOURCE_EXHAUSTED   the disk is full
  //   UNAVAILABLE          the database cannot be reached or read
  virtual absl::Status Scan(
      absl::string_view sql, absl::Span<const Value> params,
      absl::FunctionRef<absl::Status(const Row&)> on_row) = 0;

  // The same, all rows at once.
  absl::StatusOr<std::vector<Row>> Run(absl::string_view sql,
                                       absl::Span<const Value> params);

  // Statements that do not need each other's rows: the rows of each.  Over a
  // network they take one round trip together.
  virtual absl::StatusOr<std::vector<std::vector<Row>>> RunAll(
      absl::Span<const Statement> statements);

  // A statement whose rows nobody needs.  It runs before the next of the others
  // or the commit, whichever comes first, and that tells its error: no round
  // trip of its own.
  absl::Status Send(absl::string_view sql, absl::Span<const Value> params) {
    return Send(sql, params, absl::OkStatus());
  }
  // The same; if a key is taken, the error is `if_taken`, unless that is OK.
  virtual absl::Status Send(absl::string_view sql,
                            absl::Span<const Value> params,
                            const absl::Status& if_taken);

  // How this database finds rows by their words.
  virtual const TextSearch& text_search() const = 0;
};

// A store.  Thread-safe.
class Database {
 public:
  // Works in the transaction it is given.  It may be called again after a
  // conflict, so it touches only that transaction and what it owns; it runs on
  // a thread of the database.
  using Body = std::function<absl::Status(Transaction&)>;
  // Called exactly once, on a thread of the database: for a write after the
  // commit is on disk, with the body's error, or with the database's.
  using Done = std::function<void(absl::Status)>;

  virtual ~Database() = default;

  // Commits if `body` returns OK, else leaves no trace of it.
  virtual void Write(absl::Time deadline, Body body, Done done) = 0;
  // Sees one consistent state that holds every write answered before the call.
  virtual void Read(absl::Time deadline, Body body, Done done) = 0;
  // OK, or why every write is refused at the moment: until the database can be
  // reached again, or, after an I/O error of our own, until the program starts
  // again.
  virtual absl::Status Health() const = 0;

  // The same, waiting for the answer; never from a thread of the database.
  absl::Status WriteAndWait(Body body);
  absl::Status ReadAndWait(Body body);
};

// Reads a row's cells from left to right and remembers the first that does not
// fit.
class Cells {
 public:
  explicit Cells(const Row& row) : row_(row) {}

  int64_t Int();
  // `otherwise` for NULL.
  int64_t IntOr(int64_t otherwise);
  bool IsNull() const;  // the next cell, which is not consumed
  std::string Text();
  std::string TextOr(absl::string_view otherwise);
  std::string Blob();
  void Skip() { ++next_; }
  // Parses the next cell's bytes into a protocol buffer message.
  template <typename M>
  void Message(M& message) {
    if (!message.ParseFromString(Blob())) misfit_ = true;
  }
  // DATA_LOSS if anything did not fit.
  absl::Status Done() const;

 private:
  const Value* Next();

  const Row& row_;
  size_t next_ = 0;
  bool misfit_ = false;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_DATABASE_H_
