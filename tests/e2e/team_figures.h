// What leads and agents read, against the ledger.

#ifndef ATTUNE_TESTS_E2E_TEAM_FIGURES_H_
#define ATTUNE_TESTS_E2E_TEAM_FIGURES_H_

#include "tests/e2e/center.h"

namespace attune::half_year {

// Every team's coaching report and every agent's scorecard, each with the token
// of who it is for.
void ExpectTeamFigures(Center& center);

// The store proves its rollups.
void ExpectVerified(Center& center);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_TEAM_FIGURES_H_
