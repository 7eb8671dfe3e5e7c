#include "engine/store/sqlite_transaction.h"

#include "engine/store/text_search.h"

namespace attune {
namespace {

class SqliteTransaction : public Transaction {
 public:
  explicit SqliteTransaction(SqliteConnection& connection)
      : connection_(connection) {}

  absl::Status Scan(
      absl::string_view sql, absl::Span<const Value> params,
      absl::FunctionRef<absl::Status(const Row&)> on_row) override {
    if (!first_error_.ok()) return first_error_;
    const absl::Status status = connection_.Scan(sql, params, on_row);
    // A statement inside `on_row` may have been the first to fail.
    if (first_error_.ok()) first_error_ = status;
    return first_error_;
  }

  const TextSearch& text_search() const override { return SqliteTextSearch(); }

  const absl::Status& first_error() const { return first_error_; }

 private:
  SqliteConnection& connection_;
  absl::Status first_error_;
};

}  // namespace

absl::Status RunSqliteBody(SqliteConnection& connection, const Job& job) {
  SqliteTransaction transaction(connection);
  connection.set_deadline(job.deadline);
  const absl::Status status = CallBody(job.body, transaction);
  connection.set_deadline(absl::InfiniteFuture());
  return status.ok() ? transaction.first_error() : status;
}

}  // namespace attune
