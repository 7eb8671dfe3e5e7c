// Numbers out of CSV files, for `attune stats`.

#ifndef ATTUNE_TOOLS_ATTUNE_STATS_INPUT_H_
#define ATTUNE_TOOLS_ATTUNE_STATS_INPUT_H_

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune/import_rows.h"

namespace attune {

// What is wrong with cells, gathered so that all of it is told at once: the
// first problems in full, the others by their number.
class CellProblems {
 public:
  void Add(BadRow problem);
  // OK, or INVALID_ARGUMENT (ROWS_INVALID).
  absl::Status ToStatus() const;

 private:
  std::vector<BadRow> shown_;
  size_t count_ = 0;
};

// A file's cells, every row as long as the first one, blanks around them gone.
struct StatsSheet {
  std::string file;  // as it is named in messages
  // Of the columns; `column 1` and so on in a file without a header.
  std::vector<std::string> names;
  struct Row {
    int line = 0;
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
  // The first column names what the rows are about and is no data: its name is
  // empty, or one of id, unit, contact, call, item, target and the like.
  bool has_id = false;
  // The header holds nothing but numbers; it may be data.
  bool doubtful_header = false;

  // The place of the column with one of these names, whatever their case.
  std::optional<size_t> Find(const std::vector<std::string>& wanted) const;
  // The same; INVALID_ARGUMENT (HEADER_INVALID) if there is none.
  absl::StatusOr<size_t> Need(const std::vector<std::string>& wanted) const;
  // A problem of one cell.
  BadRow Problem(const Row& row, size_t column, absl::string_view reason,
                 absl::string_view description) const;
};

// `-` reads `in`.  INVALID_ARGUMENT for what is no CSV, has no rows, names
// columns twice, or has rows of different lengths (all of them are told).
absl::StatusOr<StatsSheet> ReadStatsSheet(const std::string& path,
                                          std::istream& in, bool has_header);

// A blank, NA or N/A cell: there is no value.
bool IsMissing(absl::string_view cell);

// A finite number of at most 1e15, beyond which squares lose their digits.
std::optional<double> NumberIn(absl::string_view cell);

// The numbers of one column; a gap where there is none.  What is neither goes
// to `problems`.
std::vector<std::optional<double>> NumbersIn(const StatsSheet& sheet,
                                             size_t column,
                                             CellProblems& problems);

// The column with one of these names, or the only one that holds data.
// INVALID_ARGUMENT (HEADER_INVALID) if there are several.
absl::StatusOr<size_t> OnlyColumn(const StatsSheet& sheet,
                                  const std::vector<std::string>& names);

// Numbers that stand for names, in their order.
class NameNumbers {
 public:
  // Sorts what `column` holds.  An empty name goes to `problems`.
  NameNumbers(const StatsSheet& sheet, size_t column, CellProblems& problems);

  size_t Of(const std::string& name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_STATS_INPUT_H_
