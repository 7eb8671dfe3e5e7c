#include "engine/store/tables.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/store/row_hash.h"
#include "engine/store/table_pages.h"
#include "tests/engine/store/store_test.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

using testing::ElementsAre;

std::vector<std::string> NamesOf(const std::vector<StoreTable>& tables) {
  std::vector<std::string> names;
  for (const StoreTable& table : tables) names.push_back(table.name);
  return names;
}

// `name: columns; key` of each table.
std::set<std::string> TextsOf(const std::vector<StoreTable>& tables) {
  std::set<std::string> texts;
  for (const StoreTable& table : tables) {
    texts.insert(absl::StrCat(table.name, ": ", table.ColumnList(), "; ",
                              table.KeyList()));
  }
  return texts;
}

// Each row is a table, a column and its place in the key, or 0, in order.
std::set<std::string> TextsOf(const std::vector<Row>& rows) {
  std::map<std::string, std::vector<std::string>> columns;
  std::map<std::string, std::map<int64_t, std::string>> keys;
  for (const Row& row : rows) {
    Cells cells(row);
    const std::string table = cells.Text();
    const std::string column = cells.Text();
    columns[table].push_back(column);
    const int64_t place = cells.Int();
    if (place > 0) keys[table][place] = column;
    EXPECT_THAT(cells.Done(), IsOk());
  }
  std::set<std::string> texts;
  for (const auto& [table, names] : columns) {
    texts.insert(absl::StrCat(
        table, ": ", absl::StrJoin(names, ", "), "; ",
        absl::StrJoin(keys[table], ", ", [](std::string* out, const auto& key) {
          out->append(key.second);
        })));
  }
  return texts;
}

// What the database itself says of its tables.
const char* CatalogQuery(const std::string& backend) {
  if (backend == "Sqlite") {
    return "SELECT t.name, c.name, c.pk FROM pragma_table_list t, "
           "pragma_table_xinfo(t.name) c WHERE t.type = 'table' "
           "AND t.schema = 'main' AND t.name <> 'sqlite_schema' "
           "ORDER BY t.name, c.cid";
  }
  return "SELECT t.relname, a.attname, "
         "COALESCE(array_position(i.indkey::int2[], a.attnum), -1) + 1 "
         "FROM pg_class t "
         "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 "
         "AND NOT a.attisdropped "
         "LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary "
         "WHERE t.relkind IN ('r', 'p') AND t.relname <> 'attune_schema' "
         "AND t.relnamespace = current_schema()::regnamespace "
         "ORDER BY t.relname, a.attnum";
}

using TablesTest = StoreTest;

TEST_P(TablesTest, NoTableColumnOrKeyIsForgotten) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const std::vector<StoreTable> tables,
                              StoreTables());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const std::vector<Row> catalog, InRead([](Transaction& tx) {
        return tx.Run(CatalogQuery(GetParam().name), {});
      }));
  EXPECT_EQ(TextsOf(tables), TextsOf(catalog));
}

TEST_P(TablesTest, PagesGiveEveryRowOnceInOrderWhateverTheirSize) {
  const StoreTable table = {
      "answered_request",
      {"id", "caller", "method", "digest", "answered_us", "body"},
      {0, 1}};
  // Beyond four megabytes together, so that pages shrink.
  const std::string large(200'000, 'x');
  std::vector<Row> expected;
  for (int64_t i = 0; i < 300; ++i) {
    const std::string id(1, static_cast<char>('A' + i / 50));
    expected.push_back({id, absl::StrCat(1000 + i % 50), "m", "d", i,
                        Bytes{i % 10 == 0 ? large : ""}});
  }
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                absl::Status status;
                for (const Row& row : expected) {
                  status.Update(
                      tx.Send("INSERT INTO answered_request VALUES "
                              "($1, $2, $3, $4, $5, $6)",
                              row));
                }
                return status;
              }),
              IsOk());
  const KeyRange kRanges[] = {{},
                              {.after = {"B", "1049"}},
                              {.last = {"C", "1007"}},
                              {.after = {"B", "1010"}, .last = {"D", "1020"}}};
  for (const KeyRange& range : kRanges) {
    std::vector<Row> inside;
    for (const Row& row : expected) {
      const Row key = {row[0], row[1]};
      const auto text = [](const Row& of) {
        return std::get<std::string>(of[0]) + std::get<std::string>(of[1]);
      };
      if (!range.after.empty() && text(key) <= text(range.after)) continue;
      if (!range.last.empty() && text(key) > text(range.last)) continue;
      inside.push_back(row);
    }
    for (const int page_rows : {1, 7, 64, 1000}) {
      TableRows rows(db(), table, page_rows, range);
      std::vector<Row> found;
      for (;;) {
        ATTUNE_ASSERT_OK_AND_ASSIGN(const Row* const row, rows.Next());
        if (row == nullptr) break;
        found.push_back(*row);
      }
      EXPECT_TRUE(found == inside) << page_rows << ": " << found.size()
                                   << " rows, not " << inside.size();
    }
  }
}

TEST_P(TablesTest, APageThatCannotBeReadIsAnError) {
  const StoreTable table = {"nowhere", {"id"}, {0}};
  TablePages pages(db(), table, 10);
  EXPECT_THAT(pages.Next(), StatusIs(absl::StatusCode::kInternal));
}

ATTUNE_ON_EVERY_BACKEND(TablesTest);

TEST(StoreTablesTest, ThoseReferredToComeFirst) {
  constexpr Migration kSteps[] = {
      {1, "one", R"sql(
         CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY){strict};
         CREATE TABLE call (
           day {int} NOT NULL,
           person TEXT NOT NULL REFERENCES person (id),
           id TEXT NOT NULL,
           PRIMARY KEY (person, id)
         ){keyed};)sql"},
      {2, "two", R"sql(
         CREATE TABLE team (id TEXT NOT NULL PRIMARY KEY){strict};
         ALTER TABLE person ADD COLUMN team TEXT REFERENCES team (id);)sql"},
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const std::vector<StoreTable> tables,
                              StoreTables(kSteps));
  ASSERT_THAT(NamesOf(tables), ElementsAre("team", "person", "call"));
  EXPECT_EQ(tables[1].ColumnList(), "id, team");
  EXPECT_EQ(tables[2].ColumnList(), "day, person, id");
  EXPECT_EQ(tables[2].KeyList(), "person, id");
}

TEST(StoreTablesTest, ATableThatCannotBeCopiedInOrderIsAnError) {
  for (const char* sql :
       {"CREATE TABLE a (id TEXT NOT NULL){strict};",
        "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, "
        "parent TEXT REFERENCES a (id)){strict};",
        "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY){strict};"
        "CREATE TABLE b (id TEXT NOT NULL PRIMARY KEY REFERENCES a (id))"
        "{strict}; ALTER TABLE a ADD COLUMN b TEXT REFERENCES b (id);"}) {
    const Migration steps[] = {{1, "one", sql}};
    EXPECT_THAT(StoreTables(steps), HasReason("TABLE_UNSUITABLE")) << sql;
  }
}

std::string HashOf(const std::vector<Row>& rows) {
  RowHash hash;
  for (const Row& row : rows) hash.Add(row);
  return hash.Finish();
}

TEST(RowHashTest, EveryCellItsTypeAndItsPlaceCount) {
  const std::vector<std::vector<Row>> different = {
      {},
      {{Value()}},
      {{""}},
      {{Bytes{""}}},
      {{int64_t{0}}},
      {{int64_t{1}}},
      {{int64_t{-1}}},
      {{int64_t{256}}},
      {{"0"}},
      {{Bytes{"0"}}},
      {{std::string(1, '\0')}},
      {{Bytes{std::string(1, '\0')}}},
      {{"a", "b"}},
      {{"ab", ""}},
      {{"", "ab"}},
      {{"b", "a"}},
      {{"a", Value()}},
      {{Value(), "a"}},
      {{"a"}},
      {{"é"}},
      {{"e"}},
  };
  std::map<std::string, size_t> seen;
  for (size_t i = 0; i < different.size(); ++i) {
    const auto [other, is_new] = seen.try_emplace(HashOf(different[i]), i);
    EXPECT_TRUE(is_new) << i << " is as " << other->second;
  }
}

TEST(RowHashTest, TheFormIsFixed) {
  // python3: sha256(b't' + q(1) + b'a' + b'i' + q(8) + q(258) + b'n' + q(0)),
  // q(n) being struct.pack('>Q', n).
  EXPECT_EQ(HashOf({{"a", int64_t{258}, Value()}}),
            "2c2ef46e8354b148ae9d41b1df242a4665ff11f87b9ee96600a88dc25ba42a7a");
  const StoreTable table = {"team", {"id"}, {0}};
  RowHash hash(table);
  EXPECT_EQ(hash.rows(), 0);
  EXPECT_EQ(hash.Finish(), HashOf({{"team"}, {"id"}}));
}

TEST(StoreExistsTest, ASourceThatIsNotThereIsNotMade) {
  TempDir dir;
  EXPECT_THAT(OpenSqlite({.folder = dir.file("none"), .must_exist = true}),
              HasReason("STORE_MISSING"));
  EXPECT_FALSE(std::filesystem::exists(dir.file("none")));
  ASSERT_THAT(OpenSqlite({.folder = dir.file("some")}), IsOk());
  EXPECT_THAT(OpenSqlite({.folder = dir.file("some"), .must_exist = true}),
              IsOk());

  const std::string url = PostgresCluster::Shared().NewUrl();
  const PostgresOptions options = {
      .url = url, .connections = 2, .must_exist = true};
  EXPECT_THAT(OpenPostgres(options), HasReason("STORE_MISSING"));
  ASSERT_THAT(OpenPostgres({.url = url, .connections = 2}), IsOk());
  EXPECT_THAT(OpenPostgres(options), IsOk());
}

}  // namespace
}  // namespace attune
