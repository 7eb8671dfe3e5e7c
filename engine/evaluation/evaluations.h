// The stored evaluations, and the rollups that move with them.

#ifndef ATTUNE_ENGINE_EVALUATION_EVALUATIONS_H_
#define ATTUNE_ENGINE_EVALUATION_EVALUATIONS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

class FloorGate;
class Revisions;

// Thread-safe.  The codes of each method are told in evaluation_service.proto.
class Evaluations {
 public:
  // `revisions` is shared with whoever else scores on this database; agents may
  // contest for `contest_days`.
  Evaluations(Clock clock, std::shared_ptr<Revisions> revisions,
              int contest_days = kContestDays)
      : clock_(std::move(clock)),
        revisions_(std::move(revisions)),
        contest_days_(contest_days) {}

  absl::StatusOr<v1::Evaluation> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateEvaluationRequest& request) const;
  absl::StatusOr<v1::Evaluation> Update(
      Transaction& tx, const Caller& caller,
      const v1::UpdateEvaluationRequest& request) const;
  absl::StatusOr<v1::Evaluation> Submit(
      Transaction& tx, const Caller& caller,
      const v1::SubmitEvaluationRequest& request) const;
  absl::StatusOr<v1::BatchSubmitEvaluationsResponse> BatchSubmit(
      Transaction& tx, const Caller& caller,
      const v1::BatchSubmitEvaluationsRequest& request) const;
  // `messages` is the whole stream, at most kMaxImport long.
  absl::StatusOr<v1::ImportEvaluationsResponse> Import(
      Transaction& tx, const Caller& caller,
      absl::Span<const v1::ImportEvaluationsRequest> messages) const;
  absl::StatusOr<v1::Evaluation> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetEvaluationRequest& request) const;
  absl::StatusOr<v1::ListEvaluationsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListEvaluationsRequest& request) const;
  absl::StatusOr<v1::Evaluation> Acknowledge(
      Transaction& tx, const Caller& caller,
      const v1::AcknowledgeEvaluationRequest& request) const;
  absl::StatusOr<v1::Evaluation> Void(
      Transaction& tx, const Caller& caller,
      const v1::VoidEvaluationRequest& request) const;

  static constexpr size_t kMaxImport = 20'000;
  static constexpr int kContestDays = 14;

 private:
  // `gate` is one for the whole transaction.
  absl::StatusOr<v1::Evaluation> SubmitThrough(
      Transaction& tx, const Caller& caller,
      const v1::SubmitEvaluationRequest& request, FloorGate& gate) const;

  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
  int contest_days_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_EVALUATIONS_H_
