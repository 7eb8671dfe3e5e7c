// A small contact center whose customers answer.

#ifndef ATTUNE_TESTS_ENGINE_VOICE_SURVEY_TEST_H_
#define ATTUNE_TESTS_ENGINE_VOICE_SURVEY_TEST_H_

#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/voice/change_notes.h"
#include "engine/voice/survey_reports.h"
#include "engine/voice/survey_responses.h"
#include "tests/engine/center_test.h"

namespace attune {

class SurveyTest : public CenterTest {
 protected:
  using Batch = v1::BatchCreateSurveyResponsesRequest;

  template <typename Message>
  static Message Parse(const std::string& text) {
    Message message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
        << text;
    return message;
  }

  // One request of a batch: `person/contact` with these fields.
  static void Add(const std::string& contact, const std::string& fields,
                  Batch& batch) {
    const size_t slash = contact.find('/');
    v1::SurveyResponse& response =
        *batch.add_requests()->mutable_survey_response();
    response = Parse<v1::SurveyResponse>(fields);
    response.set_contact(absl::StrCat("people/", contact.substr(0, slash),
                                      "/contacts/", contact.substr(slash + 1)));
  }

  absl::StatusOr<v1::BatchCreateSurveyResponsesResponse> Store(
      const Batch& batch) {
    return Store(db(), batch);
  }
  absl::StatusOr<v1::BatchCreateSurveyResponsesResponse> Store(
      Database& into, const Batch& batch) {
    return InWrite(into, [&](Transaction& tx) {
      return responses_.BatchCreate(tx, admin_, batch);
    });
  }
  // Answers of new contacts of a person on a day of March 2026: each with these
  // fields.
  void Answer(const std::string& person, int day,
              const std::vector<std::string>& answers,
              const std::string& contact = "channel: CHANNEL_PHONE") {
    Batch batch;
    for (const std::string& fields : answers) {
      Add(absl::StrCat(person, "/x", ++made_),
          absl::StrCat("status: STATUS_ANSWERED ", fields), batch);
      v1::Contact& made =
          *batch.mutable_requests()->rbegin()->mutable_new_contact();
      made = Parse<v1::Contact>(contact);
      made.mutable_start_time()->set_seconds((kMarch + day - 1) * 86'400);
    }
    ASSERT_THAT(Store(batch), IsOk());
  }
  // So many answers of `nps: 10`, `nps: 7` and `nps: 0`.
  static std::vector<std::string> Nps(int promoters, int passives,
                                      int detractors) {
    std::vector<std::string> answers(static_cast<size_t>(promoters), "nps: 10");
    answers.insert(answers.end(), static_cast<size_t>(passives), "nps: 7");
    answers.insert(answers.end(), static_cast<size_t>(detractors), "nps: 0");
    return answers;
  }

  absl::StatusOr<v1::SurveyReport> Report(const Caller& caller,
                                          const std::string& request) {
    return InRead([&](Transaction& tx) {
      return reports_.GetSurveyReport(
          tx, caller, Parse<v1::GetSurveyReportRequest>(request));
    });
  }
  // The source ids of the responses that a caller sees.
  std::vector<std::string> Listed(const Caller& caller,
                                  v1::ListSurveyResponsesRequest request) {
    request.set_parent(request.parent().empty() ? "people/-"
                                                : request.parent());
    std::vector<std::string> found;
    const auto list = InRead(
        [&](Transaction& tx) { return responses_.List(tx, caller, request); });
    EXPECT_THAT(list, IsOk());
    if (!list.ok()) return found;
    for (const v1::SurveyResponse& one : list->survey_responses()) {
      found.push_back(one.source_id());
    }
    return found;
  }

  static constexpr int64_t kMarch = 20'513;  // 2026-03-01

  SurveyResponses responses_{clock()};
  ChangeNotes notes_{clock()};
  SurveyReports reports_{clock()};
  int made_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_VOICE_SURVEY_TEST_H_
