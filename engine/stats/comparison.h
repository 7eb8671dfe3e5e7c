// Before and after: did coaching change anything?  Differences are always
// later - earlier, or second - first.

#ifndef ATTUNE_ENGINE_STATS_COMPARISON_H_
#define ATTUNE_ENGINE_STATS_COMPARISON_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/stats/figure.h"
#include "engine/stats/shrinkage.h"

namespace attune {

// Student's t, two-sided; the interval is 95 %.
struct StudentTest {
  double se = 0;
  double t = 0;
  double df = 0;
  double p = 0;
  Interval interval;
};

// Two groups of values that do not belong together in pairs.
struct IndependentChange {
  std::optional<double> mean_a;
  std::optional<double> mean_b;
  Figure difference;  // b - a; `no_data` if a side is empty
  // Why there is no test although there is a difference: `too_few` under two
  // values on a side, `no_variation`.
  Reason reason = Reason::kNone;
  std::optional<StudentTest> welch;   // Satterthwaite's degrees of freedom
  std::optional<StudentTest> pooled;  // one variance for both
  std::optional<double> hedges_g;
};
IndependentChange CompareIndependent(absl::Span<const double> a,
                                     absl::Span<const double> b);
// The same of groups of which only sums are left.
IndependentChange CompareGroups(const GroupMean& a, const GroupMean& b);

// The same things measured twice, in the same order, equally many.
struct PairedChange {
  int64_t n = 0;
  std::optional<double> mean_before;
  std::optional<double> mean_after;
  Figure change;                  // after - before; `no_data`
  Reason reason = Reason::kNone;  // as above
  std::optional<double> sd;       // of the differences; from n = 2
  std::optional<double> dz;       // change / sd
  std::optional<StudentTest> test;
};
PairedChange ComparePairs(absl::Span<const double> before,
                          absl::Span<const double> after);

struct BeforeAfter {
  std::vector<double> before;
  std::vector<double> after;  // of the same, in the same order
};

// Coached and not coached: how much more did the coached change?
IndependentChange DifferenceInDifferences(const BeforeAfter& coached,
                                          const BeforeAfter& others);

// The headline of the two: after ~ before + coached, which also corrects for
// regression to the mean.
struct CoachingEffect {
  Figure effect;  // `no_data`, `no_residual_df`, `degenerate` (`before` does
                  // not vary, or a group is empty)
  // Intercept, before, coached; absent if `effect` is.
  std::optional<std::vector<double>> coefficients;
  std::optional<std::vector<double>> errors;
  std::optional<StudentTest> test;  // absent if nothing is left over
};
CoachingEffect CoachingEffectOf(const BeforeAfter& coached,
                                const BeforeAfter& others);

// McNemar: pass or fail of the same units, b of them passing only the first
// time and c only the second.
struct McNemarTest {
  Figure p;                           // `no_data` if none changed
  std::optional<double> chi_squared;  // (b - c)^2 / (b + c)
  bool exact = false;                 // under 25 changes: binomial
};
McNemarTest McNemarOf(int64_t b, int64_t c);

// What regression to the mean alone would do to agents picked by their mean of
// n scores.
struct CorrectedChange {
  double reliability = 0;
  double expected_before = 0;  // what the scores before truly stood for
  double raw = 0;
  double corrected = 0;  // after - expected_before
};
CorrectedChange CorrectChange(const VarianceComponents& all, double before,
                              int64_t n_before, double after);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_COMPARISON_H_
