// The stored contests, and the evaluations that move with their rulings.

#ifndef ATTUNE_ENGINE_EVALUATION_CONTESTS_H_
#define ATTUNE_ENGINE_EVALUATION_CONTESTS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

class Revisions;

// Thread-safe.  The codes of each method are told in evaluation_service.proto.
class Contests {
 public:
  // A ruling may be escalated for `escalate_days`.
  Contests(Clock clock, std::shared_ptr<Revisions> revisions,
           int escalate_days = kEscalateDays)
      : clock_(std::move(clock)),
        revisions_(std::move(revisions)),
        escalate_days_(escalate_days) {}

  absl::StatusOr<v1::Contest> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateContestRequest& request) const;
  absl::StatusOr<v1::Contest> Get(Transaction& tx, const Caller& caller,
                                  const v1::GetContestRequest& request) const;
  absl::StatusOr<v1::ListContestsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListContestsRequest& request) const;
  absl::StatusOr<v1::Contest> Rule(Transaction& tx, const Caller& caller,
                                   const v1::RuleContestRequest& request) const;
  absl::StatusOr<v1::Contest> Escalate(
      Transaction& tx, const Caller& caller,
      const v1::EscalateContestRequest& request) const;

  static constexpr int kEscalateDays = 14;

 private:
  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
  int escalate_days_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CONTESTS_H_
