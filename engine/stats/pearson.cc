#include "engine/stats/pearson.h"

#include <cmath>

namespace attune {
namespace {

__extension__ typedef __int128 Wide;

// n times the sum of a * b about their means.
Wide Spread(int64_t n, int64_t ab, int64_t a, int64_t b) {
  return Wide{n} * ab - Wide{a} * b;
}

}  // namespace

Figure PearsonOf(const PearsonSums& sums) {
  if (sums.n == 0) return Figure::Undefined(Reason::kNoData);
  if (sums.n < 2) return Figure::Undefined(Reason::kTooFew);
  const Wide xx = Spread(sums.n, sums.xx, sums.x, sums.x);
  const Wide yy = Spread(sums.n, sums.yy, sums.y, sums.y);
  if (xx == 0 || yy == 0) return Figure::Undefined(Reason::kNoVariation);
  const auto xy = static_cast<double>(Spread(sums.n, sums.xy, sums.x, sums.y));
  return Figure::Of(xy / std::sqrt(static_cast<double>(xx)) /
                    std::sqrt(static_cast<double>(yy)));
}

}  // namespace attune
