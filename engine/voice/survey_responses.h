// The stored survey responses.

#ifndef ATTUNE_ENGINE_VOICE_SURVEY_RESPONSES_H_
#define ATTUNE_ENGINE_VOICE_SURVEY_RESPONSES_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto;
// NOT_FOUND also for what is out of the caller's reach.
class SurveyResponses {
 public:
  explicit SurveyResponses(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::BatchCreateSurveyResponsesResponse> BatchCreate(
      Transaction& tx, const Caller& caller,
      const v1::BatchCreateSurveyResponsesRequest& request) const;
  absl::StatusOr<v1::SurveyResponse> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetSurveyResponseRequest& request) const;
  absl::StatusOr<v1::ListSurveyResponsesResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListSurveyResponsesRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_SURVEY_RESPONSES_H_
