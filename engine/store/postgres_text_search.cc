#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/store/text_search.h"

namespace attune {
namespace {

// The words as they are, without PostgreSQL's parser: what is a word must not
// depend on the database's language, nor differ from SQLite.
class Tsvector final : public TextSearch {
 public:
  std::string IndexOf(absl::string_view table) const override {
    return absl::StrCat("CREATE INDEX ", table, "_search ON ", table,
                        " USING GIN (", Vector("words"), ");");
  }
  std::string Condition(absl::string_view table) const override {
    return absl::StrCat(Vector(absl::StrCat(table, ".words")),
                        " @@ ?::tsquery");
  }
  // Words have neither quotes nor backslashes.
  std::string Parameter(
      const std::vector<std::string>& beginnings) const override {
    return absl::StrJoin(beginnings, " & ",
                         [](std::string* out, const std::string& word) {
                           absl::StrAppend(out, "'", word, "':*");
                         });
  }

  std::vector<Statement> Changes(absl::string_view, const IndexedWords&,
                                 const IndexedWords&) const override {
    return {};
  }
  std::vector<Statement> Rebuilding(absl::string_view) const override {
    return {};
  }

 private:
  static std::string Vector(absl::string_view words) {
    return absl::StrCat("array_to_tsvector(string_to_array(", words, ", ' '))");
  }
};

}  // namespace

const TextSearch& PostgresTextSearch() {
  static const Tsvector& search = *new Tsvector;
  return search;
}

}  // namespace attune
