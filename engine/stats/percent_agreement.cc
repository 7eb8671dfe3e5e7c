#include "engine/stats/percent_agreement.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace attune {
namespace {

// 0.4 and 0.3 differ by a little more than 0.1 in binary; people who write 0.1
// mean them.
constexpr double kDecimalSlack = 1 + 1e-9;

// The mean of `share` over units with two ratings or more; it gets their
// values, sorted.
PercentAgreement MeanShare(
    const Ratings& ratings,
    const std::function<double(const std::vector<double>&)>& share) {
  PercentAgreement result;
  double sum = 0;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    std::vector<double> values = ratings.ValuesOf(unit);
    if (values.size() == 1) ++result.n_single;
    if (values.size() < 2) continue;
    std::sort(values.begin(), values.end());
    sum += share(values);
    ++result.units;
  }
  result.share = Quotient(
      sum, static_cast<double>(result.units),
      result.n_single == 0 ? Reason::kNoData : Reason::kNoPairableValues);
  return result;
}

}  // namespace

PercentAgreement PairwiseAgreement(const Ratings& ratings, double tolerance) {
  const double most = tolerance * kDecimalSlack;
  return MeanShare(ratings, [most](const std::vector<double>& values) {
    int64_t near = 0;  // pairs (first, i) with first < i
    size_t first = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      while (values[i] - values[first] > most) ++first;
      near += static_cast<int64_t>(i - first);
    }
    const auto n = static_cast<double>(values.size());
    return 2 * static_cast<double>(near) / (n * (n - 1));
  });
}

PercentAgreement UnanimousAgreement(const Ratings& ratings, double tolerance) {
  const double most = tolerance * kDecimalSlack;
  return MeanShare(ratings, [most](const std::vector<double>& values) {
    return values.back() - values.front() <= most ? 1.0 : 0.0;
  });
}

}  // namespace attune
