// Gaps from stored evaluations.  SelfChecks::Gaps is here too.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_GAPS_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_GAPS_H_

#include "absl/status/status.h"
#include "attune/v1/self_check.pb.h"
#include "engine/store/database.h"

namespace attune {

// Fills in the gap of each pick that is done, and of the session.
absl::Status TellGaps(Transaction& tx, v1::SelfCheck& check);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_GAPS_H_
