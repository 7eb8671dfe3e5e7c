// Whose figures a report has, as far as the caller reaches.

#ifndef ATTUNE_ENGINE_REPORT_REPORT_SCOPES_H_
#define ATTUNE_ENGINE_REPORT_REPORT_SCOPES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/access/caller.h"
#include "engine/report/period.h"
#include "engine/report/report_filter.h"
#include "engine/store/database.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {

// Ids; nothing for everybody.
struct ReportScope {
  std::optional<std::string> team;
  std::optional<std::string> person;
  DayRange days = {};
};

// What a request with a period, a team and a person asks for; violations at
// those.
template <typename Request>
ReportScope CheckScope(const Request& request, Violations& bad);

// The same, narrowed to what the caller reaches: for a lead who names nobody
// their team, for an agent they themselves.  NOT_FOUND for a team or a person
// out of reach.
absl::StatusOr<ReportScope> NarrowScope(Transaction& tx, const Caller& caller,
                                        ReportScope asked);

// Adds the conditions on a column of days, and on one of agents.
void AddDays(const DayRange& days, absl::string_view column, Query& query);
void AddAgents(const ReportScope& scope, absl::string_view column,
               Query& query);
// Adds that the column's agents are within the caller's reach; for lists.
void AddReach(const Caller& caller, absl::string_view column, Query& query);

// Nothing for an empty name; a violation at `person` for what is none.
std::optional<std::string> CheckPersonName(const std::string& name,
                                           Violations& bad);

template <typename Request>
ReportScope CheckScope(const Request& request, Violations& bad) {
  ReportScope scope;
  scope.days = ParsePeriod(request.period(), bad);
  scope.team = CheckTeam(request.team(), bad);
  scope.person = CheckPersonName(request.person(), bad);
  return scope;
}

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_REPORT_SCOPES_H_
