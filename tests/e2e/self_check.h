// One self-check: picks, grades, feedback and gaps.

#ifndef ATTUNE_TESTS_E2E_SELF_CHECK_H_
#define ATTUNE_TESTS_E2E_SELF_CHECK_H_

#include <string>
#include <vector>

#include "tests/e2e/center.h"

namespace attune::half_year {

std::string CycleId(int cycle);               // 2026-1
std::string SessionOf(int agent, int cycle);  // people/a01/selfChecks/2026-1
std::string ChatOf(int agent, int cycle, const std::string& which);

// The agent picks `own` or `other`, the lead `lead`.
absl::StatusOr<v1::SelfCheck> Pick(Center& center, int agent, int cycle,
                                   const std::string& which);
// Both of them, the agent first.
void PickBoth(Center& center, int agent, int cycle);

// The agent's draft of a pick.
v1::Evaluation BeginGrading(Center& center, int agent, int cycle,
                            const std::string& which);
v1::Evaluation Grade(Center& center, int agent, int cycle,
                     const std::string& which);

v1::SelfCheck SelfCheckOf(Center& center, int agent, int cycle);
// The gap of a done session against its sheets; `revision` is the session's.
void ExpectGap(Center& center, int agent, int cycle, int revision);

// Who has not done it in time, by id.
std::vector<std::string> Overdue(Center& center);

v1::SelfCheckCycle CycleOf(Center& center, int cycle);
v1::SelfCheckCycle CloseCycle(Center& center, int cycle);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_SELF_CHECK_H_
