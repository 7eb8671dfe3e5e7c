// The assignments that self-checks make: what is picked waits for an advocate.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECK_ASSIGNMENTS_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECK_ASSIGNMENTS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/self_check.pb.h"
#include "engine/store/database.h"

namespace attune {

// Queues a picked contact, by its full name, for the advocate who has the least
// waiting, or for anybody if none of them may score it.  Nothing is done if
// somebody has it in the queue, or an advocate's evaluation of it counts.
absl::Status QueuePick(Transaction& tx, const v1::SelfCheck& session,
                       const std::string& contact, absl::string_view agent_team,
                       int64_t now_us);

// The same when an evaluation is void that was the advocate's side in the cycle
// of this id; nothing is done if it is empty.
absl::Status QueueAgain(Transaction& tx, const std::string& cycle,
                        const v1::Evaluation& voided,
                        absl::string_view agent_team, int64_t now_us);

// What waits unclaimed because of this pick is not wanted any more.
absl::Status WithdrawPick(Transaction& tx, const v1::SelfCheck& session,
                          const std::string& contact, int64_t now_us);

// Nor what does because of any pick in the cycle of this id.
absl::Status WithdrawAll(Transaction& tx, const std::string& cycle,
                         int64_t now_us);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECK_ASSIGNMENTS_H_
