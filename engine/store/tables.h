// The tables of the schema, as its steps make them: nothing lists them by hand.

#ifndef ATTUNE_ENGINE_STORE_TABLES_H_
#define ATTUNE_ENGINE_STORE_TABLES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"

namespace attune {

struct StoreTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<size_t> key;  // the primary key's columns, by their places
  bool searchable = false;  // it has an index of its words (text_search.h)

  // `a, b, c`
  std::string ColumnList() const;
  std::string KeyList() const;
  // The key of a row that has all columns.
  Row KeyOf(const Row& row) const;
};

// Every table, those that others refer to first.  INTERNAL (TABLE_UNSUITABLE)
// if one has no primary key, or refers to itself, also by way of others: its
// rows could not be copied in the order of their keys.
absl::StatusOr<std::vector<StoreTable>> StoreTables(
    absl::Span<const Migration> migrations = Migrations());

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_TABLES_H_
