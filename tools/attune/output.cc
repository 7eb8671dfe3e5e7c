#include "tools/attune/output.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/attune/csv.h"
#include "tools/attune/failure.h"

namespace attune {

std::string ToJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  // It fails only for an Any of an unknown type, which the contract has not.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  absl::StripTrailingAsciiWhitespace(&json);
  return json;
}

RowPrinter::RowPrinter(const Terminal& terminal, const OutputOptions& options,
                       std::vector<std::pair<std::string, Align>> columns)
    : terminal_(terminal), options_(options), columns_(std::move(columns)) {}

absl::Status RowPrinter::Begin() {
  std::vector<std::string> keys;
  for (const auto& [key, align] : columns_) keys.push_back(key);
  for (const std::string& field : options_.fields) {
    const auto found = std::find(keys.begin(), keys.end(), field);
    if (found == keys.end()) {
      return UsageError(absl::StrCat("There is no field ", field,
                                     "; the fields are ",
                                     absl::StrJoin(keys, ", "), "."));
    }
    chosen_.push_back(static_cast<size_t>(found - keys.begin()));
  }
  if (options_.fields.empty()) {
    for (size_t i = 0; i < keys.size(); ++i) chosen_.push_back(i);
  }
  std::vector<TableColumn> shown;
  for (const size_t i : chosen_) {
    shown.push_back(
        {absl::AsciiStrToUpper(InWords(keys[i])), columns_[i].second});
  }
  table_ = Table(std::move(shown));
  return absl::OkStatus();
}

void RowPrinter::Open() {
  if (opened_) return;
  opened_ = true;
  if (options_.format == Format::kJson) terminal_.out << '[';
  if (options_.format == Format::kCsv && options_.headers) {
    std::vector<std::string> keys;
    for (const auto& [key, align] : columns_) keys.push_back(key);
    terminal_.out << CsvLine(Chosen(keys));
  }
}

std::vector<std::string> RowPrinter::Chosen(
    const std::vector<std::string>& all) const {
  std::vector<std::string> cells;
  for (const size_t i : chosen_) cells.push_back(all[i]);
  return cells;
}

void RowPrinter::Add(const std::vector<std::string>& cells,
                     const std::function<std::string()>& json, Tone tone) {
  Open();
  switch (options_.format) {
    case Format::kTable:
      table_.AddRow(Chosen(cells), tone);
      break;
    case Format::kJson:
      terminal_.out << (count_ > 0 ? ",\n  " : "\n  ") << json();
      break;
    case Format::kJsonLines:
      terminal_.out << json() << '\n';
      break;
    case Format::kCsv:
      terminal_.out << CsvLine(Chosen(cells));
      break;
  }
  ++count_;
}

void RowPrinter::End() {
  Open();
  if (options_.format == Format::kJson) {
    terminal_.out << (count_ > 0 ? "\n]\n" : "]\n");
  }
  if (options_.format == Format::kTable) {
    terminal_.out << table_.Render({options_.headers, terminal_.out_color,
                                    options_.wide ? 0 : terminal_.width, 0});
  }
}

std::string InWords(absl::string_view key) {
  return absl::StrReplaceAll(key, {{"_", " "}});
}

void PrintFacts(const Terminal& terminal,
                const std::vector<std::pair<std::string, std::string>>& facts) {
  Table table({{"", Align::kLeft}, {"", Align::kLeft}});
  for (const auto& [name, value] : facts) {
    if (!value.empty()) {
      table.AddRow({name, value});
    }
  }
  terminal.out << table.Render({false, false, 0, 0});
}

}  // namespace attune
