#include "engine/report/report_scopes.h"

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/status_macros.h"

namespace attune {

absl::StatusOr<ReportScope> NarrowScope(Transaction& tx, const Caller& caller,
                                        ReportScope asked) {
  const bool leads =
      caller.reach.all || (caller.reach.team && !caller.team.empty());
  if (!leads && !asked.person) asked.person = caller.person;
  if (asked.person) {
    ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, *asked.person));
    if (!caller.Reaches(*asked.person,
                        ParseTeamName(person.team()).value_or(""))) {
      return NotFound(PersonName(*asked.person));
    }
  }
  // Of one agent, a team is only a condition more.
  if (!asked.person || asked.team) {
    if (!leads) return NotFound(TeamName(asked.team.value_or("")));
    ASSIGN_OR_RETURN(asked.team, FindTeamInReach(tx, caller, asked.team));
  }
  return asked;
}

void AddDays(const DayRange& days, absl::string_view column, Query& query) {
  if (days.first) {
    query.Add(absl::StrCat(" AND ", column, " >= ?"), {*days.first});
  }
  if (days.last) {
    query.Add(absl::StrCat(" AND ", column, " <= ?"), {*days.last});
  }
}

void AddAgents(const ReportScope& scope, absl::string_view column,
               Query& query) {
  if (scope.person) {
    query.Add(absl::StrCat(" AND ", column, " = ?"), {*scope.person});
  }
  if (scope.team) {
    query.Add(absl::StrCat(" AND ", column,
                           " IN (SELECT id FROM person WHERE team = ?)"),
              {*scope.team});
  }
}

void AddReach(const Caller& caller, absl::string_view column, Query& query) {
  if (caller.reach.all) return;
  query.Add(absl::StrCat(" AND (", column, " = ? OR ", column,
                         " IN (SELECT id FROM person WHERE team = ?))"),
            {caller.reach.own ? caller.person : "",
             caller.reach.team ? caller.team : ""});
}

std::optional<std::string> CheckPersonName(const std::string& name,
                                           Violations& bad) {
  if (name.empty()) return std::nullopt;
  auto person = ParsePersonName(name);
  if (!person) {
    bad.Add("person", "NAME_INVALID", "An agent is people/{person}.");
  }
  return person;
}

}  // namespace attune
