#include "engine/evaluation/sampling_period.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "engine/clock.h"

namespace attune {
namespace {

constexpr int64_t kFirstYear = 1970;
constexpr int64_t kLastYear = 9998;

constexpr absl::CivilDay kEpoch(1970, 1, 1);

int64_t StartOf(absl::CivilDay day) { return (day - kEpoch) * kMicrosPerDay; }

absl::CivilDay CivilDayOf(int64_t micros) { return kEpoch + DayOf(micros); }

SamplingPeriod Between(std::string text, absl::CivilDay first,
                       absl::CivilDay after) {
  return {std::move(text), StartOf(first), StartOf(after)};
}

SamplingPeriod WeekOf(absl::CivilDay day) {
  const absl::CivilDay monday =
      absl::PrevWeekday(day + 1, absl::Weekday::monday);
  // A week belongs to the year of its Thursday (ISO 8601).
  const absl::CivilDay thursday = monday + 3;
  const int week = (absl::GetYearDay(thursday) + 6) / 7;
  return Between(absl::StrFormat("%04d-W%02d", thursday.year(), week), monday,
                 monday + 7);
}

SamplingPeriod MonthOf(absl::CivilDay day) {
  const absl::CivilMonth month(day);
  return Between(absl::StrFormat("%04d-%02d", month.year(), month.month()),
                 absl::CivilDay(month), absl::CivilDay(month + 1));
}

// A day of the period that is written so; any if it is not written right.
absl::CivilDay SomeDayOf(v1::SamplingPlan::Period kind, int64_t year,
                         absl::string_view rest) {
  int64_t number = 0;
  switch (kind) {
    case v1::SamplingPlan::PERIOD_WEEK:
      if (!absl::SimpleAtoi(rest.substr(1), &number)) number = 1;
      // 4 January is in week 1.
      return absl::CivilDay(year, 1, 4) + (number - 1) * 7;
    case v1::SamplingPlan::PERIOD_MONTH:
      if (!absl::SimpleAtoi(rest, &number)) number = 1;
      return absl::CivilDay(year, number, 1);
    default:
      return kEpoch +
             ParseDay(absl::StrFormat("%04d-%s", year, rest)).value_or(0);
  }
}

}  // namespace

SamplingPeriod PeriodAt(v1::SamplingPlan::Period kind, int64_t micros) {
  const absl::CivilDay day = CivilDayOf(micros);
  switch (kind) {
    case v1::SamplingPlan::PERIOD_WEEK:
      return WeekOf(day);
    case v1::SamplingPlan::PERIOD_MONTH:
      return MonthOf(day);
    default:
      return Between(FormatDay(DayOf(micros)), day, day + 1);
  }
}

std::optional<SamplingPeriod> ParseSamplingPeriod(v1::SamplingPlan::Period kind,
                                                  absl::string_view text) {
  int64_t year = 0;
  if (text.size() < 7 || text.size() > 10 || text[4] != '-' ||
      !absl::SimpleAtoi(text.substr(0, 4), &year) || year < kFirstYear ||
      year > kLastYear) {
    return std::nullopt;
  }
  const absl::CivilDay day = SomeDayOf(kind, year, text.substr(5));
  // Only what we would write ourselves: 2026-W54 or 2026-2-3 are no periods.
  SamplingPeriod period = PeriodAt(kind, StartOf(day));
  if (period.text != text) return std::nullopt;
  return period;
}

}  // namespace attune
