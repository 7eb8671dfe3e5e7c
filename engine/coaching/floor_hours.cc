#include "engine/coaching/floor_hours.h"

#include <algorithm>
#include <map>

#include "engine/clock.h"
#include "engine/names.h"

namespace attune {
namespace {

// `time` is what the record's spans come to by week.
v1::FloorWeek MakeWeek(const FloorRecord& record, const FloorQuotaMap& quotas,
                       const std::map<int64_t, int64_t>& time, int64_t monday,
                       int64_t now_us) {
  v1::FloorWeek week;
  week.set_week(WeekText(monday));
  week.set_quota_minutes(WeeklyMinutes(quotas, record.roles, monday));
  week.set_present_days(PresentDays(monday, record.first_day, record.leave));
  week.set_expected_minutes(
      ProratedMinutes(week.quota_minutes(), week.present_days()));
  const auto done = time.find(monday);
  week.set_done_minutes(done == time.end() ? 0 : WholeMinutes(done->second));
  week.set_so_far(now_us < (monday + kDaysPerWeek) * kMicrosPerDay);
  if (week.so_far()) return week;
  week.set_owed_minutes(week.expected_minutes());
  week.set_balance_minutes(week.done_minutes() - week.owed_minutes());
  week.set_running_balance_minutes(week.balance_minutes());
  week.set_short_minutes(std::max<int64_t>(0, -week.balance_minutes()));
  return week;
}

}  // namespace

int64_t FirstDayOf(const v1::Person& person) {
  return ParseDay(person.hire_date())
      .value_or(DayOf(ToMicros(person.create_time())));
}

v1::FloorWeek WeekOf(const FloorRecord& record, const FloorQuotaMap& quotas,
                     int64_t monday, int64_t now_us) {
  return MakeWeek(record, quotas, TimeByWeek(record.spans), monday, now_us);
}

v1::FloorHours HoursOf(const FloorRecord& record, const FloorQuotaMap& quotas,
                       int64_t first, int64_t last, int64_t now_us) {
  v1::FloorHours hours;
  hours.set_person(PersonName(record.person));
  hours.set_display_name(record.display_name);
  if (!record.team.empty()) hours.set_team(TeamName(record.team));
  const std::map<int64_t, int64_t> time = TimeByWeek(record.spans);
  for (int64_t monday = first; monday <= last; monday += kDaysPerWeek) {
    v1::FloorWeek& week = *hours.add_weeks();
    week = MakeWeek(record, quotas, time, monday, now_us);
    if (!week.so_far()) {
      hours.set_owed_minutes(hours.owed_minutes() + week.owed_minutes());
      hours.set_done_minutes(hours.done_minutes() + week.done_minutes());
      if (week.short_minutes() > 0) {
        hours.set_weeks_short(hours.weeks_short() + 1);
      }
    }
    hours.set_balance_minutes(hours.done_minutes() - hours.owed_minutes());
    week.set_running_balance_minutes(hours.balance_minutes());
  }
  return hours;
}

}  // namespace attune
