// The smallest value of a smooth function of one ratio of variances.

#ifndef ATTUNE_ENGINE_STATS_MINIMUM_H_
#define ATTUNE_ENGINE_STATS_MINIMUM_H_

#include <functional>

namespace attune {

// Variance ratios are searched here; nothing that is scored comes near either
// end unless one of the variances is 0.
inline constexpr double kSmallestRatio = 1e-6;
inline constexpr double kLargestRatio = 1e6;

struct Minimum {
  double ratio = 0;
  double value = 0;
  bool at_low_end = false;
  bool at_high_end = false;
};

// Looks at a logarithmic grid from kSmallestRatio to kLargestRatio, then
// between the neighbours of the best place by Brent's method.
Minimum SmallestOver(const std::function<double(double)>& value);

// The same, sharpened to the root of the function's slope: a minimum alone is
// known to half the digits of its value.
Minimum SmallestOver(const std::function<double(double)>& value,
                     const std::function<double(double)>& slope);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_MINIMUM_H_
