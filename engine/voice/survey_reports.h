// What customers' answers come to: figures from the rollups, drivers from the
// responses beside the evaluations.

#ifndef ATTUNE_ENGINE_VOICE_SURVEY_REPORTS_H_
#define ATTUNE_ENGINE_VOICE_SURVEY_REPORTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe, stateless.  NOT_FOUND for what is out of the caller's reach.
class SurveyReports {
 public:
  explicit SurveyReports(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::SurveyReport> GetSurveyReport(
      Transaction& tx, const Caller& caller,
      const v1::GetSurveyReportRequest& request) const;
  absl::StatusOr<v1::DriverReport> GetDriverReport(
      Transaction& tx, const Caller& caller,
      const v1::GetDriverReportRequest& request) const;
  absl::StatusOr<v1::ChangeNoteReport> GetChangeNoteReport(
      Transaction& tx, const Caller& caller,
      const v1::GetChangeNoteReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_SURVEY_REPORTS_H_
