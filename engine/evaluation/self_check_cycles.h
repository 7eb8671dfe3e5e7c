// The stored cycles of self-checks.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECK_CYCLES_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECK_CYCLES_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/self_check_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/evaluation/evaluations.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in self_check_service.proto.
class SelfCheckCycles {
 public:
  // What a closed cycle shows may be contested for `contest_days`.
  explicit SelfCheckCycles(Clock clock,
                           int contest_days = Evaluations::kContestDays)
      : clock_(std::move(clock)), contest_days_(contest_days) {}

  absl::StatusOr<v1::SelfCheckCycle> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateSelfCheckCycleRequest& request) const;
  absl::StatusOr<v1::SelfCheckCycle> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetSelfCheckCycleRequest& request) const;
  absl::StatusOr<v1::ListSelfCheckCyclesResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListSelfCheckCyclesRequest& request) const;
  absl::StatusOr<v1::SelfCheckCycle> Close(
      Transaction& tx, const Caller& caller,
      const v1::CloseSelfCheckCycleRequest& request) const;

 private:
  Clock clock_;
  int contest_days_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECK_CYCLES_H_
