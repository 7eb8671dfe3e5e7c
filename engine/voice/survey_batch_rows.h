// Survey responses that come in bulk: what of them is new, what was there, what
// is wrong with which, and storing them.

#ifndef ATTUNE_ENGINE_VOICE_SURVEY_BATCH_ROWS_H_
#define ATTUNE_ENGINE_VOICE_SURVEY_BATCH_ROWS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/names.h"
#include "engine/store/database.h"
#include "engine/violations.h"

namespace attune {

// One request of a batch, and what is found out about it.
struct SurveyRow {
  const v1::CreateSurveyResponseRequest* request = nullptr;
  Violations bad;
  PersonPart contact;  // as it is asked for; the person may be `-`
  // What is stored: the response under its source id, the contacts of this id,
  // and the responses of those.
  std::optional<v1::SurveyResponse> known;
  std::vector<v1::Contact> contacts;
  std::vector<v1::SurveyResponse> answered;
  // What becomes of it.
  v1::BatchCreateSurveyResponsesResponse::Outcome outcome =
      v1::BatchCreateSurveyResponsesResponse::OUTCOME_UNSPECIFIED;
  v1::SurveyResponse result;  // whole, unless it is refused
};

// Checks each request for itself.
std::vector<SurveyRow> CheckSurveyRows(
    const v1::BatchCreateSurveyResponsesRequest& request);
// Looks up what is stored, for rows that are well-formed.
absl::Status FindStored(Transaction& tx, std::vector<SurveyRow>& rows);
// Decides what becomes of each, in their order.
void Decide(int64_t now_us, std::vector<SurveyRow>& rows);
// Stores what is new and what is updated, and moves the rollups.
absl::Status StoreSurveyRows(Transaction& tx, int64_t now_us,
                             const std::vector<SurveyRow>& rows);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_SURVEY_BATCH_ROWS_H_
