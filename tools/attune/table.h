// Text tables: columns aligned by what the eye sees, numbers to the right.

#ifndef ATTUNE_TOOLS_ATTUNE_TABLE_H_
#define ATTUNE_TOOLS_ATTUNE_TABLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/attune/terminal.h"

namespace attune {

enum class Align { kLeft, kRight };

struct TableColumn {
  std::string header;
  Align align = Align::kLeft;
};

struct TableLook {
  bool headers = true;
  bool color = false;
  int max_width = 0;  // columns of the screen; 0 cuts nothing
  int indent = 0;     // blanks before each line
};

class Table {
 public:
  explicit Table(std::vector<TableColumn> columns);

  // As many cells as there are columns; control characters are made harmless.
  void AddRow(std::vector<std::string> cells, Tone tone = Tone::kPlain);
  bool empty() const { return rows_.empty(); }

  // One line a row, two blanks between columns, none at the end of a line.
  // Where lines would be longer than the screen, the widest columns of text
  // are cut, each marked with `…`; numbers never are.
  std::string Render(const TableLook& look) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    Tone tone;
  };
  std::vector<int> Widths(const TableLook& look) const;

  std::vector<TableColumn> columns_;
  std::vector<Row> rows_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_TABLE_H_
