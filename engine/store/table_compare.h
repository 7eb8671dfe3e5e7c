// Whether two databases hold the same rows.

#ifndef ATTUNE_ENGINE_STORE_TABLE_COMPARE_H_
#define ATTUNE_ENGINE_STORE_TABLE_COMPARE_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/store/database.h"
#include "engine/store/table_pages.h"
#include "engine/store/tables.h"

namespace attune {

// One side of a comparison: so many rows with this RowHash.
struct TableContent {
  int64_t rows = 0;
  std::string hash;
};

struct TableComparison {
  TableContent from;
  TableContent to;
  // Names the first row that is not the same, such as `person (ann): not the
  // same`; empty if all are.
  std::string difference;
};

// Reads the rows of `range` in both, side by side.  `on_row` hears how many
// have been read so far.
absl::StatusOr<TableComparison> CompareTable(
    Database& from, Database& to, const StoreTable& table, int page_rows,
    const KeyRange& range, const std::function<void(int64_t)>& on_row);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_TABLE_COMPARE_H_
