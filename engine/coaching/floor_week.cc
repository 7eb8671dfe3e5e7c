#include "engine/coaching/floor_week.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/evaluation/sampling_period.h"

namespace attune {
namespace {

constexpr int64_t kMicrosPerMinute = int64_t{60} * 1'000'000;
// 1970-01-01 was a Thursday.
constexpr int64_t kEpochAfterMonday = 3;

std::optional<int64_t> CheckWeek(const std::string& text,
                                 absl::string_view field, Violations& bad) {
  if (text.empty()) return std::nullopt;
  const auto monday = ParseWeek(text);
  if (!monday) {
    bad.Add(field, "WEEK_INVALID",
            absl::StrCat("An ISO week is written like 2026-W47, not ", text,
                         "; a year has 52 or 53."));
  }
  return monday;
}

}  // namespace

int64_t MondayOf(int64_t day) {
  const int64_t past = (day + kEpochAfterMonday) % kDaysPerWeek;
  return day - (past < 0 ? past + kDaysPerWeek : past);
}

std::string WeekText(int64_t monday) {
  return PeriodAt(v1::SamplingPlan::PERIOD_WEEK, monday * kMicrosPerDay).text;
}

std::optional<int64_t> ParseWeek(absl::string_view text) {
  const auto week = ParseSamplingPeriod(v1::SamplingPlan::PERIOD_WEEK, text);
  if (!week) return std::nullopt;
  return DayOf(week->start_us);
}

WeekRange CheckWeeks(const std::string& first_week,
                     const std::string& last_week, const v1::Period& period,
                     Violations& bad) {
  WeekRange weeks{CheckWeek(first_week, "first_week", bad),
                  CheckWeek(last_week, "last_week", bad)};
  if (weeks.first && weeks.last && *weeks.last < *weeks.first) {
    bad.Add("last_week", "WEEKS_BACKWARDS",
            absl::StrCat("The last week, ", last_week,
                         ", is before the first, ", first_week, "."));
  }
  const DayRange days = ParsePeriod(period, bad);
  const bool has_days =
      !period.first_day().empty() || !period.last_day().empty();
  if (!has_days) return weeks;
  if (!first_week.empty() || !last_week.empty()) {
    bad.Add("period", "WEEKS_AND_DAYS", "Ask for weeks, or for days.");
    return weeks;
  }
  if (days.first) weeks.first = MondayOf(*days.first);
  if (days.last) weeks.last = MondayOf(*days.last);
  return weeks;
}

std::map<int64_t, int64_t> TimeByWeek(const std::vector<FloorSpan>& spans) {
  std::map<int64_t, int64_t> weeks;
  for (const FloorSpan& span : spans) {
    int64_t from_us = span.start_us;
    while (from_us < span.end_us) {
      const int64_t monday = MondayOf(DayOf(from_us));
      const int64_t until_us =
          std::min(span.end_us, (monday + kDaysPerWeek) * kMicrosPerDay);
      weeks[monday] += until_us - from_us;
      from_us = until_us;
    }
  }
  return weeks;
}

int64_t WholeMinutes(int64_t micros) {
  return (micros + kMicrosPerMinute / 2) / kMicrosPerMinute;
}

int PresentDays(int64_t monday, int64_t first_day,
                const std::set<int64_t>& leave) {
  int present = 0;
  for (int64_t day = monday; day < monday + kWorkingDays; ++day) {
    if (day >= first_day && leave.count(day) == 0) ++present;
  }
  return present;
}

int64_t ProratedMinutes(int64_t quota, int present_days) {
  return (2 * quota * present_days + kWorkingDays) / (2 * kWorkingDays);
}

}  // namespace attune
