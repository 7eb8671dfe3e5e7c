// What every driver promises: statements, values, errors.  See also
// database_concurrency_test.cc.

#include "engine/store/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/engine/store/items.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DatabaseTest : public StoreTest {
 protected:
  DatabaseTest() : StoreTest(kItemSchema) {}

  std::vector<int64_t> Items() { return *InRead(ListItems); }
};

TEST_P(DatabaseTest, ValuesComeBackAsTheyWere) {
  const std::vector<Row> rows = {
      {int64_t{1}, "", int64_t{0}, Bytes{""}},
      {int64_t{2}, "Zoë", int64_t{-1}, Bytes{std::string("\0\xff\n", 3)}},
      {int64_t{3}, std::monostate(), std::monostate(), std::monostate()},
      {std::numeric_limits<int64_t>::max(), std::string(100'000, 'x'),
       std::numeric_limits<int64_t>::max(), Bytes{std::string(100'000, '\0')}},
  };
  ASSERT_THAT(
      InWrite([&](Transaction& tx) {
        for (const Row& row : rows) {
          RETURN_IF_ERROR(tx.Run("INSERT INTO item (id, name, number, data) "
                                 "VALUES ($1, $2, $3, $4)",
                                 row)
                              .status());
        }
        return absl::OkStatus();
      }),
      IsOk());
  ASSERT_THAT(InWrite([](Transaction& tx) {
                return tx.Run("INSERT INTO item (id, number) VALUES ($1, $1)",
                              {std::numeric_limits<int64_t>::min()});
              }),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Row> found, InRead([](Transaction& tx) {
        return tx.Run("SELECT id, name, number, data FROM item ORDER BY id",
                      {});
      }));
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[0][2], Value(std::numeric_limits<int64_t>::min()));
  for (size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(found[i + 1], rows[i]);
}

TEST_P(DatabaseTest, ParametersBindByNumberNotByPlace) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Row> rows, InRead([](Transaction& tx) {
        return tx.Run(
            "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)",
            {"one", "two"});
      }));
  EXPECT_THAT(rows, ElementsAre(Row{"two", "one", "two"}));
}

TEST_P(DatabaseTest, TenParametersAreNotTakenForOneAndZero) {
  std::vector<Value> params;
  for (int64_t n = 1; n <= 10; ++n) params.emplace_back(n);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Row> rows, InRead([&](Transaction& tx) {
        return tx.Run(
            "SELECT CAST($10 AS BIGINT), CAST($1 AS BIGINT) "
            "WHERE CAST($2 AS BIGINT) + $3 + $4 + $5 + $6 + $7 + $8 "
            "+ $9 = 44",
            params);
      }));
  EXPECT_THAT(rows, ElementsAre(Row{int64_t{10}, int64_t{1}}));
}

TEST_P(DatabaseTest, AWrongNumberOfParametersIsABug) {
  const auto insert = [&](std::vector<Value> params) {
    return InWrite([&](Transaction& tx) {
      return tx.Run("INSERT INTO item (id, number) VALUES ($1, $2)", params);
    });
  };
  EXPECT_FALSE(insert({int64_t{1}}).ok());
  EXPECT_FALSE(insert({int64_t{1}, int64_t{2}, int64_t{3}}).ok());
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, TwoStatementsAtOnceAreABug) {
  EXPECT_FALSE(InWrite([](Transaction& tx) {
                 return tx.Run(
                     "INSERT INTO item (id) VALUES (1);"
                     "INSERT INTO item (id) VALUES (2)",
                     {});
               }).ok());
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, ABrokenStatementIsABug) {
  EXPECT_THAT(InRead([](Transaction& tx) { return tx.Run("SELEC", {}); }),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, StatementsThatReturnRowsWriteThemToo) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Row> rows, InWrite([](Transaction& tx) {
        return tx.Run(
            "INSERT INTO item (id, number) VALUES (1, 10), (2, 20) "
            "RETURNING number, id",
            {});
      }));
  EXPECT_THAT(rows, ElementsAre(Row{int64_t{10}, int64_t{1}},
                                Row{int64_t{20}, int64_t{2}}));
  EXPECT_THAT(Items(), ElementsAre(1, 2));
}

TEST_P(DatabaseTest, AStatementMayRunWithinItself) {
  ASSERT_THAT(InWrite([](Transaction& tx) {
                RETURN_IF_ERROR(InsertItem(tx, 1));
                return InsertItem(tx, 2);
              }),
              IsOk());
  std::vector<int64_t> seen;
  EXPECT_THAT(InRead([&](Transaction& tx) {
                const char sql[] = "SELECT id FROM item ORDER BY id";
                return tx.Scan(sql, {}, [&](const Row&) {
                  return tx.Scan(sql, {}, [&](const Row& inner) {
                    seen.push_back(Cells(inner).Int());
                    return absl::OkStatus();
                  });
                });
              }),
              IsOk());
  EXPECT_THAT(seen, ElementsAre(1, 2, 1, 2));
}

TEST_P(DatabaseTest, ManyDifferentStatementsAreNoTrouble) {
  for (int64_t i = 0; i < 600; ++i) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const std::vector<Row> rows, InRead([&](Transaction& tx) {
          return tx.Run("SELECT " + std::to_string(i), {});
        }));
    ASSERT_EQ(rows[0][0], Value(i));
  }
}

TEST_P(DatabaseTest, ScanStopsWhenTheCallbackFails) {
  ASSERT_THAT(InWrite([](Transaction& tx) {
                for (int64_t id = 1; id <= 3; ++id) {
                  RETURN_IF_ERROR(InsertItem(tx, id));
                }
                return absl::OkStatus();
              }),
              IsOk());
  int calls = 0;
  const auto scan = [&](Transaction& tx) {
    return tx.Scan("SELECT id FROM item", {}, [&](const Row&) {
      ++calls;
      return absl::CancelledError("Enough.");
    });
  };
  EXPECT_THAT(InRead(scan), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(calls, 1);
  EXPECT_THAT(Items(), ElementsAre(1, 2, 3));
}

TEST_P(DatabaseTest, ABodyThatFailsLeavesNoTrace) {
  EXPECT_THAT(InWrite([](Transaction& tx) {
                RETURN_IF_ERROR(InsertItem(tx, 1));
                return absl::AbortedError("No.");
              }),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, ASwallowedErrorIsStillTheEnd) {
  absl::Status second;
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                RETURN_IF_ERROR(InsertItem(tx, 1));
                InsertItem(tx, 1).IgnoreError();
                second = InsertItem(tx, 2);
                return absl::OkStatus();
              }),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, TheBodysOwnErrorIsTheOneGiven) {
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                RETURN_IF_ERROR(InsertItem(tx, 1));
                if (!InsertItem(tx, 1).ok()) return AlreadyExists("items/1");
                return absl::OkStatus();
              }).message(),
              "items/1 already exists.");
}

TEST_P(DatabaseTest, WhatWasSentIsThereForTheNextStatement) {
  std::vector<int64_t> seen;
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                RETURN_IF_ERROR(
                    tx.Send("INSERT INTO item (id) VALUES ($1)", {int64_t{1}}));
                RETURN_IF_ERROR(
                    tx.Send("INSERT INTO item (id) VALUES ($1)", {int64_t{2}}));
                ASSIGN_OR_RETURN(seen, ListItems(tx));
                return tx.Send("DELETE FROM item WHERE id = 1", {});
              }),
              IsOk());
  EXPECT_THAT(seen, ElementsAre(1, 2));
  EXPECT_THAT(Items(), ElementsAre(2));
}

TEST_P(DatabaseTest, AnErrorOfWhatWasSentEndsTheTransaction) {
  const auto twice = [](Transaction& tx) {
    for (int i = 0; i < 2; ++i) {
      tx.Send("INSERT INTO item (id) VALUES (1)", {}).IgnoreError();
    }
  };
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                twice(tx);
                return absl::OkStatus();
              }),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                twice(tx);
                return CountItems(tx);
              }),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, ATakenKeyAlreadyExists) {
  ASSERT_THAT(InWrite([](Transaction& tx) {
                return tx.Run("INSERT INTO item (id, name) VALUES (1, 'a')",
                              {});
              }),
              IsOk());
  const auto insert = [&](absl::string_view sql) {
    return InWrite([&](Transaction& tx) { return tx.Run(sql, {}); }).status();
  };
  for (const absl::Status& status :
       {insert("INSERT INTO item (id, name) VALUES (1, 'b')"),
        insert("INSERT INTO item (id, name) VALUES (2, 'a')"),
        insert("INSERT INTO tag (item, tag) VALUES (1, 'x'), (1, 'x')")}) {
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists));
    EXPECT_THAT(status, HasReason("ALREADY_EXISTS"));
  }
  EXPECT_THAT(Items(), ElementsAre(1));
}

TEST_P(DatabaseTest, OtherConstraintsAreFailedPreconditions) {
  const auto insert = [&](absl::string_view sql) {
    return InWrite([&](Transaction& tx) { return tx.Run(sql, {}); }).status();
  };
  for (const absl::Status& status :
       {insert("INSERT INTO item (id, number) VALUES (1, 13)"),
        insert("INSERT INTO item (id, parent) VALUES (1, 7)"),
        insert("INSERT INTO tag (item, tag) VALUES (7, NULL)")}) {
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_THAT(status, HasReason("CONSTRAINT"));
  }
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, ABodyThatThrowsIsAnInternalError) {
  EXPECT_THAT(InWrite([](Transaction& tx) -> absl::Status {
                RETURN_IF_ERROR(InsertItem(tx, 1));
                throw std::runtime_error("secret");
              }),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(InRead([](Transaction& tx) -> absl::Status {
                return tx.Scan("SELECT 1", {}, [](const Row&) -> absl::Status {
                  throw std::runtime_error("secret");
                });
              }),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, AReadCannotWrite) {
  EXPECT_FALSE(InRead([](Transaction& tx) { return InsertItem(tx, 1); }).ok());
  EXPECT_THAT(Items(), IsEmpty());
}

TEST_P(DatabaseTest, MessagesTellNeitherStatementsNorData) {
  const absl::Status status =
      InWrite([](Transaction& tx) {
        return tx.Run("INSERT INTO no_such_table (secret) VALUES ('x')", {});
      }).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(std::string(status.message()),
              testing::Not(testing::HasSubstr("secret")));
  EXPECT_THAT(std::string(status.message()),
              testing::Not(testing::HasSubstr("no_such_table")));
}

TEST_P(DatabaseTest, IsHealthyFromTheStart) {
  EXPECT_THAT(db().Health(), IsOk());
}

ATTUNE_ON_EVERY_BACKEND(DatabaseTest);

}  // namespace
}  // namespace attune
