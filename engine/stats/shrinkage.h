// Means of small groups, pulled towards the mean of all by as much as chance
// moves them: empirical Bayes with variances by REML.  Model: a group's mean is
// N(theta, sigma2 / n), theta is N(mu, tau2).

#ifndef ATTUNE_ENGINE_STATS_SHRINKAGE_H_
#define ATTUNE_ENGINE_STATS_SHRINKAGE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/stats/figure.h"

namespace attune {

// All that is needed of a group; nothing of it may be kept but these.
struct GroupMean {
  int64_t n = 0;
  double mean = 0;     // any number if n is 0
  double squares = 0;  // the sum of squares about the mean
};
GroupMean GroupMeanOf(absl::Span<const double> values);

struct VarianceComponents {
  double mu = 0;
  double between = 0;  // tau2
  double within = 0;   // sigma2
};

struct ShrunkMean {
  double shrunk = 0;  // the group's own mean if nothing can be shrunk
  // How far the group's own mean is trusted, 0 to 1: its reliability.
  std::optional<double> weight;
  std::optional<Interval> interval;  // 95 %
  bool prior_only = false;           // n is 0: only mu is known of it
};

struct Shrinkage {
  // Why nothing could be shrunk: `no_data`, `one_group`, `no_residual_df` (no
  // group has two values), `no_variation`.
  Reason reason = Reason::kNone;
  std::optional<VarianceComponents> components;
  std::optional<double> criterion;  // REML's: -2 log of the likelihood
  std::vector<ShrunkMean> groups;   // as given
};
Shrinkage Shrink(absl::Span<const GroupMean> groups);

// The moments of the analysis of variance, as a cross-check: the same as REML
// if all groups are equally large, else at times far from it.  Absent where
// Shrink() gives a reason.
std::optional<VarianceComponents> AnovaComponents(
    absl::Span<const GroupMean> groups);
// B = between / (between + within / n).
double ReliabilityOf(const VarianceComponents& components, int64_t n);

// James and Stein's estimator about the mean (Efron and Morris 1975), for
// values whose variance is known: mean + factor (value - mean).
struct JamesStein {
  double spread = 0;  // V, the sum of squares about the mean / variance
  double factor = 0;  // 1 - (k - 3) / V
  std::vector<double> values;
};
// Absent under four values or if they do not vary.
std::optional<JamesStein> JamesSteinOf(absl::Span<const double> values,
                                       double variance);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_SHRINKAGE_H_
