// The contest report, against the ledger.

#ifndef ATTUNE_TESTS_E2E_CONTEST_FIGURES_H_
#define ATTUNE_TESTS_E2E_CONTEST_FIGURES_H_

#include "tests/e2e/center.h"

namespace attune::half_year {

// That of the whole center.
void ExpectContestFigures(Center& center);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_CONTEST_FIGURES_H_
