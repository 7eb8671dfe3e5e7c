// How one rater's severity moved from month to month.

#ifndef ATTUNE_ENGINE_REPORT_RATER_DRIFT_H_
#define ATTUNE_ENGINE_REPORT_RATER_DRIFT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "attune/v1/severity.pb.h"
#include "engine/report/rater_severity.h"

namespace attune {

// Scores of the rater, and of the others, that a month's severity takes.
inline constexpr int64_t kFewestInMonth = 5;

// By the formula in severity.proto; `rater` is an id.  Only the part of the
// scores that is linked to the rater is looked at.
v1::RaterDrift RaterDriftOf(const SeverityModel& model,
                            absl::string_view rater);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_RATER_DRIFT_H_
