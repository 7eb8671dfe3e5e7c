// ISO weeks (Monday to Sunday, UTC) of time on the floor: exact arithmetic.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_WEEK_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_WEEK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/clock.h"
#include "engine/report/period.h"
#include "engine/violations.h"

namespace attune {

inline constexpr int64_t kDaysPerWeek = 7;
// Monday to Friday.
inline constexpr int kWorkingDays = 5;

// A week is its Monday, in days since 1970-01-01.
int64_t MondayOf(int64_t day);
// Of a Monday from 1970 to 9998: `2026-W47`.
std::string WeekText(int64_t monday);
// Nothing unless `text` is such a week, written as we write it.
std::optional<int64_t> ParseWeek(absl::string_view text);

// Mondays, both included; open where absent.
struct WeekRange {
  std::optional<int64_t> first = {};
  std::optional<int64_t> last = {};
};

WeekRange CheckWeeks(const std::string& first_week,
                     const std::string& last_week, const v1::Period& period,
                     Violations& bad);
// Of a request with `first_week`, `last_week` and `period`, which stands for
// the weeks its days are in.  Reasons: WEEK_INVALID, WEEKS_BACKWARDS,
// WEEKS_AND_DAYS, and those of ParsePeriod.
template <typename Request>
WeekRange CheckWeeks(const Request& request, Violations& bad) {
  return CheckWeeks(request.first_week(), request.last_week(), request.period(),
                    bad);
}

// Time from `start_us` to `end_us`, microseconds since the epoch.
struct FloorSpan {
  int64_t start_us = 0;
  int64_t end_us = 0;
};

// Microseconds of each week that the spans reach into, by its Monday.
std::map<int64_t, int64_t> TimeByWeek(const std::vector<FloorSpan>& spans);
// Half up; not negative.
int64_t WholeMinutes(int64_t micros);

// Working days of the week from `first_day` on that are no leave: 0 to 5.
int PresentDays(int64_t monday, int64_t first_day,
                const std::set<int64_t>& leave);
// What is owed of a week's quota by who was there on so many working days; half
// up.
int64_t ProratedMinutes(int64_t quota, int present_days);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_WEEK_H_
