// The share that says yes, with intervals that hold for small groups.  Percent.

#ifndef ATTUNE_ENGINE_STATS_SHARE_H_
#define ATTUNE_ENGINE_STATS_SHARE_H_

#include <cstdint>
#include <optional>

#include "engine/stats/figure.h"

namespace attune {

struct ShareCounts {
  int64_t yes = 0;
  int64_t no = 0;
  int64_t n() const { return yes + no; }
};

struct Share {
  Figure percent;  // `no_data`
  // 95 %, by the score test (Wilson 1927); present whenever the percent is.
  std::optional<double> margin;      // half its width
  std::optional<Interval> interval;  // within 0 to 100
};
Share ShareOf(const ShareCounts& counts);

// b - a, for two groups of different people.
struct ShareDifference {
  // Of the shares with one yes and one no more in each group (Agresti and Caffo
  // 2000); `no_data` if a group is empty.
  Figure difference;
  std::optional<double> z;
  std::optional<double> p;           // two-sided
  std::optional<Interval> interval;  // 95 %
};
ShareDifference ShareDifferenceOf(const ShareCounts& a, const ShareCounts& b);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_SHARE_H_
