// Reports from the rollups.

#ifndef ATTUNE_ENGINE_REPORT_REPORTS_H_
#define ATTUNE_ENGINE_REPORT_REPORTS_H_

#include "absl/status/statusor.h"
#include "attune/v1/report_service.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe, stateless.  NOT_FOUND for what is out of the caller's reach.
class Reports {
 public:
  absl::StatusOr<v1::AgentScorecard> GetAgentScorecard(
      Transaction& tx, const Caller& caller,
      const v1::GetAgentScorecardRequest& request) const;
  absl::StatusOr<v1::TeamCoachingReport> GetTeamCoachingReport(
      Transaction& tx, const Caller& caller,
      const v1::GetTeamCoachingReportRequest& request) const;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_REPORTS_H_
