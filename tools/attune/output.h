// How results are printed: messages as JSON, lists as tables, JSON or CSV.

#ifndef ATTUNE_TOOLS_ATTUNE_OUTPUT_H_
#define ATTUNE_TOOLS_ATTUNE_OUTPUT_H_

#include <google/protobuf/message.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/attune/table.h"
#include "tools/attune/terminal.h"

namespace attune {

enum class Format { kTable, kJson, kJsonLines, kCsv };

struct OutputOptions {
  Format format = Format::kTable;
  std::vector<std::string> fields = {};  // columns, by key; empty: all
  bool headers = true;
  bool wide = false;  // cut nothing
};

// Proto JSON with the contract's own field names, numbers and flags also where
// they are 0 or false; what may be absent and is stays absent.
std::string ToJson(const google::protobuf::Message& message, bool indented);

// A column's key is its name for --fields and in CSV; `display_name` is shown
// above a table as DISPLAY NAME.
template <typename Item>
struct Column {
  std::string key;
  Align align;
  std::function<std::string(const Item&)> cell;
};

// Prints rows in the chosen format: JSON and CSV as they come, a table at the
// end.  An empty list is `[]`, or the header alone.
class RowPrinter {
 public:
  RowPrinter(const Terminal& terminal, const OutputOptions& options,
             std::vector<std::pair<std::string, Align>> columns);

  // INVALID_ARGUMENT (USAGE) if a field is asked for that is not there.
  absl::Status Begin();
  // `json` gives the row as one line of JSON; called only if it is needed.
  void Add(const std::vector<std::string>& cells,
           const std::function<std::string()>& json, Tone tone = Tone::kPlain);
  void End();

 private:
  std::vector<std::string> Chosen(const std::vector<std::string>& all) const;
  // What stands before the rows; once, and not if there is an error instead.
  void Open();

  const Terminal& terminal_;
  const OutputOptions& options_;
  std::vector<std::pair<std::string, Align>> columns_;
  std::vector<size_t> chosen_;
  Table table_{{}};
  bool opened_ = false;
  size_t count_ = 0;
};

// The same for messages.
template <typename Item>
class ListPrinter {
 public:
  ListPrinter(const Terminal& terminal, const OutputOptions& options,
              std::vector<Column<Item>> columns)
      : columns_(std::move(columns)),
        rows_(terminal, options, Keys(columns_)) {}

  absl::Status Begin() { return rows_.Begin(); }
  void Add(const Item& item) {
    std::vector<std::string> cells;
    for (const Column<Item>& column : columns_) {
      cells.push_back(column.cell(item));
    }
    rows_.Add(cells, [&item] { return ToJson(item, false); });
  }
  void End() { rows_.End(); }

 private:
  static std::vector<std::pair<std::string, Align>> Keys(
      const std::vector<Column<Item>>& columns) {
    std::vector<std::pair<std::string, Align>> keys;
    for (const Column<Item>& column : columns) {
      keys.emplace_back(column.key, column.align);
    }
    return keys;
  }

  std::vector<Column<Item>> columns_;
  RowPrinter rows_;
};

// One message: JSON in both JSON formats, one CSV row, or a table of names and
// values.
template <typename Item>
absl::Status PrintOne(const Terminal& terminal, const OutputOptions& options,
                      const std::vector<Column<Item>>& columns,
                      const Item& item);

// `display_name` -> `display name`.
std::string InWords(absl::string_view key);

// Names and values under each other.
void PrintFacts(const Terminal& terminal,
                const std::vector<std::pair<std::string, std::string>>& facts);

template <typename Item>
absl::Status PrintOne(const Terminal& terminal, const OutputOptions& options,
                      const std::vector<Column<Item>>& columns,
                      const Item& item) {
  if (options.format == Format::kJson) {
    terminal.out << ToJson(item, true) << '\n';
    return absl::OkStatus();
  }
  if (options.format == Format::kTable && options.fields.empty()) {
    std::vector<std::pair<std::string, std::string>> facts;
    for (const Column<Item>& column : columns) {
      facts.emplace_back(InWords(column.key), column.cell(item));
    }
    PrintFacts(terminal, facts);
    return absl::OkStatus();
  }
  ListPrinter<Item> printer(terminal, options, columns);
  if (absl::Status status = printer.Begin(); !status.ok()) return status;
  printer.Add(item);
  printer.End();
  return absl::OkStatus();
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_OUTPUT_H_
