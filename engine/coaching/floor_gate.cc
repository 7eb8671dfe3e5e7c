#include "engine/coaching/floor_gate.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/coaching/floor_hours.h"
#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_record_rows.h"
#include "engine/coaching/floor_week.h"
#include "engine/errors.h"
#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

absl::Status CheckLastWeek(Transaction& tx, const Caller& caller,
                           int64_t now_us) {
  const int64_t monday = MondayOf(DayOf(now_us)) - kDaysPerWeek;
  ASSIGN_OR_RETURN(const FloorQuotaMap quotas, FindFloorQuotas(tx));
  ReportScope scope;
  scope.person = caller.person;
  ASSIGN_OR_RETURN(
      std::vector<FloorRecord> found,
      FindFloorRecords(tx, scope, caller.floor_blocks, {monday, monday}));
  for (FloorRecord& record : found) {
    // Other roles' quotas may be higher, but do not block.
    record.roles = caller.floor_blocks;
    const v1::FloorWeek week = WeekOf(record, quotas, monday, now_us);
    if (week.short_minutes() == 0) continue;
    return FailedPrecondition(
        "FLOOR_HOURS_OWED",
        absl::StrCat(week.short_minutes(), " of ", week.owed_minutes(),
                     " minutes on the floor are missing in ", week.week(),
                     "; evaluations are submitted again once they are logged: "
                     "attune floor log --start TIME --end TIME --channel "
                     "CHANNEL."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FloorGate::Check(Transaction& tx, const Caller& caller,
                              int64_t now_us) {
  if (caller.floor_blocks.empty() || caller.person.empty()) {
    return absl::OkStatus();
  }
  if (!answer_) answer_ = CheckLastWeek(tx, caller, now_us);
  return *answer_;
}

}  // namespace attune
