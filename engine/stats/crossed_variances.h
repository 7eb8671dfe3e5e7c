// How much of what scores differ by comes from who was rated, who rated, and
// chance: both random, as lme4's `score ~ (1 | agent) + (1 | rater)`.

#ifndef ATTUNE_ENGINE_STATS_CROSSED_VARIANCES_H_
#define ATTUNE_ENGINE_STATS_CROSSED_VARIANCES_H_

#include <optional>
#include <vector>

#include "engine/stats/crossed_scores.h"
#include "engine/stats/figure.h"

namespace attune {

struct CrossedVariances {
  // `no_data`, `one_rater`, `one_target`, `no_residual_df`, `no_variation`,
  // `disconnected`; then everything else is absent.
  Reason reason = Reason::kNone;
  double mu = 0;
  double agent = 0;      // variance of those who were rated
  double rater = 0;      // of those who rated
  double residual = 0;   // of chance
  double criterion = 0;  // REML's: -2 log of the likelihood
  // Differences from mu, already shrunk: never to be shrunk again.
  std::vector<double> agents;
  std::vector<double> raters;

  // The share of one score's variance that belongs to who was rated: an
  // ICC(2,1) that bears gaps.
  double SingleScoreIcc() const { return agent / (agent + rater + residual); }
};
CrossedVariances FitCrossedVariances(const CrossedScores& scores);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_CROSSED_VARIANCES_H_
