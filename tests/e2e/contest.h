// Agents object, and somebody independent rules.

#ifndef ATTUNE_TESTS_E2E_CONTEST_H_
#define ATTUNE_TESTS_E2E_CONTEST_H_

#include <set>
#include <string>
#include <vector>

#include "tests/e2e/center.h"

namespace attune::half_year {

// `person` asks for full points of these questions; it may fail, and then
// nothing stands in the ledger.
absl::StatusOr<v1::Contest> Contest(Center& center, const std::string& person,
                                    const std::string& evaluation,
                                    const std::vector<size_t>& questions);

// The ruler gives the points of those in `granted`, and upholds the others.
absl::StatusOr<v1::Contest> Rule(Center& center, const std::string& ruler,
                                 const v1::Contest& contest,
                                 const std::set<size_t>& granted);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_CONTEST_H_
