#include "service/report_service.h"

namespace attune {

ReportService::ReportService(Serve& serve, const Reports& reports)
    : ByteService("attune.v1.ReportService", serve) {
  Unary("GetAgentScorecard", reports, &Reports::GetAgentScorecard);
  Unary("GetTeamCoachingReport", reports, &Reports::GetTeamCoachingReport);
  Unary("GetFormHealth", reports, &Reports::GetFormHealth);
  Unary("GetContestReport", reports, &Reports::GetContestReport);
}

}  // namespace attune
