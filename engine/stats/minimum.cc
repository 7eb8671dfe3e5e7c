#include "engine/stats/minimum.h"

#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <utility>

namespace attune {
namespace {

constexpr int kSteps = 48;  // four in each power of ten
constexpr int kBits = 28;   // half a double's: more cannot be told apart
constexpr int kRootBits = 50;
constexpr std::uintmax_t kMostIterations = 200;

double RatioAt(double step) {
  return kSmallestRatio *
         std::pow(kLargestRatio / kSmallestRatio, step / kSteps);
}

struct Bracket {
  int best = 0;
  double low = 0;
  double high = 0;
};

Bracket BestOnGrid(const std::function<double(double)>& value) {
  Bracket bracket;
  double smallest = value(RatioAt(0));
  for (int i = 1; i <= kSteps; ++i) {
    const double here = value(RatioAt(i));
    if (here < smallest) {
      smallest = here;
      bracket.best = i;
    }
  }
  bracket.low = std::log(RatioAt(std::max(bracket.best - 1, 0)));
  bracket.high = std::log(RatioAt(std::min(bracket.best + 1, kSteps)));
  return bracket;
}

Minimum Narrowed(const std::function<double(double)>& value,
                 const Bracket& bracket) {
  std::uintmax_t iterations = kMostIterations;
  const auto [place, smallest] = boost::math::tools::brent_find_minima(
      [&value](double log_ratio) { return value(std::exp(log_ratio)); },
      bracket.low, bracket.high, kBits, iterations);
  Minimum minimum{std::exp(place), smallest};
  const double low_end = value(kSmallestRatio);
  const double high_end = value(kLargestRatio);
  if (bracket.best == 0 && low_end <= smallest) {
    minimum = {kSmallestRatio, low_end, true, false};
  } else if (bracket.best == kSteps && high_end <= smallest) {
    minimum = {kLargestRatio, high_end, false, true};
  }
  return minimum;
}

}  // namespace

Minimum SmallestOver(const std::function<double(double)>& value) {
  return Narrowed(value, BestOnGrid(value));
}

Minimum SmallestOver(const std::function<double(double)>& value,
                     const std::function<double(double)>& slope) {
  const Bracket bracket = BestOnGrid(value);
  const double low = std::exp(bracket.low);
  const double high = std::exp(bracket.high);
  const double low_slope = slope(low);
  const double high_slope = slope(high);
  if (!(low_slope < 0 && high_slope > 0)) return Narrowed(value, bracket);
  std::uintmax_t iterations = kMostIterations;
  const auto [left, right] = boost::math::tools::toms748_solve(
      slope, low, high, low_slope, high_slope,
      boost::math::tools::eps_tolerance<double>(kRootBits), iterations);
  const double ratio = (left + right) / 2;
  return {ratio, value(ratio)};
}

}  // namespace attune
