// The stored assignments: the queue of those who score.

#ifndef ATTUNE_ENGINE_EVALUATION_ASSIGNMENTS_H_
#define ATTUNE_ENGINE_EVALUATION_ASSIGNMENTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in evaluation_service.proto.
class Assignments {
 public:
  explicit Assignments(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::Assignment> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateAssignmentRequest& request) const;
  absl::StatusOr<v1::Assignment> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetAssignmentRequest& request) const;
  absl::StatusOr<v1::ListAssignmentsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListAssignmentsRequest& request) const;
  absl::StatusOr<v1::NextAssignmentResponse> Next(
      Transaction& tx, const Caller& caller,
      const v1::NextAssignmentRequest& request) const;
  absl::StatusOr<v1::Assignment> Claim(
      Transaction& tx, const Caller& caller,
      const v1::ClaimAssignmentRequest& request) const;
  absl::StatusOr<v1::SkipAssignmentResponse> Skip(
      Transaction& tx, const Caller& caller,
      const v1::SkipAssignmentRequest& request) const;
  absl::StatusOr<v1::Assignment> Reassign(
      Transaction& tx, const Caller& caller,
      const v1::ReassignAssignmentRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_ASSIGNMENTS_H_
