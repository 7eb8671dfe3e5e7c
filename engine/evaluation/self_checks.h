// The stored sessions: an agent's self-check in a cycle.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECKS_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECKS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/self_check_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

class Revisions;

// Thread-safe.  The codes of each method are told in self_check_service.proto.
class SelfChecks {
 public:
  // `revisions` is shared with whoever else scores on this database.
  SelfChecks(Clock clock, std::shared_ptr<Revisions> revisions)
      : clock_(std::move(clock)), revisions_(std::move(revisions)) {}

  absl::StatusOr<v1::SelfCheck> Pick(
      Transaction& tx, const Caller& caller,
      const v1::PickContactRequest& request) const;
  absl::StatusOr<v1::Evaluation> Begin(
      Transaction& tx, const Caller& caller,
      const v1::BeginSelfEvaluationRequest& request) const;
  absl::StatusOr<v1::SelfCheck> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetSelfCheckRequest& request) const;
  absl::StatusOr<v1::ListSelfChecksResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListSelfChecksRequest& request) const;
  absl::StatusOr<v1::ListCallsToScoreResponse> ListCallsToScore(
      Transaction& tx, const Caller& caller,
      const v1::ListCallsToScoreRequest& request) const;
  absl::StatusOr<v1::SelfGaps> Gaps(
      Transaction& tx, const Caller& caller,
      const v1::GetSelfGapsRequest& request) const;

 private:
  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECKS_H_
