#include "engine/coaching/floor_reports.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/coaching/floor_hours.h"
#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_record_rows.h"
#include "engine/coaching/floor_week.h"
#include "engine/names.h"
#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int64_t kDefaultWeeksBack = 4;
constexpr int64_t kMostWeeks = 53;

// From the first to the last, at most the running one; the last before the
// first if what is asked for is all to come.
FloorWeeks ChooseWeeks(const WeekRange& asked, int64_t now_us,
                       Violations& bad) {
  const int64_t running = MondayOf(DayOf(now_us));
  FloorWeeks weeks;
  weeks.last = std::min(running, asked.last.value_or(running));
  weeks.first =
      asked.first.value_or(weeks.last - kDefaultWeeksBack * kDaysPerWeek);
  if ((weeks.last - weeks.first) / kDaysPerWeek >= kMostWeeks) {
    bad.Add("first_week", "RANGE_TOO_LONG",
            absl::StrCat("At most ", kMostWeeks, " weeks at once."));
  }
  return weeks;
}

// Roles that owe time in one of the weeks.
RoleSet OwingRoles(const FloorQuotaMap& quotas, const FloorWeeks& weeks) {
  RoleSet roles;
  for (const auto& [role, quota] : quotas) {
    for (int64_t monday = weeks.first; monday <= weeks.last;
         monday += kDaysPerWeek) {
      if (WeeklyMinutes(quota, monday) > 0) roles.Add(role);
    }
  }
  return roles;
}

}  // namespace

absl::StatusOr<v1::FloorHoursReport> FloorReports::GetHours(
    Transaction& tx, const Caller& caller,
    const v1::GetFloorHoursRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  ReportScope asked;
  const WeekRange range = CheckWeeks(request, bad);
  asked.team = CheckTeam(request.team(), bad);
  asked.person = CheckPersonName(request.person(), bad);
  const FloorWeeks weeks = ChooseWeeks(range, now_us, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const ReportScope scope, NarrowScope(tx, caller, asked));
  v1::FloorHoursReport report;
  if (scope.team) report.set_team(TeamName(*scope.team));
  if (weeks.last < weeks.first) return report;
  report.set_first_week(WeekText(weeks.first));
  report.set_last_week(WeekText(weeks.last));
  ASSIGN_OR_RETURN(const FloorQuotaMap quotas, FindFloorQuotas(tx));
  ASSIGN_OR_RETURN(
      const std::vector<FloorRecord> records,
      FindFloorRecords(tx, scope, OwingRoles(quotas, weeks), weeks));
  for (const FloorRecord& record : records) {
    *report.add_people() =
        HoursOf(record, quotas, weeks.first, weeks.last, now_us);
  }
  return report;
}

}  // namespace attune
