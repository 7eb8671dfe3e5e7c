// One connection to PostgreSQL, with its prepared statements, in pipeline mode.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_CONNECTION_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_CONNECTION_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "engine/store/database.h"

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

namespace attune {

// Used by one thread at a time.  Errors are those of postgres_error.h.
class PostgresConnection {
 public:
  // `url` is what libpq takes: postgresql://… or key=value words, with TLS
  // options, several hosts, a service or password file.  Tries each host for
  // at most 5 seconds, or until `deadline`, but not less than 2.  If it fails,
  // `why` says so in libpq's words, which are for the administrator alone.
  static absl::StatusOr<std::unique_ptr<PostgresConnection>> Open(
      const std::string& url, absl::Time deadline, std::string& why);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // Runs one statement, which stays prepared, after those that were sent; `$n`
  // binds to params[n - 1], and the highest n is the number of `params`.  Rows
  // come as they arrive; `on_row` may use the connection itself.
  absl::Status Scan(absl::string_view sql, absl::Span<const Value> params,
                    absl::FunctionRef<absl::Status(const Row&)> on_row);
  // Puts a statement in line; it goes out, in one round trip, with the next
  // Scan or Flush, which also tells its error.
  // If a key is taken, the error is `if_taken` unless that is OK.
  void Send(absl::string_view sql, absl::Span<const Value> params,
            const absl::Status& if_taken = absl::OkStatus());
  // Runs what was sent and then these: the rows of each.
  absl::StatusOr<std::vector<std::vector<Row>>> RunAll(
      absl::Span<const Statement> statements);
  // Runs what was sent.
  absl::Status Flush();
  // Runs any number of statements, which are not kept; outside of Scan.
  absl::Status Script(const std::string& sql);

  // Statements give DEADLINE_EXCEEDED from then on; a server that still runs
  // one soon after is given up.
  void set_deadline(absl::Time deadline) { deadline_ = deadline; }
  // Sends, in a transaction that has just begun, by when the server should end
  // statements itself, unless it knows.
  void TellDeadline();
  // Ends the transaction, if there is one, however late it is, and forgets what
  // was sent since the last Scan or Flush.
  void Commit();
  void Rollback();
  // Whether the connection is of no more use.
  bool lost() const { return lost_; }
  // Whether a conflict with another transaction was the error.
  bool conflict() const { return conflict_; }
  void clear_conflict() { conflict_ = false; }
  // Whether the last statement that ran to its end was a COMMIT that committed.
  bool committed() const { return committed_; }

 private:
  struct Sent {
    Statement statement;
    absl::Status if_taken;
    std::vector<Row>* rows = nullptr;  // where they go; null if nowhere
  };
  // An answer to wait for.
  struct Expected {
    std::string prepares;  // key of the statement; empty for a run
    absl::Status if_taken;
    std::vector<Row>* rows = nullptr;
  };
  // The rows of a Scan that are not handed out yet.
  struct Stream {
    std::deque<Row> rows;
    absl::Status status;
    bool ended = false;
  };

  explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
  bool Configure();
  // Sends the line and a synchronisation point; answers will come in the order
  // of `expected`.
  bool Start(std::deque<Expected>& expected);
  bool Put(const Sent& sent, std::deque<Expected>& expected);
  bool Push();
  // Reads what one expected answer consists of.
  absl::Status Answer(const Expected& expected);
  // Reads one more row of the last answer, or what ends it.
  void Pull(Stream& stream);
  void Drain(Stream& stream);
  // The next result; null at the end of one statement's, and with lost().
  PGresult* Next();
  bool Wait(int16_t events);
  absl::Status Lost();
  void End(absl::string_view how);
  absl::Status ErrorOf(const PGresult& result);

  PGconn* const connection_;
  absl::flat_hash_map<std::string, std::string> prepared_;  // key to name
  std::deque<Sent> line_;
  Stream* open_ = nullptr;  // of the innermost Scan, while it is being read
  absl::Time deadline_ = absl::InfiniteFuture();
  int64_t told_millis_ = 0;  // statement_timeout; 0 is none, -1 unknown
  int next_name_ = 0;
  bool lost_ = false;
  bool conflict_ = false;
  bool committed_ = false;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_CONNECTION_H_
