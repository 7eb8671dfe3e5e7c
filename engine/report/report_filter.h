// What a report's request asks for, checked.

#ifndef ATTUNE_ENGINE_REPORT_REPORT_FILTER_H_
#define ATTUNE_ENGINE_REPORT_REPORT_FILTER_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/report.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"
#include "engine/store/rollups.h"
#include "engine/violations.h"

namespace attune {

// KIND_QA on the days of `period`; violations at `period`.
RollupFilter CheckPeriod(const v1::Period& period, Violations& bad);

// Ids of `forms/{form}` and `teams/{team}`; nothing for an empty name, and a
// violation at `form` or `team` for what is none.
std::optional<std::string> CheckForm(const std::string& name, Violations& bad);
std::optional<std::string> CheckTeam(const std::string& name, Violations& bad);

// The same for a request with a period and a form.
template <typename Request>
RollupFilter CheckFilter(const Request& request, Violations& bad) {
  RollupFilter filter = CheckPeriod(request.period(), bad);
  filter.form = CheckForm(request.form(), bad);
  return filter;
}

// The team that a report is about: the one asked for, or, for a caller who
// reaches no further, their own; nothing for everybody.  NOT_FOUND for one that
// is out of reach or not there; PERMISSION_DENIED for a lead in no team.
absl::StatusOr<std::optional<std::string>> FindTeamInReach(
    Transaction& tx, const Caller& caller,
    const std::optional<std::string>& asked);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_REPORT_FILTER_H_
