// The evaluations that self-checks withhold, until both sides are in: the
// advocate's of a picked contact from its agent, the agent's from all others.

#ifndef ATTUNE_ENGINE_EVALUATION_WITHHELD_EVALUATIONS_H_
#define ATTUNE_ENGINE_EVALUATION_WITHHELD_EVALUATIONS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// When something is shown, and for how long it may be contested from then on.
struct Showing {
  int64_t now_us = 0;
  int contest_days = 0;
};

// Whether an evaluation of this kind of the contact on the form counts, shown
// or withheld.
absl::StatusOr<bool> IsIn(Transaction& tx, const PersonPart& contact,
                          const std::string& form, v1::Evaluation::Kind kind);

// Marks an evaluation that is being submitted as withheld, unless the other
// side is in.  `cycle` is the id of the one in which its contact is graded
// blind; nothing is done if it is empty.
absl::Status Withhold(Transaction& tx, const std::string& cycle,
                      v1::Evaluation& evaluation);

// After it is stored: its session learns of it, and if both sides are in, what
// was withheld is shown.
absl::Status TellSelfCheck(Transaction& tx, const std::string& cycle,
                           const Showing& showing,
                           const v1::Evaluation& evaluation);

// Shows what is still withheld in a cycle, which ends its blindness.
absl::Status ShowAll(Transaction& tx, const std::string& cycle,
                     const Showing& showing);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_WITHHELD_EVALUATIONS_H_
