// The Net Promoter Score (Reichheld 2003) with intervals that hold for small
// groups.  Scores run from -100 to 100.

#ifndef ATTUNE_ENGINE_STATS_NPS_H_
#define ATTUNE_ENGINE_STATS_NPS_H_

#include <cstdint>
#include <optional>

#include "engine/stats/figure.h"

namespace attune {

enum class NpsCategory { kDetractor, kPassive, kPromoter };

// 0-6, 7-8, 9-10; nothing for any other number: what is no whole answer is
// refused, not rounded.
std::optional<NpsCategory> NpsCategoryOf(double answer);

struct NpsCounts {
  int64_t promoters = 0;
  int64_t passives = 0;
  int64_t detractors = 0;

  void Add(NpsCategory category);
  int64_t n() const { return promoters + passives + detractors; }
};

struct NpsEstimate {
  double nps = 0;
  double se = 0;
  double margin = 0;  // 95 %, before the interval is clipped
  Interval interval;  // within -100 to 100
};

struct Nps {
  // 100 (promoters - detractors) / n.  `no_data`; `too_few` under five answers,
  // where only the counts should be shown.
  Figure nps;
  std::optional<double> variance;  // of one answer coded -1, 0, 1; divided by n
  // What follows is present whenever `nps` is.  The population form.
  std::optional<NpsEstimate> wald;
  // The one to show: three answers more, of each side 3/4 (Rocks 2016; Lewis
  // and Sauro 2021).
  std::optional<NpsEstimate> adjusted;
  // By the score test (Tango 1998).
  std::optional<Interval> score;
};
Nps NpsOf(const NpsCounts& counts);

enum class NpsMethod { kWald, kAdjusted };

// b - a, for two groups of different customers.
struct NpsDifference {
  // `no_data` if a group is empty.  With kAdjusted of the adjusted scores.
  Figure difference;
  std::optional<double> se;
  std::optional<double> z;           // absent if nothing varies
  std::optional<double> p;           // two-sided
  std::optional<Interval> interval;  // 95 %
};
NpsDifference NpsDifferenceOf(const NpsCounts& a, const NpsCounts& b,
                              NpsMethod method);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_NPS_H_
