#include "tools/attune/people_import.h"

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"

namespace attune {
namespace {

constexpr char kIdRule[] =
    "An id has lower-case letters, digits, dots, dashes and underscores, "
    "begins with a letter or digit, and has at most 63.";

// Checks the cells of one row; remembers whether any was wrong.
class RowCheck {
 public:
  RowCheck(const SheetRow& row, std::vector<BadRow>& bad)
      : row_(row), bad_(bad) {}

  const std::string& Cell(const std::string& column) const {
    return row_.cells.at(column);
  }
  void Wrong(const std::string& column, const std::string& value,
             absl::string_view reason, absl::string_view description) {
    bad_.push_back({row_.origin, column, value, std::string(reason),
                    std::string(description)});
    ok_ = false;
  }
  void CheckId(const std::string& column) {
    if (!IsResourceId(Cell(column))) {
      Wrong(column, Cell(column), "ID_INVALID", kIdRule);
    }
  }
  // The id must not be that of an earlier row.
  void CheckUnique(const std::string& column,
                   std::map<std::string, int>& seen) {
    const auto [first, fresh] = seen.emplace(Cell(column), row_.origin.line);
    if (!fresh) {
      Wrong(column, Cell(column), "DUPLICATE",
            absl::StrCat("Line ", first->second, " has this id already."));
    }
  }
  bool ok() const { return ok_; }

 private:
  const SheetRow& row_;
  std::vector<BadRow>& bad_;
  bool ok_ = true;
};

void SetRoles(RowCheck& check, v1::Person& person) {
  const std::string cell = check.Cell("roles");
  for (absl::string_view word : absl::StrSplit(cell, '|')) {
    word = absl::StripAsciiWhitespace(word);
    if (const auto role = ParseRole(word)) {
      person.add_roles(*role);
    } else {
      check.Wrong("roles", std::string(word), "ROLE_UNKNOWN",
                  absl::StrCat("There is no such role; the roles are ",
                               absl::StrJoin(RoleWords(), ", "),
                               ", with | between them."));
    }
  }
}

}  // namespace

absl::StatusOr<std::vector<ImportRow<v1::CreatePersonRequest>>> ParsePeople(
    const std::string& file, absl::string_view text, std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(
      std::vector<SheetRow> sheet,
      ReadSheet(file, text,
                {"person_id", "display_name", "roles", "team_id", "hire_date"},
                {"person_id", "roles"}, bad));
  std::vector<ImportRow<v1::CreatePersonRequest>> people;
  std::map<std::string, int> seen;
  for (const SheetRow& row : sheet) {
    RowCheck check(row, bad);
    ImportRow<v1::CreatePersonRequest> made{row.origin, {}};
    v1::Person& person = *made.request.mutable_person();
    check.CheckId("person_id");
    check.CheckUnique("person_id", seen);
    made.request.set_person_id(check.Cell("person_id"));
    person.set_display_name(check.Cell("display_name"));
    SetRoles(check, person);
    if (!check.Cell("team_id").empty()) {
      check.CheckId("team_id");
      person.set_team(TeamName(check.Cell("team_id")));
    }
    const std::string& hired = check.Cell("hire_date");
    if (!hired.empty() && !ParseDay(hired)) {
      check.Wrong("hire_date", hired, "DATE_INVALID",
                  "A day is written as YYYY-MM-DD.");
    }
    person.set_hire_date(hired);
    if (check.ok()) people.push_back(std::move(made));
  }
  return people;
}

absl::StatusOr<std::vector<ImportRow<v1::CreateTeamRequest>>> ParseTeams(
    const std::string& file, absl::string_view text, std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(
      std::vector<SheetRow> sheet,
      ReadSheet(file, text, {"team_id", "display_name"}, {"team_id"}, bad));
  std::vector<ImportRow<v1::CreateTeamRequest>> teams;
  std::map<std::string, int> seen;
  for (const SheetRow& row : sheet) {
    RowCheck check(row, bad);
    ImportRow<v1::CreateTeamRequest> made{row.origin, {}};
    check.CheckId("team_id");
    check.CheckUnique("team_id", seen);
    made.request.set_team_id(check.Cell("team_id"));
    made.request.mutable_team()->set_display_name(check.Cell("display_name"));
    if (check.ok()) teams.push_back(std::move(made));
  }
  return teams;
}

}  // namespace attune
