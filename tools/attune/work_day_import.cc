#include "tools/attune/work_day_import.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/clock.h"
#include "engine/coaching/work_day.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

// Reads the cells of one row; remembers which were wrong.
class RowReader {
 public:
  RowReader(const SheetRow& row, std::vector<BadRow>& bad)
      : row_(row), bad_(bad) {}

  std::string Word(const std::string& column) const {
    return std::string(absl::StripAsciiWhitespace(row_.cells.at(column)));
  }
  void Wrong(const std::string& column, absl::string_view reason,
             absl::string_view description) {
    bad_.push_back({row_.origin, column, Word(column), std::string(reason),
                    std::string(description)});
    wrong_.insert(column);
  }
  int32_t Number(const std::string& column) {
    const std::string word = Word(column);
    int32_t number = 0;
    if (!word.empty() && !absl::SimpleAtoi(word, &number)) {
      Wrong(column, "NUMBER_INVALID", "This must be a whole number, or blank.");
    }
    return number;
  }
  bool YesOrNo(const std::string& column) {
    const std::string word = absl::AsciiStrToLower(Word(column));
    if (word == "yes" || word == "true" || word == "1") return true;
    if (!word.empty() && word != "no" && word != "false" && word != "0") {
      Wrong(column, "ANSWER_INVALID", "This must be yes or no, or blank.");
    }
    return false;
  }
  // What the contract finds wrong with cells that could be read.
  void Take(const Violations& violations) {
    for (const Violation& violation : violations.all()) {
      absl::string_view column = violation.field;
      absl::ConsumePrefix(&column, "work_day.");
      if (column == "name") column = "day";
      if (wrong_.count(std::string(column)) > 0) continue;
      Wrong(std::string(column), violation.reason, violation.description);
    }
  }
  bool ok() const { return wrong_.empty(); }

 private:
  const SheetRow& row_;
  std::vector<BadRow>& bad_;
  std::set<std::string> wrong_;
};

v1::WorkDay ReadRow(RowReader& row, int64_t now_us) {
  v1::WorkDay work_day;
  if (!IsResourceId(row.Word("person_id"))) {
    row.Wrong("person_id", "ID_INVALID", "This is no id of a person.");
  }
  if (!ParseDay(row.Word("day"))) {
    row.Wrong("day", "DATE_INVALID", "A day is written as YYYY-MM-DD.");
  }
  work_day.set_logged_minutes(row.Number("logged_minutes"));
  work_day.set_customer_facing_minutes(row.Number("customer_facing_minutes"));
  work_day.set_idle_chats(row.Number("idle_chats"));
  work_day.set_idle_chat_minutes(row.Number("idle_chat_minutes"));
  work_day.set_leave(row.YesOrNo("leave"));
  if (!row.ok()) return work_day;
  work_day.set_name(WorkDayName(row.Word("person_id"), row.Word("day")));
  Violations bad;
  CheckWorkDay(work_day, "work_day", now_us, bad);
  row.Take(bad);
  return work_day;
}

}  // namespace

const std::vector<std::string>& WorkDayColumns() {
  static const auto& columns =
      *new std::vector<std::string>{"person_id",      "day",
                                    "logged_minutes", "customer_facing_minutes",
                                    "idle_chats",     "idle_chat_minutes",
                                    "leave"};
  return columns;
}

absl::StatusOr<std::vector<WorkDayRow>> ParseWorkDays(
    const std::string& file, absl::string_view text, int64_t now_us,
    std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(
      const std::vector<SheetRow> sheet,
      ReadSheet(file, text, WorkDayColumns(), {"person_id", "day"}, bad));
  std::vector<WorkDayRow> rows;
  std::map<std::string, int> seen;
  for (const SheetRow& line : sheet) {
    RowReader reader(line, bad);
    WorkDayRow row{line.origin, ReadRow(reader, now_us)};
    if (!reader.ok()) continue;
    const auto [first, fresh] =
        seen.emplace(row.work_day.name(), line.origin.line);
    if (!fresh) {
      reader.Wrong("day", "DUPLICATE",
                   absl::StrCat("Line ", first->second,
                                " has this person's day already."));
      continue;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace attune
