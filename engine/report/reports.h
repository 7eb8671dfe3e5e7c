// Reports: from the rollups, but for form health, which reads evaluations.

#ifndef ATTUNE_ENGINE_REPORT_REPORTS_H_
#define ATTUNE_ENGINE_REPORT_REPORTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/report_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe, stateless.  NOT_FOUND for what is out of the caller's reach.
class Reports {
 public:
  explicit Reports(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::AgentScorecard> GetAgentScorecard(
      Transaction& tx, const Caller& caller,
      const v1::GetAgentScorecardRequest& request) const;
  absl::StatusOr<v1::TeamCoachingReport> GetTeamCoachingReport(
      Transaction& tx, const Caller& caller,
      const v1::GetTeamCoachingReportRequest& request) const;
  absl::StatusOr<v1::FormHealth> GetFormHealth(
      Transaction& tx, const Caller& caller,
      const v1::GetFormHealthRequest& request) const;
  absl::StatusOr<v1::ContestReport> GetContestReport(
      Transaction& tx, const Caller& caller,
      const v1::GetContestReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_REPORTS_H_
