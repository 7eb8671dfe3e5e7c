// The six intraclass correlations of Shrout and Fleiss 1979, with the intervals
// of McGraw and Wong 1996.

#ifndef ATTUNE_ENGINE_STATS_ICC_H_
#define ATTUNE_ENGINE_STATS_ICC_H_

#include <cstdint>
#include <optional>

#include "engine/stats/figure.h"
#include "engine/stats/ratings.h"

namespace attune {

// `single` is of one rater, `average` of the mean of all of them.
struct IccFigure {
  // `no_data`, `one_rater`, `one_target`, `no_variation`; `degenerate` where a
  // formula's denominator is not above 0; `too_few` if too few targets are
  // complete.
  Figure value;
  std::optional<Interval> interval;  // 95 %; absent without residual
};

struct IccPair {
  IccFigure single;
  IccFigure average;
};

// F of the targets against the residual.
struct IccTest {
  double f = 0;
  double p = 0;
};

struct Icc {
  IccPair one_way;      // (1,1), (1,k): nobody knows who rated whom
  IccPair agreement;    // (2,1), (2,k): the headline is (2,1)
  IccPair consistency;  // (3,1), (3,k): severity does not count
  int64_t targets = 0;  // that were used
  int64_t dropped = 0;  // rated, but not by every rater, and so not used
  // Under 80 % of the targets are complete: (2,1) comes from the variances of
  // the crossed model, all targets used, and the others are `too_few`.
  bool from_variances = false;
  // Mean squares: targets, within targets, raters, residual.
  struct MeanSquares {
    double targets = 0;
    double within = 0;
    double raters = 0;
    double residual = 0;
  };
  std::optional<MeanSquares> mean_squares;
  std::optional<IccTest> one_way_test;
  std::optional<IccTest> consistency_test;
};

// Units are targets.
Icc IccOf(const Ratings& ratings);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_ICC_H_
