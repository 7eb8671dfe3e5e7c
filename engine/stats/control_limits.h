// When a series of scores, or an agent among many, stands out from chance.

#ifndef ATTUNE_ENGINE_STATS_CONTROL_LIMITS_H_
#define ATTUNE_ENGINE_STATS_CONTROL_LIMITS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/stats/figure.h"
#include "engine/stats/shrinkage.h"

namespace attune {

// An XmR chart (Wheeler) of points in time order.  A new form revision starts a
// new series.
struct XmrChart {
  Reason reason = Reason::kNone;  // `no_data`, `too_few` under 6 points
  bool provisional = false;       // under 10 points
  double mean = 0;
  double mean_range = 0;              // of neighbours
  std::optional<Interval> limits;     // mean -+ 2.66 mean_range
  std::optional<double> range_limit;  // 3.268 mean_range
  // Places in the series at which a signal is complete, in order.
  std::vector<size_t> outside;     // beyond a limit
  std::vector<size_t> long_runs;   // the 8th or later in a row on one side
  std::vector<size_t> near_limit;  // 3 of 4 nearer to a limit than to the mean,
                                   // on one side
};
XmrChart XmrChartOf(absl::Span<const double> points);

// Where means of n scores lie if agents differ no more than they do:
// mu -+ z sqrt(tau2 + sigma2 / n).  n above 0.
struct FunnelLimits {
  Interval warning;  // 95 %
  Interval alarm;    // 99.8 %
};
FunnelLimits FunnelLimitsOf(const VarianceComponents& components, int64_t n);

// An estimate and its variance.
struct Estimated {
  double value = 0;
  double variance = 0;
};

// Estimates, best first, in groups of neighbours that cannot be told apart: a
// group ends where two neighbours differ, by Holm over all neighbours, at 5 %.
// Places in `estimates`; ties keep their order.
std::vector<std::vector<size_t>> IndistinctGroups(
    absl::Span<const Estimated> estimates);

// A theme that comes up more often than it did: 5 or more, and a Poisson
// variable with the mean of the last 6 periods (0.5 at least) reaches that with
// a chance under 1 %.
struct ThemeRise {
  double usual = 0;
  double p = 1;
  bool alert = false;
};
ThemeRise ThemeRiseOf(int64_t count, absl::Span<const int64_t> earlier);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_CONTROL_LIMITS_H_
