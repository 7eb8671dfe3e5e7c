// Advocates at work.

#ifndef ATTUNE_TESTS_E2E_QUEUE_H_
#define ATTUNE_TESTS_E2E_QUEUE_H_

#include <string>
#include <vector>

#include "tests/e2e/center.h"

namespace attune::half_year {

// An advocate submits what they make of the call; it stands in the ledger from
// then on.
v1::Evaluation Score(Center& center, const std::string& advocate,
                     const v1::Assignment& assignment);

// The advocate takes what is next, claims it and scores it, until they have
// only `left` to do.
void WorkQueue(Center& center, const std::string& advocate, int left = 0);
void WorkQueues(Center& center);

// What waits, the oldest first; everybody's with an empty advocate.
std::vector<v1::Assignment> Waiting(Center& center,
                                    const std::string& advocate);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_QUEUE_H_
