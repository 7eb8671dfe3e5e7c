#include "engine/store/sqlite_readers.h"

#include <utility>

#include "absl/time/clock.h"
#include "engine/status_macros.h"
#include "engine/store/job.h"
#include "engine/store/sqlite_error.h"

namespace attune {
namespace {

// One transaction, so that the body sees one state.
absl::Status ReadOnce(SqliteConnection& connection, const Job& read) {
  if (absl::Now() >= read.deadline) return StoreDeadlineExceeded();
  RETURN_IF_ERROR(connection.Execute("BEGIN"));
  absl::Status status = RunSqliteBody(connection, read);
  if (connection.InTransaction()) {
    const absl::Status ended = connection.Execute("ROLLBACK");
    if (status.ok()) status = ended;
  }
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteReaders>> SqliteReaders::Open(
    const std::string& file, int count) {
  std::unique_ptr<SqliteReaders> readers(new SqliteReaders());
  for (int i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(
        std::unique_ptr<SqliteConnection> connection,
        SqliteConnection::Open(file, SqliteConnection::Mode::kRead));
    readers->connections_.push_back(std::move(connection));
  }
  for (const auto& connection : readers->connections_) {
    readers->threads_.emplace_back(
        [self = readers.get(), &connection] { self->Read(*connection); });
  }
  return readers;
}

SqliteReaders::~SqliteReaders() { Close(); }

void SqliteReaders::Push(Job read) {
  if (!reads_.Push(read)) read.done(StoreClosed());
}

void SqliteReaders::Close() {
  reads_.Close();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void SqliteReaders::Read(SqliteConnection& connection) {
  while (std::optional<Job> read = reads_.Pop()) {
    read->done(ReadOnce(connection, *read));
  }
}

}  // namespace attune
