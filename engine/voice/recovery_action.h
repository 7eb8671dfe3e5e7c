// The rules of one recovery action.

#ifndef ATTUNE_ENGINE_VOICE_RECOVERY_ACTION_H_
#define ATTUNE_ENGINE_VOICE_RECOVERY_ACTION_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "attune/v1/inbox_service.pb.h"
#include "attune/v1/recovery_action.pb.h"
#include "engine/violations.h"

namespace attune {

// How long it may take unless who opens it says so.
inline constexpr int64_t kRecoveryDays = 7;

// Everything that is wrong whatever is stored, under `recovery_action`.
void CheckNewRecoveryAction(const v1::RecoveryAction& action, int64_t now_us,
                            Violations& bad);

// The same of a request to close one.
void CheckClosing(const v1::CloseRecoveryActionRequest& request,
                  Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_RECOVERY_ACTION_H_
