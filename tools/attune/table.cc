#include "tools/attune/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attune {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowestCut = 8;

std::string Blanks(int count) {
  return std::string(static_cast<size_t>(std::max(count, 0)), ' ');
}

}  // namespace

Table::Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells, Tone tone) {
  for (std::string& cell : cells) cell = Printable(cell);
  cells.resize(columns_.size());
  rows_.push_back({std::move(cells), tone});
}

std::vector<int> Table::Widths(const TableLook& look) const {
  std::vector<int> widths(columns_.size(), 0);
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (look.headers) widths[i] = DisplayWidth(columns_[i].header);
    for (const Row& row : rows_) {
      widths[i] = std::max(widths[i], DisplayWidth(row.cells[i]));
    }
  }
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  while (look.max_width > 0 &&
         look.indent + gaps + std::accumulate(widths.begin(), widths.end(), 0) >
             look.max_width) {
    int* widest = nullptr;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].align == Align::kRight) continue;
      if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
    }
    if (widest == nullptr || *widest <= kNarrowestCut) break;
    --*widest;
  }
  return widths;
}

std::string Table::Render(const TableLook& look) const {
  const std::vector<int> widths = Widths(look);
  std::string text;
  const auto add_line = [&](const std::vector<std::string>& cells, Tone tone) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = columns_[i].align == Align::kRight
                                   ? cells[i]
                                   : Shortened(cells[i], widths[i]);
      const std::string fill = Blanks(widths[i] - DisplayWidth(cell));
      if (i > 0) line += Blanks(kGap);
      absl::StrAppend(&line, columns_[i].align == Align::kRight ? fill : "",
                      cell, columns_[i].align == Align::kRight ? "" : fill);
    }
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&text, Blanks(look.indent), Toned(line, tone, look.color),
                    "\n");
  };
  if (look.headers) {
    std::vector<std::string> headers;
    for (const TableColumn& column : columns_) headers.push_back(column.header);
    add_line(headers, Tone::kStrong);
  }
  for (const Row& row : rows_) add_line(row.cells, row.tone);
  return text;
}

}  // namespace attune
