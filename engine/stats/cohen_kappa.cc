#include "engine/stats/cohen_kappa.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "absl/container/flat_hash_map.h"
#include "engine/stats/distributions.h"

namespace attune {
namespace {

// 1 - v_ij / max v; 1 everywhere if there is no disagreement at all.
AgreementWeights Against(size_t categories,
                         const std::function<double(size_t, size_t)>& v) {
  AgreementWeights weights(categories);
  double most = 0;
  for (size_t i = 0; i < categories; ++i) {
    for (size_t j = 0; j < categories; ++j) most = std::max(most, v(i, j));
  }
  for (size_t i = 0; i < categories; ++i) {
    for (size_t j = 0; j < categories; ++j) {
      weights.At(i, j) = most > 0 ? 1 - v(i, j) / most : 1;
    }
  }
  return weights;
}

// Shares of the whole: of the cells, of the rows, of the columns.
struct Shares {
  explicit Shares(const PairTable& table)
      : cells(table.size), rows(table.size), columns(table.size) {
    const auto n = static_cast<double>(
        std::accumulate(table.cells.begin(), table.cells.end(), int64_t{0}));
    for (size_t i = 0; i < table.size; ++i) {
      for (size_t j = 0; j < table.size; ++j) {
        const double share = static_cast<double>(table.At(i, j)) / n;
        cells.At(i, j) = share;
        rows[i] += share;
        columns[j] += share;
      }
    }
  }
  SquareTable<double> cells;
  std::vector<double> rows;
  std::vector<double> columns;
};

// A rounding below 0 is a variance of 0.
double Root(double variance) { return std::sqrt(std::max(0.0, variance)); }

// The standard errors: see the file's head.
void AddErrors(const Shares& p, const AgreementWeights& w, CohenKappa& result) {
  const double pe = *result.pe;
  const double kappa = *result.kappa.value;
  const size_t size = w.size;
  std::vector<double> a(size);
  std::vector<double> b(size);
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = 0; j < size; ++j) {
      a[i] += w.At(i, j) * p.columns[j];
      b[j] += w.At(i, j) * p.rows[i];
    }
  }
  double sum = 0;
  double sum0 = 0;
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = 0; j < size; ++j) {
      const double here = w.At(i, j) - (a[i] + b[j]) * (1 - kappa);
      const double here0 = w.At(i, j) - (a[i] + b[j]);
      sum += p.cells.At(i, j) * here * here;
      sum0 += p.rows[i] * p.columns[j] * here0 * here0;
    }
  }
  const double scale = static_cast<double>(result.n) * (1 - pe) * (1 - pe);
  const double centre = kappa - pe * (1 - kappa);
  result.se = Root((sum - centre * centre) / scale);
  result.se0 = Root((sum0 - pe * pe) / scale);
  if (*result.se0 > 0) result.z = kappa / *result.se0;
  const double margin = NormalMargin() * *result.se;
  result.interval = Clipped({kappa - margin, kappa + margin}, -1, 1);
}

}  // namespace

PairTable CrossTabulate(const Ratings& ratings, size_t first, size_t second,
                        absl::Span<const double> categories) {
  PairTable table(categories.size());
  absl::flat_hash_map<double, size_t> places;
  for (size_t i = 0; i < categories.size(); ++i) places[categories[i]] = i;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    const auto one = ratings.Get(unit, first);
    const auto other = ratings.Get(unit, second);
    if (!one || !other) continue;
    const auto i = places.find(*one);
    const auto j = places.find(*other);
    if (i == places.end() || j == places.end()) continue;
    ++table.At(i->second, j->second);
  }
  return table;
}

AgreementWeights Unweighted(size_t categories) {
  return Against(categories,
                 [](size_t i, size_t j) { return i == j ? 0.0 : 1.0; });
}

AgreementWeights LinearWeights(absl::Span<const double> positions) {
  return Against(positions.size(), [positions](size_t i, size_t j) {
    return std::abs(positions[i] - positions[j]);
  });
}

AgreementWeights QuadraticWeights(absl::Span<const double> positions) {
  return Against(positions.size(), [positions](size_t i, size_t j) {
    const double distance = positions[i] - positions[j];
    return distance * distance;
  });
}

AgreementWeights WeightsAgainst(const SquareTable<double>& disagreement) {
  return Against(disagreement.size, [&disagreement](size_t i, size_t j) {
    return disagreement.At(i, j);
  });
}

CohenKappa CohenKappaOf(const PairTable& table,
                        const AgreementWeights& weights) {
  CohenKappa result;
  result.n =
      std::accumulate(table.cells.begin(), table.cells.end(), int64_t{0});
  if (result.n == 0) {
    result.kappa = Figure::Undefined(Reason::kNoData);
    return result;
  }
  const Shares p(table);
  // Kappa is 1 - disagreement / expected disagreement, and that is exactly 0
  // where chance always agrees; 1 - pe would be so only nearly.
  double disagreement = 0;
  double expected = 0;
  for (size_t i = 0; i < table.size; ++i) {
    for (size_t j = 0; j < table.size; ++j) {
      const double lack = 1 - weights.At(i, j);
      disagreement += lack * p.cells.At(i, j);
      expected += lack * p.rows[i] * p.columns[j];
    }
  }
  result.po = 1 - disagreement;
  result.pe = 1 - expected;
  result.kappa =
      Quotient(expected - disagreement, expected, Reason::kNoVariation);
  if (result.kappa.value) AddErrors(p, weights, result);
  return result;
}

LightKappa LightKappaOf(const Ratings& ratings,
                        absl::Span<const double> categories,
                        const AgreementWeights& weights) {
  LightKappa result;
  Reason reason = Reason::kOneRater;
  double sum = 0;
  for (size_t i = 0; i < ratings.raters(); ++i) {
    for (size_t j = i + 1; j < ratings.raters(); ++j) {
      const CohenKappa kappa =
          CohenKappaOf(CrossTabulate(ratings, i, j, categories), weights);
      if (kappa.kappa.value) {
        sum += *kappa.kappa.value;
        ++result.pairs;
      } else if (reason != Reason::kNoVariation) {
        reason = kappa.kappa.reason;
      }
    }
  }
  result.kappa = Quotient(sum, static_cast<double>(result.pairs), reason);
  return result;
}

}  // namespace attune
