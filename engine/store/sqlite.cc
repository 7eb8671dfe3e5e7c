#include "engine/store/sqlite.h"

#include <algorithm>
#include <utility>

#include "engine/status_macros.h"
#include "engine/store/sqlite_commit_queue.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_folder.h"
#include "engine/store/sqlite_readers.h"
#include "engine/store/sqlite_schema.h"

namespace attune {
namespace {

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(std::unique_ptr<SqliteFolder> folder,
                 std::unique_ptr<SqliteConnection> writer,
                 std::unique_ptr<SqliteReaders> readers)
      : folder_(std::move(folder)),
        writer_(std::move(writer)),
        readers_(std::move(readers)) {}

  // Both stop before either goes: an answer may lead to another call.
  ~SqliteDatabase() override {
    writer_.Close();
    readers_->Close();
  }

  void Write(absl::Time deadline, Body body, Done done) override {
    writer_.Push({deadline, std::move(body), std::move(done)});
  }

  void Read(absl::Time deadline, Body body, Done done) override {
    readers_->Push({deadline, std::move(body), std::move(done)});
  }

  absl::Status Health() const override { return writer_.Health(); }

 private:
  // Destroyed from the last to the first: the writer's connection, as the last
  // to close, writes the log back; then the lock is given up.
  const std::unique_ptr<SqliteFolder> folder_;
  SqliteCommitQueue writer_;
  const std::unique_ptr<SqliteReaders> readers_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(
    const SqliteOptions& options) {
  return OpenSqlite(options, Migrations());
}

absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(
    const SqliteOptions& options, absl::Span<const Migration> migrations) {
  if (options.must_exist) {
    RETURN_IF_ERROR(SqliteFolder::CheckStoreExists(options.folder));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<SqliteFolder> folder,
                   SqliteFolder::Open(options.folder));
  const std::string file = folder->database_file();
  ASSIGN_OR_RETURN(
      std::unique_ptr<SqliteConnection> writer,
      SqliteConnection::Open(file, SqliteConnection::Mode::kWrite));
  RETURN_IF_ERROR(BringSqliteUpToDate(*writer, *folder, migrations));
  ASSIGN_OR_RETURN(
      std::unique_ptr<SqliteReaders> readers,
      SqliteReaders::Open(file, std::max(1, options.reader_threads)));
  return std::make_unique<SqliteDatabase>(std::move(folder), std::move(writer),
                                          std::move(readers));
}

}  // namespace attune
