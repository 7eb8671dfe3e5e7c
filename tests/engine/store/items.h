// A small schema for tests of the store itself.

#ifndef ATTUNE_TESTS_ENGINE_STORE_ITEMS_H_
#define ATTUNE_TESTS_ENGINE_STORE_ITEMS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/status_macros.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"

namespace attune {

inline constexpr Migration kItemSchema[] = {{1, "items", R"sql(
  CREATE TABLE item (
    id {int} NOT NULL PRIMARY KEY,
    name TEXT UNIQUE,
    number {int} CHECK (number <> 13),
    data {bytes},
    parent {int} REFERENCES item (id)
  ){strict};
  CREATE TABLE tag (
    item {int} NOT NULL REFERENCES item (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (item, tag)
  ){keyed};)sql"}};

inline absl::Status InsertItem(Transaction& tx, int64_t id) {
  return tx.Run("INSERT INTO item (id) VALUES ($1)", {id}).status();
}

// The ids of all items, in order.
inline absl::StatusOr<std::vector<int64_t>> ListItems(Transaction& tx) {
  std::vector<int64_t> ids;
  RETURN_IF_ERROR(
      tx.Scan("SELECT id FROM item ORDER BY id", {}, [&](const Row& row) {
        Cells cells(row);
        ids.push_back(cells.Int());
        return cells.Done();
      }));
  return ids;
}

inline absl::StatusOr<int64_t> CountItems(Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run("SELECT COUNT(*) FROM item", {}));
  Cells cells(rows[0]);
  const int64_t count = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  return count;
}

// A query that takes hours.
inline constexpr char kEndlessQuery[] = R"sql(
  WITH RECURSIVE step (n) AS (
    SELECT CAST(1 AS BIGINT)
    UNION ALL SELECT n + 1 FROM step WHERE n < 1000000000000)
  SELECT COUNT(*) FROM step)sql";

// The same, writing.
inline constexpr char kEndlessInsert[] = R"sql(
  WITH RECURSIVE step (n) AS (
    SELECT CAST(1000 AS BIGINT)
    UNION ALL SELECT n + 1 FROM step WHERE n < 1000000000000)
  INSERT INTO item (id) SELECT n FROM step)sql";

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_STORE_ITEMS_H_
