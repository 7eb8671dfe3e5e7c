#include "engine/stats/fleiss_kappa.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_map.h"

namespace attune {
namespace {

// What Fleiss' kappa and AC1 have in common.
struct Agreement {
  int64_t units = 0;
  int64_t paired = 0;
  double pa = 0;
  std::vector<double> shares;  // of the categories, each unit counting once
  int64_t least = 0;           // ratings of a unit
  int64_t most = 0;

  Reason missing() const {
    if (units == 0) return Reason::kNoData;
    if (paired == 0) return Reason::kNoPairableValues;
    return Reason::kNone;
  }
  // Exact: one category has everything.
  bool has_variation() const {
    return std::count_if(shares.begin(), shares.end(),
                         [](double share) { return share > 0; }) > 1;
  }
};

Agreement AgreementOf(const CategoryCounts& counts) {
  Agreement result;
  result.shares.resize(counts.categories());
  for (size_t unit = 0; unit < counts.units(); ++unit) {
    const int64_t ratings = counts.Of(unit);
    if (ratings == 0) continue;
    result.least =
        result.units == 0 ? ratings : std::min(result.least, ratings);
    result.most = std::max(result.most, ratings);
    ++result.units;
    const auto r = static_cast<double>(ratings);
    double pairs = 0;
    for (const CategoryCounts::Cell& cell : counts.CellsOf(unit)) {
      const auto count = static_cast<double>(cell.count);
      result.shares[cell.category] += count / r;
      pairs += count * (count - 1);
    }
    if (ratings < 2) continue;
    ++result.paired;
    result.pa += pairs / (r * (r - 1));
  }
  if (result.paired > 0) result.pa /= static_cast<double>(result.paired);
  for (double& share : result.shares) {
    if (result.units > 0) share /= static_cast<double>(result.units);
  }
  return result;
}

double SumOfSquares(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum;
}

// For m ratings of every unit.
void AddErrors(const CategoryCounts& counts, const Agreement& agreement,
               FleissKappa& result) {
  const auto m = static_cast<double>(agreement.most);
  const double pairs = static_cast<double>(agreement.units) * m * (m - 1);
  double spread = 0;
  double skew = 0;
  for (const double p : agreement.shares) {
    const double q = 1 - p;
    spread += p * q;
    skew += p * q * (q - p);
  }
  result.se0 =
      std::sqrt(std::max(0.0, 2 / pairs * (spread * spread - skew))) / spread;
  if (*result.se0 > 0) result.z = *result.kappa.value / *result.se0;
  result.category_se0 = std::sqrt(2 / pairs);
  std::vector<double> apart(counts.categories());
  for (size_t unit = 0; unit < counts.units(); ++unit) {
    for (const CategoryCounts::Cell& cell : counts.CellsOf(unit)) {
      const auto count = static_cast<double>(cell.count);
      apart[cell.category] += count * (m - count);
    }
  }
  for (size_t k = 0; k < counts.categories(); ++k) {
    const double p = agreement.shares[k];
    const double chance = pairs * p * (1 - p);
    result.category_kappas.push_back(
        Quotient(chance - apart[k], chance, Reason::kNoVariation));
  }
}

}  // namespace

FleissKappa FleissKappaOf(const CategoryCounts& counts) {
  const Agreement agreement = AgreementOf(counts);
  FleissKappa result;
  result.units = agreement.units;
  result.units_paired = agreement.paired;
  const double pe = SumOfSquares(agreement.shares);
  if (agreement.units > 0) result.pe = pe;
  if (agreement.paired > 0) result.pa = agreement.pa;
  if (agreement.missing() != Reason::kNone) {
    result.kappa = Figure::Undefined(agreement.missing());
    return result;
  }
  if (!agreement.has_variation()) {
    result.kappa = Figure::Undefined(Reason::kNoVariation);
    return result;
  }
  result.kappa = Figure::Of((agreement.pa - pe) / (1 - pe));
  if (agreement.least == agreement.most) AddErrors(counts, agreement, result);
  return result;
}

Figure CongerKappaOf(const Ratings& ratings,
                     absl::Span<const double> categories) {
  const size_t raters = ratings.raters();
  if (raters < 2) return Figure::Undefined(Reason::kOneRater);
  absl::flat_hash_map<double, size_t> places;
  for (size_t i = 0; i < categories.size(); ++i) places[categories[i]] = i;
  CategoryCounts by_unit(ratings.units(), categories.size());
  CategoryCounts by_rater(raters, categories.size());
  int64_t units = 0;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    const std::vector<double> values = ratings.ValuesOf(unit);
    const bool complete =
        values.size() == raters &&
        std::all_of(values.begin(), values.end(),
                    [&places](double value) { return places.contains(value); });
    if (!complete) continue;
    for (size_t rater = 0; rater < raters; ++rater) {
      const size_t category = places[values[rater]];
      by_unit.Add(unit, category, 1);
      by_rater.Add(rater, category, 1);
    }
    ++units;
  }
  if (units == 0) return Figure::Undefined(Reason::kNoData);
  // The mean over pairs of raters of what their habits agree on by chance.
  const auto n = static_cast<double>(units);
  const auto m = static_cast<double>(raters);
  std::vector<double> sums(categories.size());
  double squares = 0;
  for (size_t rater = 0; rater < raters; ++rater) {
    for (const CategoryCounts::Cell& cell : by_rater.CellsOf(rater)) {
      const double share = static_cast<double>(cell.count) / n;
      sums[cell.category] += share;
      squares += share * share;
    }
  }
  const Agreement agreement = AgreementOf(by_unit);
  if (!agreement.has_variation()) {
    return Figure::Undefined(Reason::kNoVariation);
  }
  const double pe = (SumOfSquares(sums) - squares) / (m * (m - 1));
  return Figure::Of((agreement.pa - pe) / (1 - pe));
}

GwetAc1 GwetAc1Of(const CategoryCounts& counts) {
  const Agreement agreement = AgreementOf(counts);
  GwetAc1 result;
  if (agreement.missing() != Reason::kNone) {
    result.ac1 = Figure::Undefined(agreement.missing());
    return result;
  }
  result.pa = agreement.pa;
  if (counts.categories() < 2) {
    result.ac1 = Figure::Undefined(Reason::kNoVariation);
    return result;
  }
  double spread = 0;
  for (const double share : agreement.shares) spread += share * (1 - share);
  result.pe = spread / static_cast<double>(counts.categories() - 1);
  result.ac1 = Figure::Of((agreement.pa - *result.pe) / (1 - *result.pe));
  return result;
}

}  // namespace attune
