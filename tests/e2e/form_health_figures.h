// Form health, against the ledger.

#ifndef ATTUNE_TESTS_E2E_FORM_HEALTH_FIGURES_H_
#define ATTUNE_TESTS_E2E_FORM_HEALTH_FIGURES_H_

#include <string>
#include <vector>

#include "tests/e2e/center.h"

namespace attune::half_year {

// Form health of a form (0) or one of its revisions.
v1::FormHealth ExpectFormHealth(Center& center, int revision);
const v1::QuestionHealth& HealthOf(const v1::FormHealth& health,
                                   size_t question);
// By their names, such as ALWAYS_PASSED.
std::vector<std::string> FindingsOf(const v1::QuestionHealth& question);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_FORM_HEALTH_FIGURES_H_
