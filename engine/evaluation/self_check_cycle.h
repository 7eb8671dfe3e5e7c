// The rules of a cycle of self-checks: what it may hold, when it ends.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECK_CYCLE_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECK_CYCLE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "attune/v1/self_check.pb.h"
#include "attune/v1/self_check_service.pb.h"
#include "engine/violations.h"

namespace attune {

// Calendar months from one self-check to the next.
inline constexpr int kSelfCheckMonths = 6;

void CheckNewCycle(const v1::CreateSelfCheckCycleRequest& request,
                   int64_t now_us, Violations& bad);

// The cycle that a well-formed request asks for, opened and with its defaults.
v1::SelfCheckCycle MakeCycle(const v1::CreateSelfCheckCycleRequest& request,
                             int64_t now_us);

// FAILED_PRECONDITION (CYCLE_CLOSED, CYCLE_NOT_OPEN_YET).
absl::Status CheckTakesPart(const v1::SelfCheckCycle& cycle, int64_t now_us);

// FAILED_PRECONDITION (CYCLE_CLOSED).
absl::Status CycleClosed(const std::string& cycle_name);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECK_CYCLE_H_
