// Several comparisons shown together.

#ifndef ATTUNE_ENGINE_STATS_HOLM_H_
#define ATTUNE_ENGINE_STATS_HOLM_H_

#include <vector>

#include "absl/types/span.h"

namespace attune {

// Holm 1979: each p made so large that, of all comparisons whose result is
// under 0.05, the chance of a single false one is under 0.05.  In the given
// order.
std::vector<double> HolmAdjusted(absl::Span<const double> p_values);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_HOLM_H_
