#include "engine/stats/mean.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace attune {
namespace {

constexpr double kUpperTail = 0.975;
constexpr double kFullPercent = 100;

// Half away from zero, as everything that is shown.
double TwoPlaces(double value) { return std::round(value * 100) / 100; }

double Quantile(double degrees_of_freedom) {
  return boost::math::quantile(
      boost::math::students_t_distribution<double>(degrees_of_freedom),
      kUpperTail);
}

// Sample variance in squared points.  The numerator is exact: with squares of
// hundredths it passes 64 bits only beyond a billion scores.
double Variance(const Sums& sums) {
  const auto n = static_cast<long double>(sums.n);
  const auto sum = static_cast<long double>(sums.sum);
  const long double squares =
      n * static_cast<long double>(sums.sum_squares) - sum * sum;
  return static_cast<double>(squares / (n * (n - 1)) / 10'000);
}

double ExactMean(const Sums& sums) {
  return static_cast<double>(sums.sum) / static_cast<double>(sums.n) / 100;
}

}  // namespace

double RoundedMean(int64_t sum, int64_t n) {
  return static_cast<double>((2 * sum + n) / (2 * n)) / 100;
}

Mean MeanOf(const Sums& sums) {
  Mean mean;
  mean.n = sums.n;
  if (sums.n == 0) {
    mean.reason = "no_data";
    return mean;
  }
  mean.percent = RoundedMean(sums.sum, sums.n);
  if (sums.n < 2) {
    mean.reason = "too_few";
    return mean;
  }
  const auto n = static_cast<double>(sums.n);
  const double deviation = std::sqrt(Variance(sums));
  const double half_width = Quantile(n - 1) * deviation / std::sqrt(n);
  mean.deviation = TwoPlaces(deviation);
  const double middle = ExactMean(sums);
  mean.low = TwoPlaces(std::max(0.0, middle - half_width));
  mean.high = middle > kFullPercent
                  ? TwoPlaces(middle + half_width)
                  : TwoPlaces(std::min(kFullPercent, middle + half_width));
  return mean;
}

Change ChangeOf(const Sums& earlier, const Sums& later) {
  Change result;
  if (earlier.n + later.n == 0) {
    result.reason = "no_data";
    return result;
  }
  if (earlier.n < 2 || later.n < 2) {
    result.reason = "too_few";
    return result;
  }
  const double change = ExactMean(later) - ExactMean(earlier);
  result.change = TwoPlaces(change);
  const auto n1 = static_cast<double>(earlier.n);
  const auto n2 = static_cast<double>(later.n);
  const double v1 = Variance(earlier) / n1;
  const double v2 = Variance(later) / n2;
  if (v1 + v2 <= 0) {
    result.reason = "no_variation";
    return result;
  }
  const double df =
      (v1 + v2) * (v1 + v2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
  const double half_width = Quantile(df) * std::sqrt(v1 + v2);
  result.low = TwoPlaces(change - half_width);
  result.high = TwoPlaces(change + half_width);
  return result;
}

}  // namespace attune
