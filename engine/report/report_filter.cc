#include "engine/report/report_filter.h"

#include "engine/errors.h"
#include "engine/names.h"
#include "engine/people/teams.h"
#include "engine/report/period.h"
#include "engine/status_macros.h"

namespace attune {

RollupFilter CheckPeriod(const v1::Period& period, Violations& bad) {
  RollupFilter filter;
  filter.kind = v1::Evaluation::KIND_QA;
  const DayRange days = ParsePeriod(period, bad);
  filter.first_day = days.first;
  filter.last_day = days.last;
  return filter;
}

std::optional<std::string> CheckForm(const std::string& name, Violations& bad) {
  if (name.empty()) return std::nullopt;
  auto form = ParseFormName(name);
  if (!form) bad.Add("form", "NAME_INVALID", "A form is forms/{form}.");
  return form;
}

std::optional<std::string> CheckTeam(const std::string& name, Violations& bad) {
  if (name.empty()) return std::nullopt;
  auto team = ParseTeamName(name);
  if (!team) bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  return team;
}

absl::StatusOr<std::optional<std::string>> FindTeamInReach(
    Transaction& tx, const Caller& caller,
    const std::optional<std::string>& asked) {
  std::optional<std::string> team = asked;
  if (!caller.reach.all) {
    if (!caller.reach.team || caller.team.empty()) {
      return PermissionDenied("This caller is in no team to report on.");
    }
    if (!team) team = caller.team;
    if (*team != caller.team) return NotFound(TeamName(*team));
  }
  if (!team) return team;
  RETURN_IF_ERROR(FindTeam(tx, *team).status());
  return team;
}

}  // namespace attune
