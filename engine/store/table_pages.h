// Reading a table of any size in the order of its primary key.

#ifndef ATTUNE_ENGINE_STORE_TABLE_PAGES_H_
#define ATTUNE_ENGINE_STORE_TABLE_PAGES_H_

#include <cstddef>
#include <future>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/store/database.h"
#include "engine/store/tables.h"

namespace attune {

// A part of a table: rows after one key and up to another, which belongs to it;
// an empty key is no bound.
struct KeyRange {
  Row after = {};
  Row last = {};
};

// One transaction a page.  The next page is read while the caller is busy with
// this one.  `db` and `table` outlive this; used by one thread, none of `db`.
class TablePages {
 public:
  // Pages have at most `page_rows` rows, and fewer where those would be much
  // more than four megabytes.
  TablePages(Database& db, const StoreTable& table, int page_rows,
             KeyRange range = {});
  ~TablePages();
  TablePages(const TablePages&) = delete;
  TablePages& operator=(const TablePages&) = delete;

  // The next rows; none at the end, and then never again.  Errors are those of
  // Transaction::Scan.
  absl::StatusOr<std::vector<Row>> Next();

 private:
  void Fetch();
  absl::Status Read(Transaction& tx);
  // Chooses the next page's size by what this one took.
  void Adapt();

  Database& db_;
  const StoreTable& table_;
  const int most_rows_;
  KeyRange range_;  // of what is left
  int page_rows_;
  // Written by the database's thread until `fetched_` is ready.
  std::vector<Row> rows_;
  size_t bytes_ = 0;
  std::future<absl::Status> fetched_;
};

// The same, row by row.
class TableRows {
 public:
  TableRows(Database& db, const StoreTable& table, int page_rows,
            KeyRange range = {})
      : pages_(db, table, page_rows, std::move(range)) {}

  // Null at the end; else good until the next call.
  absl::StatusOr<const Row*> Next();

 private:
  TablePages pages_;
  std::vector<Row> page_;
  size_t next_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_TABLE_PAGES_H_
