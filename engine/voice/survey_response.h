// What makes a survey response well-formed.

#ifndef ATTUNE_ENGINE_VOICE_SURVEY_RESPONSE_H_
#define ATTUNE_ENGINE_VOICE_SURVEY_RESPONSE_H_

#include "absl/strings/string_view.h"
#include "attune/v1/survey_response.pb.h"
#include "engine/violations.h"

namespace attune {

// `path` is the field the message stands in, such as `survey_response`.
void CheckSurveyResponse(const v1::SurveyResponse& response,
                         absl::string_view path, Violations& bad);

// Whether the customer says something in words.
bool HasWords(const v1::SurveyResponse& response);

// `sent` as it would be stored: without what only the server says.
v1::SurveyResponse ContentOf(const v1::SurveyResponse& sent);

// Whether a source tells the same again; a time that it leaves out is not
// another.
bool SaysTheSame(const v1::SurveyResponse& stored,
                 const v1::SurveyResponse& sent);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_SURVEY_RESPONSE_H_
