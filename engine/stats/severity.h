// Fair scores: what agents would get from an average advocate.  The model is
// score = agent + severity of the advocate + chance; a positive severity is
// lenient.

#ifndef ATTUNE_ENGINE_STATS_SEVERITY_H_
#define ATTUNE_ENGINE_STATS_SEVERITY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/stats/crossed_scores.h"
#include "engine/stats/figure.h"

namespace attune {

// From so many residual degrees of freedom on, adjustments should be shown.
inline constexpr int64_t kFewestResidualDfShown = 10;

struct FairScore {
  double raw = 0;              // mean of the agent's scores
  std::optional<double> fair;  // absent if disconnected
  std::optional<double> se;    // of `fair`
};

struct RaterSeverity {
  // Points; 0 on average.  Absent if disconnected or `no_residual_df`.
  std::optional<double> severity;
  std::optional<double> se;
};

// `reason`: `no_data`; `disconnected` (nothing is adjusted; adjust inside each
// of ComponentsOf()); `one_rater` and `no_residual_df` (`fair` is `raw`).
struct Severity {
  Reason reason = Reason::kNone;
  std::vector<FairScore> agents;
  std::vector<RaterSeverity> raters;
  std::optional<double> sigma2;        // variance of chance
  std::optional<double> sigma2_rater;  // of severities; 0: no adjustment
  int64_t residual_df = 0;
};

// The default: agents fixed, advocates random, REML in one variable; as lme4's
// `score ~ 0 + agent + (1 | advocate)`.
Severity FitSeverity(const CrossedScores& scores);

// A second opinion by least squares, advocates fixed with severities that add
// up to 0.  Has no standard errors and no `sigma2_rater`.
Severity FitSeverityByLeastSquares(const CrossedScores& scores);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_SEVERITY_H_
