// Severity and drift, against the ledger.

#ifndef ATTUNE_TESTS_E2E_SEVERITY_H_
#define ATTUNE_TESTS_E2E_SEVERITY_H_

#include <string>

#include "tests/e2e/center.h"

namespace attune::half_year {

// Of calls on these days, both included.  The model is fitted here once more,
// to the sheets; what the server tells must be the same.
v1::SeverityReport ExpectSeverity(Center& center, const std::string& first_day,
                                  const std::string& last_day);

// Of the severe one over everything, by the formula in severity.proto.
v1::RaterDrift ExpectDrift(Center& center);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_SEVERITY_H_
