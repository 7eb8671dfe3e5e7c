// The days that a report is about.

#ifndef ATTUNE_ENGINE_REPORT_PERIOD_H_
#define ATTUNE_ENGINE_REPORT_PERIOD_H_

#include <cstdint>
#include <optional>

#include "attune/v1/report.pb.h"
#include "engine/violations.h"

namespace attune {

// Days since 1970-01-01, both included; open where absent.
struct DayRange {
  std::optional<int64_t> first = {};
  std::optional<int64_t> last = {};
};

// Reasons, under `period`: DATE_INVALID, PERIOD_BACKWARDS.
DayRange ParsePeriod(const v1::Period& period, Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_PERIOD_H_
