// The stored sampling plans.

#ifndef ATTUNE_ENGINE_EVALUATION_SAMPLING_PLANS_H_
#define ATTUNE_ENGINE_EVALUATION_SAMPLING_PLANS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in evaluation_service.proto.
class SamplingPlans {
 public:
  explicit SamplingPlans(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::SamplingPlan> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateSamplingPlanRequest& request) const;
  absl::StatusOr<v1::SamplingPlan> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetSamplingPlanRequest& request) const;
  absl::StatusOr<v1::ListSamplingPlansResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListSamplingPlansRequest& request) const;
  absl::StatusOr<v1::SamplingPlan> Update(
      Transaction& tx, const Caller& caller,
      const v1::UpdateSamplingPlanRequest& request) const;

 private:
  Clock clock_;
};

// NOT_FOUND.
absl::StatusOr<v1::SamplingPlan> FindSamplingPlan(Transaction& tx,
                                                  absl::string_view id);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SAMPLING_PLANS_H_
