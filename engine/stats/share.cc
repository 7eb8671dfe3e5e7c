#include "engine/stats/share.h"

#include <cmath>

#include "engine/stats/distributions.h"

namespace attune {
namespace {

constexpr double kFull = 100;

// A share of counts that need not be whole.
struct Counted {
  double share = 0;
  double variance = 0;  // of the share
};

// `added` answers more, half of them yes.
Counted Adjusted(const ShareCounts& counts, double added) {
  const double n = static_cast<double>(counts.n()) + added;
  const double share = (static_cast<double>(counts.yes) + added / 2) / n;
  return {share, share * (1 - share) / n};
}

}  // namespace

Share ShareOf(const ShareCounts& counts) {
  Share result;
  result.percent = Quotient(kFull * static_cast<double>(counts.yes),
                            static_cast<double>(counts.n()), Reason::kNoData);
  if (!result.percent.value) return result;
  const auto n = static_cast<double>(counts.n());
  const double p = static_cast<double>(counts.yes) / n;
  const double z = NormalMargin();
  const double scale = 1 + z * z / n;
  const double middle = kFull * (p + z * z / (2 * n)) / scale;
  const double margin =
      kFull * z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
  Interval interval = Clipped({middle - margin, middle + margin}, 0, kFull);
  // Exactly, whatever the roots were rounded to.
  if (counts.yes == 0) interval.low = 0;
  if (counts.no == 0) interval.high = kFull;
  result.margin = margin;
  result.interval = interval;
  return result;
}

ShareDifference ShareDifferenceOf(const ShareCounts& a, const ShareCounts& b) {
  constexpr double kAdded = 2;
  ShareDifference result;
  if (a.n() == 0 || b.n() == 0) {
    result.difference = Figure::Undefined(Reason::kNoData);
    return result;
  }
  const Counted first = Adjusted(a, kAdded);
  const Counted second = Adjusted(b, kAdded);
  const double difference = kFull * (second.share - first.share);
  const double se = kFull * std::sqrt(first.variance + second.variance);
  const double margin = NormalMargin() * se;
  result.difference = Figure::Of(difference);
  result.interval = Interval{difference - margin, difference + margin};
  // Never 0: either group has a yes and a no.
  result.z = difference / se;
  result.p = TwoSidedNormal(*result.z);
  return result;
}

}  // namespace attune
