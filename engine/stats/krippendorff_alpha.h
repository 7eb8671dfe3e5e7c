// Krippendorff's alpha: agreement of any number of raters with gaps, on any
// level of measurement.  Krippendorff 2011, "Computing Krippendorff's
// Alpha-Reliability".

#ifndef ATTUNE_ENGINE_STATS_KRIPPENDORFF_ALPHA_H_
#define ATTUNE_ENGINE_STATS_KRIPPENDORFF_ALPHA_H_

#include <cstdint>
#include <optional>

#include "engine/stats/figure.h"
#include "engine/stats/ratings.h"

namespace attune {

enum class Level { kNominal, kOrdinal, kInterval, kRatio };

struct KrippendorffAlpha {
  // `no_pairable_values`, `no_variation`; `degenerate` on the ratio level if a
  // value is below 0.
  Figure alpha;
  std::optional<double> observed;  // disagreement, Do
  std::optional<double> expected;  // De
  int64_t pairable_values = 0;
  int64_t units = 0;  // with two values or more
};
KrippendorffAlpha AlphaOf(const Ratings& ratings, Level level);

// The 95 % interval from drawing units with replacement, by percentiles.
struct AlphaInterval {
  // Absent if alpha is, if there is but one unit to draw, if there are no
  // draws, or if none of them varies.
  std::optional<Interval> interval;
  uint64_t seed = 0;
  int64_t draws = 0;
  int64_t skipped = 0;  // draws without variation, which have no alpha
};
AlphaInterval AlphaIntervalOf(const Ratings& ratings, Level level,
                              int64_t draws, uint64_t seed);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_KRIPPENDORFF_ALPHA_H_
