// The periods a sampling plan draws from: days, ISO weeks, months, UTC.

#ifndef ATTUNE_ENGINE_EVALUATION_SAMPLING_PERIOD_H_
#define ATTUNE_ENGINE_EVALUATION_SAMPLING_PERIOD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "attune/v1/sampling_plan.pb.h"

namespace attune {

struct SamplingPeriod {
  std::string text;      // 2026-11-23, 2026-W47, 2026-11
  int64_t start_us = 0;  // its first moment
  int64_t end_us = 0;    // the first moment after it
};

// The period of this kind that a moment of the years 1970 to 9998 falls into.
SamplingPeriod PeriodAt(v1::SamplingPlan::Period kind, int64_t micros);

// Nothing unless `text` is such a period, written as we write it.
std::optional<SamplingPeriod> ParseSamplingPeriod(v1::SamplingPlan::Period kind,
                                                  absl::string_view text);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SAMPLING_PERIOD_H_
