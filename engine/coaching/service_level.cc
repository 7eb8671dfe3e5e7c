#include "engine/coaching/service_level.h"

#include "engine/stats/mean.h"

namespace attune {
namespace {

constexpr int64_t kFullPercent = 100;
constexpr int64_t kHundredths = 100;

}  // namespace

void WorkSums::Add(const WorkSums& other) {
  days += other.days;
  leave_days += other.leave_days;
  logged += other.logged;
  facing += other.facing;
  idle_chats += other.idle_chats;
  idle_minutes += other.idle_minutes;
}

v1::ServiceLevel ServiceLevelOf(const WorkSums& sums) {
  v1::ServiceLevel level;
  level.set_days(sums.days);
  level.set_leave_days(sums.leave_days);
  level.set_logged_minutes(sums.logged);
  level.set_customer_facing_minutes(sums.facing);
  level.set_idle_chats(sums.idle_chats);
  level.set_idle_chat_minutes(sums.idle_minutes);
  if (sums.logged == 0) {
    level.set_reason("no_data");
    return level;
  }
  level.set_percent(
      RoundedMean(sums.facing * kFullPercent * kHundredths, sums.logged));
  // Exact: what only rounds up to the line is below it.
  level.set_meets_line(sums.facing * kFullPercent >=
                       sums.logged * kServiceLevelLinePercent);
  return level;
}

}  // namespace attune
