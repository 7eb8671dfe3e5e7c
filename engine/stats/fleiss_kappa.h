// Agreement of many raters on categories, beyond chance: Fleiss' kappa,
// Conger's exact one and Gwet's AC1.

#ifndef ATTUNE_ENGINE_STATS_FLEISS_KAPPA_H_
#define ATTUNE_ENGINE_STATS_FLEISS_KAPPA_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/stats/figure.h"
#include "engine/stats/ratings.h"

namespace attune {

// Fleiss 1971, for unequal numbers of ratings in Gwet's form (2014): chance
// comes from every unit that was rated, agreement from those rated twice.
struct FleissKappa {
  Figure kappa;              // `no_data`, `no_pairable_values`, `no_variation`
  int64_t units = 0;         // rated
  int64_t units_paired = 0;  // rated twice or more
  std::optional<double> pa;  // observed agreement; absent if nothing is paired
  std::optional<double> pe;  // by chance; absent if nothing is rated
  // Only where every unit has the same number of ratings (Fleiss, Nee and
  // Landis 1979): the standard error if kappa is 0, z = kappa / se0, and for
  // each category its own kappa (`no_variation` if it is never or always used).
  std::optional<double> se0;
  std::optional<double> z;
  std::vector<Figure> category_kappas;
  std::optional<double> category_se0;
};
FleissKappa FleissKappaOf(const CategoryCounts& counts);

// Conger 1980: chance from each rater's own habits.  From units that every
// rater rated; `no_data`, `one_rater`, `no_variation`.
Figure CongerKappaOf(const Ratings& ratings,
                     absl::Span<const double> categories);

// Gwet 2008: agreement that survives when nearly everything gets one category.
// Depends on how many categories there are.  Reasons as with Fleiss; one
// category alone is `no_variation`.
struct GwetAc1 {
  Figure ac1;
  std::optional<double> pa;
  std::optional<double> pe;
};
GwetAc1 GwetAc1Of(const CategoryCounts& counts);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_FLEISS_KAPPA_H_
