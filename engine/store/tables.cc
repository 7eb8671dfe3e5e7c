#include "engine/store/tables.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_schema.h"

namespace attune {
namespace {

constexpr char kInMemory[] = ":memory:";

// Without the tables that make up an index of words: it follows its table.
constexpr char kTables[] =
    "SELECT s.name FROM sqlite_schema s "
    "JOIN pragma_table_list t ON t.name = s.name AND t.schema = 'main' "
    "WHERE s.type = 'table' AND t.type = 'table' ORDER BY s.rowid";
constexpr char kColumns[] =
    "SELECT name, pk FROM pragma_table_info($1) ORDER BY cid";
constexpr char kReferences[] =
    "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)";

constexpr char kIndexOfWords[] =
    "SELECT COUNT(*) FROM pragma_table_list "
    "WHERE type = 'virtual' AND name = $1 || '_search'";

struct Described {
  StoreTable table;
  std::set<std::string> refers_to;
};

absl::Status Unsuitable(const std::string& table, absl::string_view why) {
  return MakeError(absl::StatusCode::kInternal, "TABLE_UNSUITABLE",
                   absl::StrCat("The table ", table, " ", why, "."));
}

absl::StatusOr<Described> Describe(SqliteConnection& connection,
                                   const std::string& name) {
  Described found;
  found.table.name = name;
  std::map<int64_t, size_t> key;  // by the place in the key, from 1
  RETURN_IF_ERROR(connection.Scan(kColumns, {name}, [&](const Row& row) {
    Cells cells(row);
    found.table.columns.push_back(cells.Text());
    const int64_t place = cells.Int();
    if (place > 0) key[place] = found.table.columns.size() - 1;
    return cells.Done();
  }));
  for (const auto& [place, column] : key) found.table.key.push_back(column);
  if (key.empty()) return Unsuitable(name, "has no primary key");
  RETURN_IF_ERROR(connection.Scan(kReferences, {name}, [&](const Row& row) {
    Cells cells(row);
    found.refers_to.insert(cells.Text());
    return cells.Done();
  }));
  RETURN_IF_ERROR(connection.Scan(kIndexOfWords, {name}, [&](const Row& row) {
    Cells cells(row);
    found.table.searchable = cells.Int() > 0;
    return cells.Done();
  }));
  return found;
}

// Takes those whose references are all there, again and again; otherwise the
// order stays.
absl::StatusOr<std::vector<StoreTable>> InOrder(std::vector<Described> rest) {
  std::vector<StoreTable> tables;
  std::set<std::string> there;
  while (!rest.empty()) {
    std::vector<Described> left;
    for (Described& next : rest) {
      const bool ready =
          std::includes(there.begin(), there.end(), next.refers_to.begin(),
                        next.refers_to.end());
      if (!ready) {
        left.push_back(std::move(next));
        continue;
      }
      there.insert(next.table.name);
      tables.push_back(std::move(next.table));
    }
    if (left.size() == rest.size()) {
      return Unsuitable(left.front().table.name, "refers to itself");
    }
    rest = std::move(left);
  }
  return tables;
}

}  // namespace

std::string StoreTable::ColumnList() const {
  return absl::StrJoin(columns, ", ");
}

std::string StoreTable::KeyList() const {
  return absl::StrJoin(key, ", ", [this](std::string* out, size_t column) {
    out->append(columns[column]);
  });
}

Row StoreTable::KeyOf(const Row& row) const {
  Row cells;
  for (const size_t column : key) cells.push_back(row[column]);
  return cells;
}

// SQLite in memory tells what the steps make, and PostgreSQL's words for them
// differ in types alone.
absl::StatusOr<std::vector<StoreTable>> StoreTables(
    absl::Span<const Migration> migrations) {
  ASSIGN_OR_RETURN(
      const std::unique_ptr<SqliteConnection> connection,
      SqliteConnection::Open(kInMemory, SqliteConnection::Mode::kWrite));
  for (const Migration& step : migrations) {
    RETURN_IF_ERROR(connection->Script(SqliteStep(step)));
  }
  std::vector<std::string> names;
  RETURN_IF_ERROR(connection->Scan(kTables, {}, [&](const Row& row) {
    Cells cells(row);
    names.push_back(cells.Text());
    return cells.Done();
  }));
  std::vector<Described> described;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(Described one, Describe(*connection, name));
    described.push_back(std::move(one));
  }
  return InOrder(std::move(described));
}

}  // namespace attune
