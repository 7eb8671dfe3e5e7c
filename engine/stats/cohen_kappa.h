// Cohen's kappa: two raters' agreement beyond chance.  Cohen 1960 and,
// weighted, 1968; standard errors of Fleiss, Cohen and Everitt 1969.

#ifndef ATTUNE_ENGINE_STATS_COHEN_KAPPA_H_
#define ATTUNE_ENGINE_STATS_COHEN_KAPPA_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/stats/figure.h"
#include "engine/stats/ratings.h"

namespace attune {

// A square table, row by row: for two raters how often the first gave category
// i and the second j, or how much agreement there is between i and j.
template <typename Number>
struct SquareTable {
  explicit SquareTable(size_t categories)
      : size(categories), cells(categories * categories) {}
  Number& At(size_t i, size_t j) { return cells[i * size + j]; }
  Number At(size_t i, size_t j) const { return cells[i * size + j]; }

  size_t size;
  std::vector<Number> cells;
};

using PairTable = SquareTable<int64_t>;
using AgreementWeights = SquareTable<double>;

// Units that both raters gave one of `categories`, in the order of a form's
// options; other values count as gaps.
PairTable CrossTabulate(const Ratings& ratings, size_t first, size_t second,
                        absl::Span<const double> categories);

// 1 on the diagonal and 0 elsewhere: the only weights for unordered options.
AgreementWeights Unweighted(size_t categories);
// 1 - |x_i - x_j| / max and 1 - (x_i - x_j)^2 / max; `positions` are ranks, or
// an option's points.
AgreementWeights LinearWeights(absl::Span<const double> positions);
AgreementWeights QuadraticWeights(absl::Span<const double> positions);
// 1 - v / max v of given disagreements, which are 0 or more.
AgreementWeights WeightsAgainst(const SquareTable<double>& disagreement);

struct CohenKappa {
  int64_t n = 0;              // units that both rated
  Figure kappa;               // `no_data`; `no_variation`: chance agrees always
  std::optional<double> po;   // weighted agreement; absent if n is 0
  std::optional<double> pe;   // what chance gives
  std::optional<double> se;   // for the interval
  std::optional<double> se0;  // for the test of kappa = 0
  std::optional<double> z;    // kappa / se0
  std::optional<Interval> interval;  // 95 %, within -1 to 1
};

// `weights` has the size of `table`, nothing above 1 and 1 on its diagonal.
CohenKappa CohenKappaOf(const PairTable& table,
                        const AgreementWeights& weights);

// Light 1971: the mean of all pairs of raters whose kappa is defined, with
// their number.  A summary; the headline of many raters is Fleiss or alpha.
struct LightKappa {
  Figure kappa;  // `one_rater`, `no_data`, `no_variation`
  int64_t pairs = 0;
};
LightKappa LightKappaOf(const Ratings& ratings,
                        absl::Span<const double> categories,
                        const AgreementWeights& weights);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_COHEN_KAPPA_H_
