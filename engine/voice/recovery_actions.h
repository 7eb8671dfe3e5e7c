// The stored recovery actions.

#ifndef ATTUNE_ENGINE_VOICE_RECOVERY_ACTIONS_H_
#define ATTUNE_ENGINE_VOICE_RECOVERY_ACTIONS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/inbox_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in inbox_service.proto.
class RecoveryActions {
 public:
  explicit RecoveryActions(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::RecoveryAction> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateRecoveryActionRequest& request) const;
  absl::StatusOr<v1::RecoveryAction> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetRecoveryActionRequest& request) const;
  absl::StatusOr<v1::ListRecoveryActionsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListRecoveryActionsRequest& request) const;
  absl::StatusOr<v1::RecoveryAction> Close(
      Transaction& tx, const Caller& caller,
      const v1::CloseRecoveryActionRequest& request) const;
  // recovery_reports.cc has the report.
  absl::StatusOr<v1::RecoveryReport> Report(
      Transaction& tx, const Caller& caller,
      const v1::GetRecoveryReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_RECOVERY_ACTIONS_H_
