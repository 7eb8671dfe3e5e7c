#include "engine/store/postgres_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/status_macros.h"
#include "engine/store/open_store.h"
#include "engine/store/postgres.h"
#include "engine/store/postgres_citus.h"
#include "tests/engine/store/store_test.h"
#include "tests/postgres_cluster.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
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
};

constexpr Migration kBrokenStep2[] = {
    kSteps[0],
    {2, "broken", "CREATE TABLE half (id {int}); CREATE TABEL oops;"},
};

class PostgresSchemaTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Database>> Open(
      absl::Span<const Migration> steps, bool exclusive = false) {
    return OpenPostgres(
        {.url = url_,
         .connections = 2,
         .warn = [this](const std::string& text) { warnings_.push_back(text); },
         .exclusive = exclusive},
        steps);
  }
  absl::StatusOr<std::unique_ptr<Database>> OpenSteps(size_t count) {
    return Open(absl::MakeSpan(kSteps).subspan(0, count));
  }

  const std::string url_ = PostgresCluster::Shared().NewUrl();
  std::vector<std::string> warnings_;
};

TEST_F(PostgresSchemaTest, StepsAreTakenOnceAndTheRowsStay) {
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(auto db, OpenSteps(1));
    ASSERT_THAT(InWrite(*db,
                        [](Transaction& tx) {
                          return tx.Run("INSERT INTO note VALUES ($1, $2)",
                                        {int64_t{1}, Bytes{"four"}});
                        }),
                IsOk());
  }
  for (int times = 0; times < 2; ++times) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(auto db, OpenSteps(2));
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const std::vector<Row> rows, InRead(*db, [](Transaction& tx) {
          return tx.Run("SELECT id, length FROM note", {});
        }));
    EXPECT_THAT(rows, ElementsAre(Row{int64_t{1}, int64_t{4}}));
  }
}

TEST_F(PostgresSchemaTest, ServersThatStartTogetherTakeTheStepsOnce) {
  std::vector<absl::Status> statuses(4);
  std::vector<std::thread> threads;
  for (absl::Status& status : statuses) {
    threads.emplace_back([&] {
      status = OpenPostgres({.url = url_, .connections = 2}, kSteps).status();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : statuses) EXPECT_THAT(status, IsOk());
}

TEST_F(PostgresSchemaTest, ABrokenStepLeavesTheStoreAsItWas) {
  ASSERT_THAT(OpenSteps(1), IsOk());
  const auto broken = Open(kBrokenStep2);
  EXPECT_THAT(broken, HasReason("MIGRATION_FAILED"));
  EXPECT_THAT(std::string(broken.status().message()),
              HasSubstr("Step 2 (broken)"));
  EXPECT_THAT(OpenSteps(2), IsOk());
}

TEST_F(PostgresSchemaTest, ANewerStoreIsLeftAlone) {
  ASSERT_THAT(OpenSteps(2), IsOk());
  const auto older = OpenSteps(1);
  EXPECT_THAT(older, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(older, HasReason("STORE_NEWER"));
}

TEST_F(PostgresSchemaTest, AnotherProgramsTablesAreLeftAlone) {
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(auto db, Open({}));
    ASSERT_THAT(InWrite(*db,
                        [](Transaction& tx) {
                          return tx.Run(
                              "ALTER TABLE attune_schema "
                              "RENAME TO somebody_elses",
                              {});
                        }),
                IsOk());
  }
  const auto refused = OpenSteps(2);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("STORE_FOREIGN"));
}

TEST_F(PostgresSchemaTest, UnsafeSettingsAreToldAtTheStart) {
  ASSERT_THAT(OpenSteps(2), IsOk());
  EXPECT_THAT(warnings_,
              UnorderedElementsAre(HasSubstr("fsync = off"),
                                   HasSubstr("full_page_writes = off"),
                                   HasSubstr("synchronous_commit = off")));
}

TEST_F(PostgresSchemaTest, WhoMovesAStoreHasItAlone) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto first, OpenSteps(2));
  EXPECT_THAT(OpenSteps(2), IsOk());
  EXPECT_THAT(Open(kSteps, /*exclusive=*/true), HasReason("STORE_IN_USE"));
  first.reset();
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto mover, Open(kSteps, /*exclusive=*/true));
  EXPECT_THAT(OpenSteps(2), HasReason("STORE_IN_USE"));
}

TEST_F(PostgresSchemaTest, TextIsInTheOrderOfItsBytes) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto db, OpenSteps(2));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Row> rows,
      InWrite(*db, [](Transaction& tx) -> absl::StatusOr<std::vector<Row>> {
        RETURN_IF_ERROR(
            tx.Send("INSERT INTO word (id) VALUES ('a'), ('B'), "
                    "('é'), ('b'), ('_')",
                    {}));
        return tx.Run("SELECT id FROM word ORDER BY id", {});
      }));
  EXPECT_THAT(rows,
              ElementsAre(Row{"B"}, Row{"_"}, Row{"a"}, Row{"b"}, Row{"é"}));
}

TEST(OpenStoreTest, OtherAddressesAreRefused) {
  for (const char* url : {"", "mysql://x", "sqlite:", "/var/lib/attune"}) {
    EXPECT_THAT(OpenStore({.url = url}), HasViolation("database", "STORE_URL"))
        << url;
  }
}

TEST(OpenStoreTest, ADatabaseThatIsNotThereIsNamedInLibpqsWords) {
  const auto missing = OpenStore({.url = "postgresql:///x?host=/nowhere"});
  EXPECT_THAT(missing, HasReason("STORE_UNREACHABLE"));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("/nowhere"));
}

// Citus is not in Debian: what can be shown here is that the statements fit the
// schema they speak of.
TEST(PostgresCitusTest, EveryTableHasAPlaceThatItsKeysAllow) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto db, OpenPostgres({.url = PostgresCluster::Shared().NewUrl(),
                             .connections = 2}));
  std::set<std::string> tables;
  ASSERT_THAT(
      InRead(*db,
             [&](Transaction& tx) {
               return tx.Scan(
                   "SELECT relname FROM pg_class WHERE relkind = 'r' AND "
                   "relnamespace = current_schema()::regnamespace AND "
                   "relname <> 'attune_schema'",
                   {}, [&](const Row& row) {
                     tables.insert(Cells(row).Text());
                     return absl::OkStatus();
                   });
             }),
      IsOk());
  for (const CitusTable& table : CitusTables()) {
    EXPECT_EQ(tables.erase(std::string(table.name)), 1u) << table.name;
    if (table.column.empty()) continue;
    // A unique index without the column cannot be kept over many machines.
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const std::vector<Row> misfits, InRead(*db, [&](Transaction& tx) {
          return tx.Run(
              "SELECT i.indexrelid::regclass::text FROM pg_index i "
              "WHERE i.indrelid = to_regclass($1) AND i.indisunique AND NOT "
              "EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = "
              "i.indrelid AND a.attname = $2 AND a.attnum = ANY(i.indkey))",
              {std::string(table.name), std::string(table.column)});
        }));
    EXPECT_THAT(misfits, IsEmpty()) << table.name;
  }
  EXPECT_THAT(tables, IsEmpty());
}

TEST(PostgresCitusTest, StatementsPlaceATableOnce) {
  EXPECT_EQ(PlaceCitusTable({"team", ""}),
            "SELECT create_reference_table('team') WHERE NOT EXISTS (SELECT "
            "FROM pg_dist_partition WHERE logicalrelid = 'team'::regclass)");
  EXPECT_EQ(PlaceCitusTable({"evaluation", "person"}),
            "SELECT create_distributed_table('evaluation', 'person') WHERE NOT "
            "EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = "
            "'evaluation'::regclass)");
}

}  // namespace
}  // namespace attune
