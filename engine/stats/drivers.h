// Which sections drive an outcome: how much of its variance each predictor
// explains, whatever order they are looked at in.

#ifndef ATTUNE_ENGINE_STATS_DRIVERS_H_
#define ATTUNE_ENGINE_STATS_DRIVERS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/stats/figure.h"

namespace attune {

// Beyond this many predictors that vary there are too many subsets for LMG.
inline constexpr size_t kMostLmgPredictors = 12;

// Complete rows only: every predictor has as many values as the outcome.
struct DriverData {
  std::vector<double> outcome;
  std::vector<std::vector<double>> predictors;
};

struct Driver {
  // The mean over all orderings of the R2 that the predictor adds (Lindeman,
  // Merenda and Gold 1980; Groemping 2006).  Absent beyond
  // kMostLmgPredictors.
  std::optional<double> lmg;
  double relative_weight = 0;  // Johnson 2000
  int sign = 0;                // of its correlation with the outcome: -1, 0, 1
  bool dropped = false;        // it does not vary: everything is 0
  // 95 % of `lmg`, or of `relative_weight` if that is absent.
  std::optional<Interval> interval;
};

struct Drivers {
  Figure r2;                       // `no_data`, `no_variation` (of the outcome)
  int64_t n = 0;                   // rows
  std::vector<Driver> predictors;  // as given; empty if r2 is undefined
  // Some predictor follows from the others, as two that are the same.
  bool collinear = false;
  int64_t skipped_draws = 0;  // in which the outcome did not vary
};

// Fewer rows than max(50, 10 p) say too little to be shown (`too_few`).
bool EnoughRows(int64_t rows, size_t predictors);

Drivers DriversOf(const DriverData& data);

// The same with intervals from `draws` times drawing rows with replacement, by
// percentiles.
Drivers DriversWithIntervals(const DriverData& data, int64_t draws,
                             uint64_t seed);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_DRIVERS_H_
