// How far an agent's grades are from the advocates'.  Whole hundredths of a
// percentage point throughout, so that figures are the same everywhere.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_GAP_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_GAP_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/self_check.pb.h"

namespace attune {

// The gap of one call, from the effective scores.
v1::SelfCheckGap GapOf(const v1::Evaluation& self,
                       absl::Span<const v1::Evaluation> advocates);

// The gap of a session, from its calls'.  Those without a gap are left out.
v1::SelfCheckGap MeanOfGaps(const std::vector<v1::SelfCheckGap>& calls);

// From hundredths of a percentage point.
v1::SelfCheckGap::Reading ReadGap(int64_t gap);

// sum / n in percentage points, two places, half away from 0.  n > 0;
// hundredths.
double RoundedGap(int64_t sum, int64_t n);

// The hundredths of a percent or a gap.
int64_t HundredthsOf(double percent);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_GAP_H_
