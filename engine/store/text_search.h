// Finding rows by their words, which every database does in its own way: FTS5
// in SQLite, tsvector in PostgreSQL.
//
// A table is made searchable by `{searchable TABLE}` in a migration.  It then
// has the columns `words TEXT NOT NULL` (what JoinWords gives) and `search_key
// {int} NOT NULL` (what NewSearchKey gives, never changed).  Whoever writes
// `words` calls IndexWords in the same transaction.  That triggers could do it,
// SQLite allows only where it trusts the schema in the file, and ours does not.

#ifndef ATTUNE_ENGINE_STORE_TEXT_SEARCH_H_
#define ATTUNE_ENGINE_STORE_TEXT_SEARCH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/store/database.h"
#include "engine/store/query.h"

namespace attune {

// A row of the index; without words there is none.
struct IndexedWords {
  int64_t search_key = 0;
  std::string words = {};
};

// Stateless.
class TextSearch {
 public:
  virtual ~TextSearch() = default;
  // The statements that make the index of a table.
  virtual std::string IndexOf(absl::string_view table) const = 0;
  // A condition on rows of the table, with one `?` in it.
  virtual std::string Condition(absl::string_view table) const = 0;
  // What stands for the `?`: each of these, as words.h gives them, begins a
  // word of the row.
  virtual std::string Parameter(
      const std::vector<std::string>& beginnings) const = 0;
  // What brings the index up to date when a row's words change; nothing where
  // the database does so by itself.
  virtual std::vector<Statement> Changes(absl::string_view table,
                                         const IndexedWords& before,
                                         const IndexedWords& after) const = 0;
  // What makes it anew from the table, likewise.
  virtual std::vector<Statement> Rebuilding(absl::string_view table) const = 0;
};

const TextSearch& SqliteTextSearch();
const TextSearch& PostgresTextSearch();

// `sql` with `{searchable TABLE}` replaced.
std::string WithSearchIndexes(absl::string_view sql, const TextSearch& search);

// A row's key in the index: one of 2^63, so that two rows never have the same.
int64_t NewSearchKey();

// Brings the index of `table` up to date: a row's words, of the same key, were
// `before` and are `after`.  What is gone leaves the index at once, also on the
// disk.
absl::Status IndexWords(Transaction& tx, absl::string_view table,
                        const IndexedWords& before, const IndexedWords& after);

// Makes the index of `table` anew, after rows were written without it.
absl::Status RebuildSearchIndex(Transaction& tx, absl::string_view table);

// Adds to the conditions of `query`, which selects from `table` by that name,
// that every one of `beginnings`, of which there is at least one, begins a
// word.
void AddSearch(const Transaction& tx, absl::string_view table,
               const std::vector<std::string>& beginnings, Query& query);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_TEXT_SEARCH_H_
