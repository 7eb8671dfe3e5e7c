// Pearson's correlation of two whole-numbered measures, from exact sums: it
// never depends on the order in which they came.

#ifndef ATTUNE_ENGINE_STATS_PEARSON_H_
#define ATTUNE_ENGINE_STATS_PEARSON_H_

#include <cstdint>

#include "engine/stats/figure.h"

namespace attune {

// Up to 10^9 pairs of numbers up to 10^4 and more: sums fit 64 bits.
struct PearsonSums {
  int64_t n = 0;
  int64_t x = 0;
  int64_t y = 0;
  int64_t xx = 0;
  int64_t yy = 0;
  int64_t xy = 0;

  void Add(int64_t value_x, int64_t value_y) {
    ++n;
    x += value_x;
    y += value_y;
    xx += value_x * value_x;
    yy += value_y * value_y;
    xy += value_x * value_y;
  }
  void Add(const PearsonSums& other) {
    n += other.n;
    x += other.x;
    y += other.y;
    xx += other.xx;
    yy += other.yy;
    xy += other.xy;
  }
};

// (n Sxy - Sx Sy) / sqrt((n Sxx - Sx^2) (n Syy - Sy^2)).  `no_data`; `too_few`
// under two pairs; `no_variation` if one measure is always the same.
Figure PearsonOf(const PearsonSums& sums);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_PEARSON_H_
