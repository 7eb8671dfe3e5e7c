// What agents do in the first self-checks.

#ifndef ATTUNE_TESTS_E2E_FIRST_CYCLE_H_
#define ATTUNE_TESTS_E2E_FIRST_CYCLE_H_

#include "tests/e2e/center.h"

namespace attune::half_year {

// a03, whose lead's pick the severe one scores.
inline constexpr int kArguing = 2;

// Both, but of the leaver the own one alone.
void GradePicks(Center& center, int agent);
// The name must go (agent % 4 but 3), the greeting is unclear to each third,
// the tries are good to each second.
void GiveFeedback(Center& center, int agent);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_FIRST_CYCLE_H_
