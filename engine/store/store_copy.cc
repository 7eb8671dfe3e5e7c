#include "engine/store/store_copy.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/types/span.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/row_hash.h"
#include "engine/store/table_compare.h"
#include "engine/store/table_pages.h"
#include "engine/store/tables.h"
#include "engine/store/text_search.h"
#include "engine/store/verify.h"

namespace attune {
namespace {

absl::StatusOr<std::vector<Row>> RunRead(Database& db, const std::string& sql) {
  std::vector<Row> rows;
  RETURN_IF_ERROR(db.ReadAndWait([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(rows, tx.Run(sql, {}));
    return absl::OkStatus();
  }));
  return rows;
}

absl::StatusOr<int64_t> CountRows(Database& db, const StoreTable& table) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      RunRead(db, absl::StrCat("SELECT COUNT(*) FROM ", table.name)));
  Cells cells(rows.at(0));
  const int64_t count = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  return count;
}

// The greatest key; empty if there are no rows.
absl::StatusOr<Row> FindLastKey(Database& db, const StoreTable& table) {
  const std::string backwards =
      absl::StrJoin(table.key, ", ", [&](std::string* out, size_t column) {
        absl::StrAppend(out, table.columns[column], " DESC");
      });
  ASSIGN_OR_RETURN(
      std::vector<Row> rows,
      RunRead(db, absl::StrCat("SELECT ", table.KeyList(), " FROM ", table.name,
                               " ORDER BY ", backwards, " LIMIT 1")));
  return rows.empty() ? Row() : std::move(rows[0]);
}

// Several rows cost one statement little more than one row does; so many that a
// page has a few statements still.
constexpr size_t kRowsTogether = 16;

std::string InsertInto(const StoreTable& table, size_t rows) {
  std::string sql = absl::StrCat("INSERT INTO ", table.name, " (",
                                 table.ColumnList(), ") VALUES ");
  size_t number = 0;
  for (size_t row = 0; row < rows; ++row) {
    absl::StrAppend(&sql, row == 0 ? "(" : ", (");
    for (size_t column = 0; column < table.columns.size(); ++column) {
      absl::StrAppend(&sql, column == 0 ? "$" : ", $", ++number);
    }
    absl::StrAppend(&sql, ")");
  }
  return sql;
}

// NULL where the other has NULL.  PostgreSQL prepares a text for each set of
// types, and there should be few.
bool IsAlike(const Row& left, const Row& right) {
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const Value& a, const Value& b) { return a.index() == b.index(); });
}

// Inserts rows of a table.
class RowInserter {
 public:
  explicit RowInserter(const StoreTable& table)
      : one_(InsertInto(table, 1)), many_(InsertInto(table, kRowsTogether)) {}

  absl::Status Insert(Transaction& tx, absl::Span<const Row> rows) const {
    while (!rows.empty()) {
      const size_t count = rows.size() >= kRowsTogether &&
                                   AreAlike(rows.subspan(0, kRowsTogether))
                               ? kRowsTogether
                               : 1;
      Row params;
      for (const Row& row : rows.subspan(0, count)) {
        params.insert(params.end(), row.begin(), row.end());
      }
      RETURN_IF_ERROR(tx.Send(count == 1 ? one_ : many_, params));
      rows.remove_prefix(count);
    }
    return absl::OkStatus();
  }

 private:
  static bool AreAlike(absl::Span<const Row> rows) {
    return std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
      return IsAlike(row, rows.front());
    });
  }

  const std::string one_;
  const std::string many_;
};

class StoreCopier {
 public:
  StoreCopier(Database& from, Database& to, const CopyOptions& options,
              std::vector<StoreTable> tables)
      : from_(from), to_(to), options_(options), tables_(std::move(tables)) {}

  absl::StatusOr<CopiedStore> Run() {
    for (const StoreTable& table : tables_) {
      ASSIGN_OR_RETURN(const int64_t rows, CountRows(from_, table));
      ASSIGN_OR_RETURN(Row last, FindLastKey(to_, table));
      copied_.tables.push_back({.name = table.name, .rows = rows, .hash = ""});
      total_ += rows;
      last_keys_.push_back(std::move(last));
    }
    RETURN_IF_ERROR(ComparePrefix());
    const absl::Time start = absl::Now();
    RETURN_IF_ERROR(Copy());
    copied_.copying = absl::Now() - start;
    RETURN_IF_ERROR(Prove());
    RETURN_IF_ERROR(to_.ReadAndWait([this](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(copied_.verified, VerifyStore(tx));
      return absl::OkStatus();
    }));
    return std::move(copied_);
  }

 private:
  // What the target holds must be what a copy would have written so far.
  absl::Status ComparePrefix() {
    for (size_t i = 0; i < tables_.size(); ++i) {
      if (last_keys_[i].empty()) continue;
      ASSIGN_OR_RETURN(
          const TableComparison found,
          Compare(CopyPhase::kCompare, tables_[i], {.last = last_keys_[i]}));
      there_ += found.to.rows;
      if (found.difference.empty()) continue;
      return FailedPrecondition(
          "STORE_NOT_EMPTY",
          absl::StrCat("The target holds something else than a part of the "
                       "source; use an empty one.  The first difference: ",
                       found.difference, "."));
    }
    return absl::OkStatus();
  }

  absl::Status Copy() {
    done_ = there_;
    for (size_t i = 0; i < tables_.size(); ++i) {
      const StoreTable& table = tables_[i];
      const RowInserter inserter(table);
      TablePages pages(from_, table, options_.page_rows,
                       {.after = last_keys_[i]});
      for (;;) {
        ASSIGN_OR_RETURN(const std::vector<Row> rows, pages.Next());
        if (rows.empty()) break;
        RETURN_IF_ERROR(to_.WriteAndWait(
            [&](Transaction& tx) { return inserter.Insert(tx, rows); }));
        copied_.tables[i].copied += static_cast<int64_t>(rows.size());
        done_ += static_cast<int64_t>(rows.size());
        options_.on_progress(CopyPhase::kCopy, done_, total_);
      }
      if (!table.searchable) continue;
      RETURN_IF_ERROR(to_.WriteAndWait(
          [&](Transaction& tx) { return RebuildSearchIndex(tx, table.name); }));
    }
    return absl::OkStatus();
  }

  absl::Status Prove() {
    done_ = 0;
    RowHash source;
    RowHash target;
    for (size_t i = 0; i < tables_.size(); ++i) {
      const std::string& name = tables_[i].name;
      ASSIGN_OR_RETURN(const TableComparison found,
                       Compare(CopyPhase::kProve, tables_[i], {}));
      source.Add({name, found.from.hash});
      target.Add({name, found.to.hash});
      copied_.tables[i].hash = found.to.hash;
      if (copied_.difference.empty()) copied_.difference = found.difference;
    }
    copied_.source_hash = source.Finish();
    copied_.target_hash = target.Finish();
    return absl::OkStatus();
  }

  absl::StatusOr<TableComparison> Compare(CopyPhase phase,
                                          const StoreTable& table,
                                          const KeyRange& range) {
    int64_t rows = 0;
    auto found = CompareTable(
        from_, to_, table, options_.page_rows, range, [&](int64_t done) {
          rows = done;
          options_.on_progress(phase, done_ + done, total_);
        });
    done_ += rows;
    return found;
  }

  Database& from_;
  Database& to_;
  const CopyOptions& options_;
  const std::vector<StoreTable> tables_;
  std::vector<Row> last_keys_;  // of the target, as it was
  int64_t total_ = 0;           // rows of the source
  int64_t there_ = 0;           // rows that the target had
  int64_t done_ = 0;            // rows of the phase, in tables that are done
  CopiedStore copied_;
};

}  // namespace

absl::StatusOr<CopiedStore> CopyStore(Database& from, Database& to,
                                      const CopyOptions& options) {
  ASSIGN_OR_RETURN(std::vector<StoreTable> tables, StoreTables());
  return StoreCopier(from, to, options, std::move(tables)).Run();
}

}  // namespace attune
