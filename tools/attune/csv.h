// Comma-separated values as RFC 4180 tells them: reading with positions,
// writing that no spreadsheet takes for a formula.

#ifndef ATTUNE_TOOLS_ATTUNE_CSV_H_
#define ATTUNE_TOOLS_ATTUNE_CSV_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attune {

struct CsvRow {
  int line = 0;  // of its first character, from 1
  std::vector<std::string> cells;
};

// All rows, the header among them.  A byte order mark, LF or CRLF, empty lines
// and a missing last line end are accepted.  INVALID_ARGUMENT, the message
// beginning with LINE:COLUMN (bytes, from 1), for NUL, text that is not UTF-8,
// a quote inside an unquoted cell, text after a closing quote, a lone CR and
// a quoted cell that never ends.
absl::StatusOr<std::vector<CsvRow>> ParseCsv(absl::string_view text);

// INVALID_ARGUMENT with LINE:COLUMN of the first NUL or byte that is not UTF-8.
absl::Status CheckText(absl::string_view text);

// One row with its line end (CRLF).  A cell that a spreadsheet would compute
// (it begins with = + - @, tab or CR and is no plain number) gets an apostrophe
// in front.
std::string CsvLine(const std::vector<std::string>& cells);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CSV_H_
