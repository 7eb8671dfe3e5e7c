#include "tools/attune/survey_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "tools/attune/csv.h"
#include "tools/attune/failure.h"
#include "tools/attune/json_lines.h"

namespace attune {
namespace {

using Json = nlohmann::json;

bool IsField(const std::string& name) {
  const auto& fields = SurveyFields();
  return std::find(fields.begin(), fields.end(), name) != fields.end();
}

// `nps=NETPRO` in two; INVALID_ARGUMENT (USAGE) unless it begins with a field.
absl::StatusOr<std::pair<std::string, std::string>> Pair(
    absl::string_view option, absl::string_view text) {
  std::pair<std::string, std::string> pair =
      absl::StrSplit(text, absl::MaxSplits('=', 1));
  if (!IsField(pair.first) || pair.second.empty()) {
    return UsageError(absl::StrCat(
        option, " has pairs such as nps=NETPRO, for ",
        absl::StrJoin(SurveyFields(), ", "), "; not `", text, "`."));
  }
  return pair;
}

absl::Status NoColumn(const std::string& file, int line,
                      const std::string& column,
                      const std::vector<std::string>& columns) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
      absl::StrCat(file, ":", line, ": There is no column \"", column,
                   "\"; the columns are ", absl::StrJoin(columns, ","), "."));
}

// Puts a cell in its place unless it stands for a gap.
void Put(const SurveyMapping& mapping, const std::string& field,
         absl::string_view cell, SurveyTable::Line& line) {
  const absl::string_view text = absl::StripAsciiWhitespace(cell);
  if (text.empty()) return;
  const auto blanks = mapping.blanks.find(field);
  if (blanks != mapping.blanks.end() &&
      blanks->second.count(std::string(text)) > 0) {
    return;
  }
  // Words are kept as they are, blanks around them included.
  line.cells[field] = std::string(cell);
}

absl::StatusOr<SurveyTable> ReadCsv(const std::string& file,
                                    absl::string_view text,
                                    const SurveyMapping& mapping,
                                    std::vector<BadRow>& bad) {
  absl::StatusOr<std::vector<CsvRow>> rows = ParseCsv(text);
  if (!rows.ok()) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "FILE_MALFORMED",
        absl::StrCat(file, ":", std::string(rows.status().message())));
  }
  if (rows->empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
                     absl::StrCat(file,
                                  ":1: The file is empty; its first line "
                                  "names the columns."));
  }
  SurveyTable table;
  table.columns = rows->front().cells;
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (!places.emplace(table.columns[i], i).second) {
      return MakeError(absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
                       absl::StrCat(file, ":", rows->front().line, ": Column ",
                                    table.columns[i], " is there twice."));
    }
  }
  std::vector<std::pair<std::string, size_t>> wanted;
  for (const std::string& field : SurveyFields()) {
    const auto place = places.find(mapping.ColumnOf(field));
    if (place != places.end()) {
      wanted.emplace_back(field, place->second);
    } else if (mapping.columns.count(field) > 0) {
      return NoColumn(file, rows->front().line, mapping.ColumnOf(field),
                      table.columns);
    }
  }
  for (size_t i = 1; i < rows->size(); ++i) {
    const CsvRow& row = (*rows)[i];
    SurveyTable::Line line{{file, row.line}, {}};
    if (row.cells.size() != table.columns.size()) {
      bad.push_back({line.origin, "", "", "CELL_COUNT",
                     absl::StrCat("The row has ", row.cells.size(),
                                  " cells; the first line has ",
                                  table.columns.size(), ".")});
      continue;
    }
    for (const auto& [field, place] : wanted) {
      Put(mapping, field, row.cells[place], line);
    }
    table.lines.push_back(std::move(line));
  }
  return table;
}

// Plain values of an object and of the objects in it, as `outer.inner`.
void Flatten(const Json& object, const std::string& prefix,
             std::map<std::string, const Json*>& values) {
  for (const auto& [key, value] : object.items()) {
    const std::string name = absl::StrCat(prefix, key);
    if (value.is_object()) {
      Flatten(value, name + ".", values);
    } else {
      values[name] = &value;
    }
  }
}

absl::StatusOr<SurveyTable> ReadJson(const std::string& file,
                                     absl::string_view text,
                                     const SurveyMapping& mapping,
                                     std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(const std::vector<JsonLine> lines,
                   ParseJsonLines(file, text, bad));
  SurveyTable table;
  std::set<std::string> columns;
  for (const JsonLine& json : lines) {
    std::map<std::string, const Json*> values;
    Flatten(json.object, "", values);
    SurveyTable::Line line{json.origin, {}};
    bool good = true;
    for (const auto& [name, value] : values) columns.insert(name);
    for (const std::string& field : SurveyFields()) {
      const auto value = values.find(mapping.ColumnOf(field));
      if (value == values.end() || value->second->is_null()) continue;
      if (value->second->is_array()) {
        bad.push_back({line.origin, value->first, Spelled(*value->second),
                       "TYPE_INVALID", "An answer is one value, not a list."});
        good = false;
        continue;
      }
      Put(mapping, field, Spelled(*value->second), line);
    }
    if (good) table.lines.push_back(std::move(line));
  }
  table.columns.assign(columns.begin(), columns.end());
  for (const auto& [field, column] : mapping.columns) {
    if (!lines.empty() && columns.count(column) == 0) {
      return NoColumn(file, lines.front().origin.line, column, table.columns);
    }
  }
  return table;
}

}  // namespace

const std::vector<std::string>& SurveyFields() {
  static const auto& fields = *new std::vector<std::string>{
      "source_id",      "contact",    "agent",           "time",
      "channel",        "queue",      "status",          "nps",
      "csat",           "would_hire", "would_recommend", "did_refer",
      "partner_rating", "best_thing", "improve",         "stop",
      "start",          "verbatim"};
  return fields;
}

const std::string& SurveyMapping::ColumnOf(const std::string& field) const {
  const auto named = columns.find(field);
  return named == columns.end() ? field : named->second;
}

absl::StatusOr<SurveyMapping> ParseSurveyMapping(
    absl::string_view map, const std::vector<std::string>& blanks) {
  SurveyMapping mapping;
  for (absl::string_view text : absl::StrSplit(map, ',', absl::SkipEmpty())) {
    ASSIGN_OR_RETURN(auto pair, Pair("--map", text));
    mapping.columns[pair.first] = pair.second;
  }
  for (const std::string& text : blanks) {
    ASSIGN_OR_RETURN(auto pair, Pair("--blank", text));
    mapping.blanks[pair.first].insert(pair.second);
  }
  return mapping;
}

absl::StatusOr<SurveyTable> ReadSurveyTable(const std::string& file,
                                            absl::string_view text,
                                            const SurveyMapping& mapping,
                                            std::vector<BadRow>& bad) {
  absl::string_view start = text;
  absl::ConsumePrefix(&start, "\xef\xbb\xbf");
  start = absl::StripLeadingAsciiWhitespace(start);
  return !start.empty() && start[0] == '{' ? ReadJson(file, text, mapping, bad)
                                           : ReadCsv(file, text, mapping, bad);
}

}  // namespace attune
