// Means of scores, and the difference of two, with Student's t intervals.
// Pure functions over exact sums, so that they never depend on the order in
// which scores came.

#ifndef ATTUNE_ENGINE_STATS_MEAN_H_
#define ATTUNE_ENGINE_STATS_MEAN_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace attune {

// n scores, their sum and the sum of their squares; hundredths of a percent.
struct Sums {
  int64_t n = 0;
  int64_t sum = 0;
  int64_t sum_squares = 0;

  void Add(int64_t hundredths) {
    ++n;
    sum += hundredths;
    sum_squares += hundredths * hundredths;
  }
  void Add(const Sums& other) {
    n += other.n;
    sum += other.sum;
    sum_squares += other.sum_squares;
  }
  void Subtract(const Sums& other) {
    n -= other.n;
    sum -= other.sum;
    sum_squares -= other.sum_squares;
  }
  friend bool operator==(const Sums&, const Sums&) = default;
};

// Percent.  `reason` says why something is absent: `no_data`, `too_few`.
struct Mean {
  int64_t n = 0;
  std::optional<double> percent;    // half up at two places
  std::optional<double> deviation;  // sample standard deviation; from n = 2
  std::optional<double> low;        // 95 % interval of the mean; from n = 2
  std::optional<double> high;
  absl::string_view reason;
};

// mean -+ t(0.975, n - 1) s / sqrt(n), cut off at 0 and 100 where no score can
// be: above 100 only if the mean itself is, by bonus points.
Mean MeanOf(const Sums& sums);

// Points.  `reason`: `no_data`, `too_few`, `no_variation` (then the change is
// known, its interval is not).
struct Change {
  std::optional<double> change;
  std::optional<double> low;
  std::optional<double> high;
  absl::string_view reason;
};

// later - earlier with Welch's interval and the degrees of freedom of
// Satterthwaite; from two scores on each side.
Change ChangeOf(const Sums& earlier, const Sums& later);

// sum / n at two places, half up.  n > 0, sum >= 0; hundredths.
double RoundedMean(int64_t sum, int64_t n);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_MEAN_H_
