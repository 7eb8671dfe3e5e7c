#include "engine/store/text_search.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "engine/ids.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr absl::string_view kMark = "{searchable ";

absl::Status SendAll(Transaction& tx,
                     const std::vector<Statement>& statements) {
  for (const Statement& statement : statements) {
    RETURN_IF_ERROR(tx.Send(statement.sql, statement.params));
  }
  return absl::OkStatus();
}

}  // namespace

std::string WithSearchIndexes(absl::string_view sql, const TextSearch& search) {
  std::string replaced;
  for (size_t mark = sql.find(kMark); mark != absl::string_view::npos;
       mark = sql.find(kMark)) {
    const size_t name = mark + kMark.size();
    const size_t end = sql.find('}', name);
    if (end == absl::string_view::npos) break;
    absl::StrAppend(&replaced, sql.substr(0, mark),
                    search.IndexOf(sql.substr(name, end - name)));
    sql.remove_prefix(end + 1);
  }
  return absl::StrCat(replaced, sql);
}

int64_t NewSearchKey() {
  const std::string bytes = RandomBytes(sizeof(uint64_t));
  uint64_t key = 0;
  std::memcpy(&key, bytes.data(), sizeof key);
  return static_cast<int64_t>(key >> 1);
}

absl::Status IndexWords(Transaction& tx, absl::string_view table,
                        const IndexedWords& before, const IndexedWords& after) {
  if (before.words == after.words) return absl::OkStatus();
  return SendAll(tx, tx.text_search().Changes(table, before, after));
}

absl::Status RebuildSearchIndex(Transaction& tx, absl::string_view table) {
  return SendAll(tx, tx.text_search().Rebuilding(table));
}

void AddSearch(const Transaction& tx, absl::string_view table,
               const std::vector<std::string>& beginnings, Query& query) {
  const TextSearch& search = tx.text_search();
  query.Add(absl::StrCat(" AND ", search.Condition(table)),
            {search.Parameter(beginnings)});
}

}  // namespace attune
