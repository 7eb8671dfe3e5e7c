#include "engine/report/period.h"

#include <string>

#include "engine/clock.h"

namespace attune {

DayRange ParsePeriod(const v1::Period& period, Violations& bad) {
  const auto day = [&](const std::string& text, absl::string_view field) {
    const auto parsed = ParseDay(text);
    if (!text.empty() && !parsed) {
      bad.Add(field, "DATE_INVALID",
              "A date is a day of the calendar, as YYYY-MM-DD.");
    }
    return parsed;
  };
  DayRange days;
  days.first = day(period.first_day(), "period.first_day");
  days.last = day(period.last_day(), "period.last_day");
  if (days.first && days.last && *days.first > *days.last) {
    bad.Add("period", "PERIOD_BACKWARDS",
            "The first day is not after the last.");
  }
  return days;
}

}  // namespace attune
