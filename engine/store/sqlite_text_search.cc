#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "engine/store/text_search.h"

namespace attune {
namespace {

// Of the table `@`.  The index holds no text of its own.  A key of our own,
// since VACUUM may give rows other rowids.  `ascii` takes every letter that is
// not ASCII for a part of a word, and words were folded before.
constexpr char kIndex[] = R"sql(
CREATE UNIQUE INDEX @_by_search_key ON @ (search_key, person);
CREATE VIRTUAL TABLE @_search USING fts5 (
  words, content = '@', content_rowid = 'search_key', tokenize = 'ascii',
  detail = none, columnsize = 0);)sql";

constexpr char kRemove[] = R"sql(
  INSERT INTO @_search (@_search, rowid, words) VALUES ('delete', $1, $2))sql";

constexpr char kAdd[] = R"sql(
  INSERT INTO @_search (rowid, words) VALUES ($1, $2))sql";

// What is removed stays readable in the file until its part of the index is
// merged; this merges all.
constexpr char kMerge[] = R"sql(
  INSERT INTO @_search (@_search) VALUES ('optimize'))sql";

constexpr char kRebuild[] = R"sql(
  INSERT INTO @_search (@_search) VALUES ('rebuild'))sql";

std::string Of(absl::string_view table, absl::string_view sql) {
  return absl::StrReplaceAll(sql, {{"@", table}});
}

class Fts5 final : public TextSearch {
 public:
  std::string IndexOf(absl::string_view table) const override {
    return Of(table, kIndex);
  }
  std::string Condition(absl::string_view table) const override {
    return absl::StrCat(table, ".search_key IN (SELECT rowid FROM ", table,
                        "_search WHERE ", table, "_search MATCH ?)");
  }
  // Words have no quotes.
  std::string Parameter(
      const std::vector<std::string>& beginnings) const override {
    return absl::StrJoin(beginnings, " ",
                         [](std::string* out, const std::string& word) {
                           absl::StrAppend(out, "\"", word, "\" *");
                         });
  }
  std::vector<Statement> Changes(absl::string_view table,
                                 const IndexedWords& before,
                                 const IndexedWords& after) const override {
    std::vector<Statement> changes;
    if (!before.words.empty()) {
      changes.push_back(
          {Of(table, kRemove), {before.search_key, before.words}});
    }
    if (!after.words.empty()) {
      changes.push_back({Of(table, kAdd), {after.search_key, after.words}});
    }
    if (!before.words.empty()) changes.push_back({Of(table, kMerge)});
    return changes;
  }
  std::vector<Statement> Rebuilding(absl::string_view table) const override {
    return {{Of(table, kRebuild)}};
  }
};

}  // namespace

const TextSearch& SqliteTextSearch() {
  static const Fts5& search = *new Fts5;
  return search;
}

}  // namespace attune
