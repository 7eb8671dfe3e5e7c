// What one person owed on the floor and did, week by week.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_HOURS_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_HOURS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "attune/v1/directory.pb.h"
#include "attune/v1/floor_report.pb.h"
#include "engine/access/caller.h"
#include "engine/coaching/floor_quota.h"
#include "engine/coaching/floor_week.h"

namespace attune {

// What is known of a person.
struct FloorRecord {
  std::string person;  // id
  std::string display_name;
  std::string team;  // id; empty if in none
  RoleSet roles;
  int64_t first_day = 0;
  std::set<int64_t> leave = {};  // days
  std::vector<FloorSpan> spans = {};
};

// The person's first day: the hire date, else the day they were entered.
int64_t FirstDayOf(const v1::Person& person);

// One week, as it stands at `now_us`; running_balance_minutes is its own.
v1::FloorWeek WeekOf(const FloorRecord& record, const FloorQuotaMap& quotas,
                     int64_t monday, int64_t now_us);

// Every week from `first` to `last`, Mondays.
v1::FloorHours HoursOf(const FloorRecord& record, const FloorQuotaMap& quotas,
                       int64_t first, int64_t last, int64_t now_us);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_HOURS_H_
