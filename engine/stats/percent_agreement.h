// How often raters agree, before chance is taken out.

#ifndef ATTUNE_ENGINE_STATS_PERCENT_AGREEMENT_H_
#define ATTUNE_ENGINE_STATS_PERCENT_AGREEMENT_H_

#include <cstdint>

#include "engine/stats/figure.h"
#include "engine/stats/ratings.h"

namespace attune {

struct PercentAgreement {
  Figure share;          // 0 to 1; `no_data`, `no_pairable_values`
  int64_t units = 0;     // with two ratings or more: what `share` is about
  int64_t n_single = 0;  // units with one rating, left out
};

// The mean over units of the share of their pairs of ratings that differ by no
// more than `tolerance`, which is 0 or more.
PercentAgreement PairwiseAgreement(const Ratings& ratings, double tolerance);

// The share of units whose ratings all lie within `tolerance` of each other.
PercentAgreement UnanimousAgreement(const Ratings& ratings, double tolerance);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_PERCENT_AGREEMENT_H_
