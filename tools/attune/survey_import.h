// Survey responses from tables of text.

#ifndef ATTUNE_TOOLS_ATTUNE_SURVEY_IMPORT_H_
#define ATTUNE_TOOLS_ATTUNE_SURVEY_IMPORT_H_

#include <string>
#include <vector>

#include "attune/v1/voice_service.pb.h"
#include "tools/attune/people_import.h"
#include "tools/attune/survey_table.h"

namespace attune {

// What the rows do not say themselves.
struct SurveyDefaults {
  std::string source = {};
  std::string agent = {};  // id; whose rows without one are
  v1::Channel channel = v1::CHANNEL_PHONE;
  google::protobuf::Timestamp time = {};  // of new contacts
  // Of a row without any answer.
  v1::SurveyResponse::Status unanswered = v1::SurveyResponse::STATUS_ANSWERED;
  // A new contact for each row.
  bool contact_per_row = false;
};

using SurveyImportRow = ImportRow<v1::CreateSurveyResponseRequest>;

// One response a row; what is wrong with others goes to `bad`.
std::vector<SurveyImportRow> MakeSurveyRows(const SurveyTable& table,
                                            const SurveyMapping& mapping,
                                            const SurveyDefaults& defaults,
                                            std::vector<BadRow>& bad);

// The id of the contact that is made for a row.
std::string SurveyContactId(const std::string& source,
                            const std::string& source_id);

// `opted_out` <-> STATUS_OPTED_OUT, in their order.
const std::vector<std::string>& SurveyStatusWords();
std::string SurveyStatusWord(v1::SurveyResponse::Status status);
// STATUS_UNSPECIFIED for other words.
v1::SurveyResponse::Status ParseSurveyStatus(absl::string_view word);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SURVEY_IMPORT_H_
