// CSV: whatever is read can be written and reads back the same, unless a cell
// got an apostrophe against formulas.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/attune/csv.h"
#include "tools/attune/people_import.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<attune::BadRow> bad;
  (void)attune::ParsePeople("fuzz", text, bad);
  const auto rows = attune::ParseCsv(text);
  if (!rows.ok()) return 0;
  for (const attune::CsvRow& row : *rows) {
    const std::string line = attune::CsvLine(row.cells);
    const auto again = attune::ParseCsv(line);
    if (!again.ok() || again->size() != 1) __builtin_trap();
    const std::vector<std::string>& cells = again->front().cells;
    if (cells.size() != row.cells.size()) __builtin_trap();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i] != row.cells[i] && cells[i] != "'" + row.cells[i]) {
        __builtin_trap();
      }
    }
  }
  return 0;
}
