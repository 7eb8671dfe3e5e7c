#include "tools/attune/stats_input.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "tools/attune/csv.h"
#include "tools/attune/files.h"

namespace attune {
namespace {

constexpr size_t kMostShown = 20;
constexpr double kLargest = 1e15;
constexpr std::array<absl::string_view, 11> kIdNames = {
    "",     "id",      "unit", "unit_id", "contact", "contact_id",
    "call", "call_id", "item", "target",  "subject"};

absl::Status HeaderError(const std::string& file, int line,
                         const std::string& what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
                   absl::StrCat(file, ":", line, ": ", what));
}

std::vector<std::string> Stripped(const std::vector<std::string>& cells) {
  std::vector<std::string> stripped;
  stripped.reserve(cells.size());
  for (const std::string& cell : cells) {
    stripped.emplace_back(absl::StripAsciiWhitespace(cell));
  }
  return stripped;
}

// Takes the names from the first row.
absl::Status ReadHeader(const CsvRow& row, StatsSheet& sheet) {
  sheet.names = Stripped(row.cells);
  std::set<std::string> seen;
  bool all_numbers = true;
  for (size_t i = 0; i < sheet.names.size(); ++i) {
    const std::string& name = sheet.names[i];
    if (name.empty() && i > 0) {
      return HeaderError(sheet.file, row.line,
                         absl::StrCat("Column ", i + 1,
                                      " has no name; only the first may lack "
                                      "one."));
    }
    if (!seen.insert(absl::AsciiStrToLower(name)).second) {
      return HeaderError(sheet.file, row.line,
                         absl::StrCat("Column ", name, " is there twice."));
    }
    all_numbers = all_numbers && NumberIn(name).has_value();
  }
  const std::string first = absl::AsciiStrToLower(sheet.names.front());
  sheet.has_id =
      sheet.names.size() > 1 &&
      std::find(kIdNames.begin(), kIdNames.end(), first) != kIdNames.end();
  sheet.doubtful_header = all_numbers;
  return absl::OkStatus();
}

}  // namespace

void CellProblems::Add(BadRow problem) {
  ++count_;
  if (shown_.size() < kMostShown) shown_.push_back(std::move(problem));
}

absl::Status CellProblems::ToStatus() const {
  if (count_ == 0) return absl::OkStatus();
  const size_t more = count_ - shown_.size();
  return BadRowsError(
      shown_, more == 0
                  ? "."
                  : absl::StrCat("; ", more, " more ",
                                 more == 1 ? "problem is" : "problems are",
                                 " not shown."));
}

std::optional<size_t> StatsSheet::Find(
    const std::vector<std::string>& wanted) const {
  for (const std::string& name : wanted) {
    for (size_t i = 0; i < names.size(); ++i) {
      if (absl::EqualsIgnoreCase(names[i], name)) return i;
    }
  }
  return std::nullopt;
}

absl::StatusOr<size_t> StatsSheet::Need(
    const std::vector<std::string>& wanted) const {
  if (const auto found = Find(wanted)) return *found;
  return HeaderError(
      file, 1,
      absl::StrCat("There is no column ", absl::StrJoin(wanted, " or "),
                   "; the columns are ", absl::StrJoin(names, ", "), "."));
}

BadRow StatsSheet::Problem(const Row& row, size_t column,
                           absl::string_view reason,
                           absl::string_view description) const {
  return {{file, row.line},
          names[column],
          row.cells[column],
          std::string(reason),
          std::string(description)};
}

absl::StatusOr<StatsSheet> ReadStatsSheet(const std::string& path,
                                          std::istream& in, bool has_header) {
  StatsSheet sheet;
  sheet.file = path == "-" ? "standard input" : path;
  ASSIGN_OR_RETURN(const std::string text, ReadFileOr(path, in));
  absl::StatusOr<std::vector<CsvRow>> rows = ParseCsv(text);
  if (!rows.ok()) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "FILE_MALFORMED",
        absl::StrCat(sheet.file, ":", std::string(rows.status().message())));
  }
  if (rows->empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "FILE_EMPTY",
                     absl::StrCat(sheet.file, ":1: The file is empty."));
  }
  if (has_header) {
    RETURN_IF_ERROR(ReadHeader(rows->front(), sheet));
  } else {
    for (size_t i = 0; i < rows->front().cells.size(); ++i) {
      sheet.names.push_back(absl::StrCat("column ", i + 1));
    }
  }
  CellProblems problems;
  for (size_t i = has_header ? 1 : 0; i < rows->size(); ++i) {
    const CsvRow& row = (*rows)[i];
    if (row.cells.size() == sheet.names.size()) {
      sheet.rows.push_back({row.line, Stripped(row.cells)});
      continue;
    }
    problems.Add({{sheet.file, row.line},
                  "",
                  "",
                  "CELL_COUNT",
                  absl::StrCat("The row has ", row.cells.size(), " cells; the ",
                               "first line has ", sheet.names.size(), ".")});
  }
  RETURN_IF_ERROR(problems.ToStatus());
  if (sheet.rows.empty()) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "FILE_EMPTY",
        absl::StrCat(sheet.file, ":1: There is a header and no row below it."));
  }
  return sheet;
}

bool IsMissing(absl::string_view cell) {
  return cell.empty() || absl::EqualsIgnoreCase(cell, "na") ||
         absl::EqualsIgnoreCase(cell, "n/a");
}

std::optional<double> NumberIn(absl::string_view cell) {
  double number = 0;
  if (!absl::SimpleAtod(cell, &number) || !std::isfinite(number) ||
      std::abs(number) > kLargest) {
    return std::nullopt;
  }
  return number;
}

std::vector<std::optional<double>> NumbersIn(const StatsSheet& sheet,
                                             size_t column,
                                             CellProblems& problems) {
  std::vector<std::optional<double>> numbers;
  numbers.reserve(sheet.rows.size());
  for (const StatsSheet::Row& row : sheet.rows) {
    const std::string& cell = row.cells[column];
    numbers.emplace_back();
    if (IsMissing(cell)) continue;
    numbers.back() = NumberIn(cell);
    if (!numbers.back()) {
      problems.Add(sheet.Problem(row, column, "NUMBER_INVALID",
                                 "This is no number such as 7 or 7.5, of at "
                                 "most 1e15; leave a gap blank."));
    }
  }
  return numbers;
}

absl::StatusOr<size_t> OnlyColumn(const StatsSheet& sheet,
                                  const std::vector<std::string>& names) {
  if (const auto found = sheet.Find(names)) return *found;
  const size_t first = sheet.has_id ? 1 : 0;
  if (sheet.names.size() == first + 1) return first;
  return HeaderError(
      sheet.file, 1,
      absl::StrCat("There are several columns and none is called ",
                   absl::StrJoin(names, " or "), ": ",
                   absl::StrJoin(sheet.names, ", "), "."));
}

NameNumbers::NameNumbers(const StatsSheet& sheet, size_t column,
                         CellProblems& problems) {
  std::set<std::string> sorted;
  for (const StatsSheet::Row& row : sheet.rows) {
    if (row.cells[column].empty()) {
      problems.Add(
          sheet.Problem(row, column, "VALUE_REQUIRED", "A value is required."));
    }
    sorted.insert(row.cells[column]);
  }
  names_.assign(sorted.begin(), sorted.end());
}

size_t NameNumbers::Of(const std::string& name) const {
  return static_cast<size_t>(
      std::lower_bound(names_.begin(), names_.end(), name) - names_.begin());
}

}  // namespace attune
