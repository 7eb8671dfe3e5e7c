#include "engine/store/postgres_transaction.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "engine/errors.h"
#include "engine/store/postgres_error.h"

namespace attune {
namespace {

constexpr char kBeginWrite[] = "BEGIN ISOLATION LEVEL SERIALIZABLE";
constexpr char kBeginRead[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr char kLimit[] =
    "SELECT set_config('statement_timeout', $1, /* is_local: */ true)";

// Begins with its first statement, in the same round trip.
class PostgresTransaction : public Transaction {
 public:
  PostgresTransaction(PostgresConnection& connection, const char* begin,
                      absl::Time deadline)
      : connection_(connection), begin_(begin), deadline_(deadline) {
    connection_.set_deadline(deadline);
    connection_.clear_conflict();
  }

  absl::Status Scan(
      absl::string_view sql, absl::Span<const Value> params,
      absl::FunctionRef<absl::Status(const Row&)> on_row) override {
    if (!first_error_.ok()) return first_error_;
    Begin();
    const absl::Status status = connection_.Scan(sql, params, on_row);
    // A statement inside `on_row` may have been the first to fail.
    if (first_error_.ok()) first_error_ = status;
    return first_error_;
  }

  absl::Status Send(absl::string_view sql,
                    absl::Span<const Value> params) override {
    if (!first_error_.ok()) return first_error_;
    Begin();
    connection_.Send(sql, params);
    return absl::OkStatus();
  }

  absl::Status Commit() {
    if (!begun_) return absl::OkStatus();
    connection_.Send("COMMIT", {});
    const absl::Status status = connection_.Flush();
    if (status.ok() && !connection_.committed()) {
      return MakeError(absl::StatusCode::kInternal, "STORE_MISUSED",
                       "A write ended its own transaction.");
    }
    if (connection_.lost() && absl::IsUnavailable(status)) {
      return PostgresCommitUnknown();
    }
    return status;
  }

  const absl::Status& first_error() const { return first_error_; }

 private:
  void Begin() {
    if (begun_) return;
    begun_ = true;
    connection_.Send(begin_, {});
    if (deadline_ == absl::InfiniteFuture()) return;
    const int64_t millis = absl::ToInt64Milliseconds(deadline_ - absl::Now());
    connection_.Send(kLimit, {absl::StrCat(millis < 1 ? 1 : millis)});
  }

  PostgresConnection& connection_;
  const char* const begin_;
  const absl::Time deadline_;
  bool begun_ = false;
  absl::Status first_error_;
};

// Ends a transaction of which nothing is to be kept, if there is one.
void Rollback(PostgresConnection& connection) {
  connection.Drop();
  connection.set_deadline(absl::InfiniteFuture());
  if (connection.lost()) return;
  connection.Send("ROLLBACK", {});
  connection.Flush().IgnoreError();
}

}  // namespace

absl::Status RunPostgresWrite(PostgresConnection& connection, const Job& job) {
  PostgresTransaction transaction(connection, kBeginWrite, job.deadline);
  absl::Status status = CallBody(job.body, transaction);
  if (status.ok()) status = transaction.first_error();
  if (status.ok()) {
    status = transaction.Commit();
    if (status.ok()) return status;
  }
  Rollback(connection);
  return status;
}

absl::Status RunPostgresRead(PostgresConnection& connection, const Job& job) {
  PostgresTransaction transaction(connection, kBeginRead, job.deadline);
  const absl::Status status = CallBody(job.body, transaction);
  return status.ok() ? transaction.first_error() : status;
}

void EndPostgresRead(PostgresConnection& connection) { Rollback(connection); }

}  // namespace attune
