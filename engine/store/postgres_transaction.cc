#include "engine/store/postgres_transaction.h"

#include <utility>
#include <vector>

#include "engine/errors.h"
#include "engine/store/postgres_error.h"
#include "engine/store/text_search.h"

namespace attune {
namespace {

constexpr char kBeginWrite[] = "BEGIN ISOLATION LEVEL SERIALIZABLE";
constexpr char kBeginRead[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

// Begins with its first statement, in the same round trip.
class PostgresTransaction : public Transaction {
 public:
  // The connection's deadline is set.
  PostgresTransaction(PostgresConnection& connection, const char* begin)
      : connection_(connection), begin_(begin) {
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

  absl::StatusOr<std::vector<std::vector<Row>>> RunAll(
      absl::Span<const Statement> statements) override {
    if (!first_error_.ok()) return first_error_;
    Begin();
    auto rows = connection_.RunAll(statements);
    if (first_error_.ok()) first_error_ = rows.status();
    return rows;
  }

  absl::Status Send(absl::string_view sql, absl::Span<const Value> params,
                    const absl::Status& if_taken) override {
    if (!first_error_.ok()) return first_error_;
    Begin();
    connection_.Send(sql, params, if_taken);
    return absl::OkStatus();
  }

  const TextSearch& text_search() const override {
    return PostgresTextSearch();
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
    connection_.TellDeadline();
  }

  PostgresConnection& connection_;
  const char* const begin_;
  bool begun_ = false;
  absl::Status first_error_;
};

}  // namespace

absl::Status RunPostgresWrite(PostgresConnection& connection, const Job& job) {
  connection.set_deadline(job.deadline);
  PostgresTransaction transaction(connection, kBeginWrite);
  absl::Status status = CallBody(job.body, transaction);
  if (status.ok()) status = transaction.first_error();
  if (status.ok()) {
    status = transaction.Commit();
    if (status.ok()) return status;
  }
  connection.Rollback();
  return status;
}

absl::Status RunPostgresRead(PostgresConnection& connection, const Job& job) {
  connection.set_deadline(job.deadline);
  PostgresTransaction transaction(connection, kBeginRead);
  absl::Status status = CallBody(job.body, transaction);
  if (status.ok()) status = transaction.first_error();
  if (!status.ok()) connection.Rollback();
  return status;
}

}  // namespace attune
