#include "engine/store/sqlite_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "engine/store/sqlite.h"
#include "engine/store/sqlite_connection.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Migration kSteps[] = {
    {1, "note", R"sql(
       CREATE TABLE note (
         id {int} NOT NULL PRIMARY KEY,
         body {bytes} NOT NULL
       ){strict};
       CREATE TABLE word (id TEXT NOT NULL PRIMARY KEY, n {int}){keyed};)sql"},
    {2, "note length", R"sql(
       ALTER TABLE note ADD COLUMN length {int};
       UPDATE note SET length = LENGTH(body);)sql"},
    {3, "note by length", "CREATE INDEX note_by_length ON note (length);"},
};

constexpr Migration kBrokenStep2[] = {
    kSteps[0],
    {2, "broken", "CREATE TABLE half (id {int}); CREATE TABEL oops;"},
};

constexpr Migration kStep2LosingRows[] = {
    {1, "parents", R"sql(
       CREATE TABLE parent (id {int} NOT NULL PRIMARY KEY){strict};
       CREATE TABLE child (
         id {int} NOT NULL PRIMARY KEY REFERENCES parent (id)
       ){strict};
       INSERT INTO parent (id) VALUES (1);
       INSERT INTO child (id) VALUES (1);)sql"},
    {2, "no parents", "DELETE FROM parent;"},
};

class SqliteSchemaTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Database>> Open(size_t steps) {
    return OpenSqlite({.folder = dir_.path()},
                      absl::MakeSpan(kSteps).subspan(0, steps));
  }

  std::string database() const { return dir_.file("attune.db"); }

  // Runs statements past the driver.
  void Script(const std::string& sql) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const std::unique_ptr<SqliteConnection> connection,
        SqliteConnection::Open(database(), SqliteConnection::Mode::kWrite));
    ASSERT_THAT(connection->Script(sql), IsOk());
  }

  int64_t Number(const std::string& file, const std::string& sql) {
    const auto connection =
        SqliteConnection::Open(file, SqliteConnection::Mode::kRead);
    return connection.ok() ? *(*connection)->Number(sql) : -1;
  }

  std::vector<std::string> Backups() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(dir_.path())) {
      const std::string name = entry.path().filename().string();
      if (name != "attune.db" && name != "attune.lock") names.push_back(name);
    }
    return names;
  }

  TempDir dir_;
};

absl::StatusOr<std::vector<Row>> Columns(Transaction& tx) {
  return tx.Run("SELECT name, type FROM pragma_table_info('note') ORDER BY cid",
                {});
}

TEST_F(SqliteSchemaTest, TakesTheStepsInOrder) {
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto db, Open(3));
    ATTUNE_ASSERT_OK_AND_ASSIGN(const std::vector<Row> columns,
                                InRead(*db, Columns));
    EXPECT_THAT(columns, ElementsAre(Row{"id", "INTEGER"}, Row{"body", "BLOB"},
                                     Row{"length", "INTEGER"}));
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const std::vector<Row> tables, InRead(*db, [](Transaction& tx) {
          return tx.Run(
              "SELECT name, wr, strict FROM pragma_table_list "
              "WHERE schema = 'main' AND name IN ('note', 'word') "
              "ORDER BY name",
              {});
        }));
    EXPECT_THAT(tables, ElementsAre(Row{"note", int64_t{0}, int64_t{1}},
                                    Row{"word", int64_t{1}, int64_t{1}}));
  }
  EXPECT_EQ(Number(database(), "PRAGMA user_version"), 3);
  EXPECT_EQ(Number(database(), "PRAGMA application_id"), 0x41747475);
}

TEST_F(SqliteSchemaTest, AnEmptyStoreNeedsNoBackup) {
  EXPECT_THAT(Open(3), IsOk());
  EXPECT_THAT(Backups(), IsEmpty());
}

TEST_F(SqliteSchemaTest, AnUpgradeKeepsTheDataAndACopyFromBefore) {
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto db, Open(1));
    ASSERT_THAT(InWrite(*db,
                        [](Transaction& tx) {
                          return tx.Run(
                              "INSERT INTO note (id, body) VALUES (7, $1)",
                              {Bytes{"four"}});
                        }),
                IsOk());
  }
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto db, Open(2));
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const std::vector<Row> rows, InRead(*db, [](Transaction& tx) {
          return tx.Run("SELECT id, body, length FROM note", {});
        }));
    EXPECT_THAT(rows, ElementsAre(Row{int64_t{7}, Bytes{"four"}, int64_t{4}}));
  }
  ASSERT_THAT(Backups(), ElementsAre("attune.db.before-2"));
  const std::string backup = dir_.file("attune.db.before-2");
  struct stat status = {};
  ASSERT_EQ(stat(backup.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(Number(backup, "PRAGMA user_version"), 1);
  EXPECT_EQ(Number(backup, "PRAGMA application_id"), 0x41747475);
  EXPECT_EQ(Number(backup, "SELECT id FROM note"), 7);
}

TEST_F(SqliteSchemaTest, OnlyTheLatestCopyIsKept) {
  for (const size_t steps : {1, 2, 3, 3}) {
    ASSERT_THAT(Open(steps), IsOk()) << steps;
  }
  EXPECT_THAT(Backups(), ElementsAre("attune.db.before-3"));
}

TEST_F(SqliteSchemaTest, AStepThatFailsLeavesTheStoreAsItWas) {
  ASSERT_THAT(Open(1), IsOk());
  const auto broken = OpenSqlite({.folder = dir_.path()}, kBrokenStep2);
  EXPECT_THAT(broken, HasReason("MIGRATION_FAILED"));
  EXPECT_EQ(Number(database(), "PRAGMA user_version"), 1);
  EXPECT_EQ(Number(database(),
                   "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'half'"),
            0);
  EXPECT_THAT(Open(2), IsOk());
}

TEST_F(SqliteSchemaTest, AStepMayNotLeaveDanglingReferences) {
  const auto steps = absl::MakeSpan(kStep2LosingRows);
  ASSERT_THAT(OpenSqlite({.folder = dir_.path()}, steps.subspan(0, 1)), IsOk());
  EXPECT_THAT(OpenSqlite({.folder = dir_.path()}, steps),
              HasReason("MIGRATION_FAILED"));
  EXPECT_EQ(Number(database(), "SELECT COUNT(*) FROM parent"), 1);
}

TEST_F(SqliteSchemaTest, ANewerStoreIsRefused) {
  ASSERT_THAT(Open(3), IsOk());
  const auto opened = Open(2);
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(opened, HasReason("STORE_NEWER"));
  EXPECT_THAT(Open(3), IsOk());
}

TEST_F(SqliteSchemaTest, AnotherProgramsDatabaseIsRefusedUntouched) {
  std::ofstream(database()).close();
  Script("CREATE TABLE theirs (id INTEGER); PRAGMA user_version = 1;");
  const auto opened = Open(1);
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(opened, HasReason("STORE_FOREIGN"));
  EXPECT_EQ(Number(database(), "SELECT COUNT(*) FROM sqlite_schema"), 1);
  Script("DROP TABLE theirs; PRAGMA application_id = 7;");
  EXPECT_THAT(Open(1), HasReason("STORE_FOREIGN"));
}

TEST_F(SqliteSchemaTest, AFileThatIsNoDatabaseIsRefused) {
  std::ofstream(database()) << std::string(5000, 'x');
  EXPECT_THAT(Open(1), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(std::filesystem::file_size(database()), 5000u);
}

}  // namespace
}  // namespace attune
