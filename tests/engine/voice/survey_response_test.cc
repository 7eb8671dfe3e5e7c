#include "engine/voice/survey_response.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::SurveyResponse Response(const std::string& fields) {
  v1::SurveyResponse response;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat("contact: 'people/ann/contacts/c' ", fields), &response));
  return response;
}

std::vector<std::string> Wrong(const v1::SurveyResponse& response) {
  Violations bad;
  CheckSurveyResponse(response, "r", bad);
  std::vector<std::string> found;
  for (const Violation& violation : bad.all()) {
    found.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return found;
}

TEST(SurveyResponseTest, ScalesEndWhereTheyEnd) {
  for (const char* fields :
       {"nps: 0", "nps: 10", "csat: 1", "csat: 5", "partner_rating: 0",
        "partner_rating: 10", "would_hire: false", ""}) {
    EXPECT_THAT(
        Wrong(Response(absl::StrCat("status: STATUS_ANSWERED ", fields))),
        IsEmpty())
        << fields;
  }
  EXPECT_THAT(Wrong(Response("status: STATUS_ANSWERED nps: 11 csat: 0 "
                             "partner_rating: -1")),
              ElementsAre("r.nps NPS_OUT_OF_RANGE", "r.csat CSAT_OUT_OF_RANGE",
                          "r.partner_rating RATING_OUT_OF_RANGE"));
}

TEST(SurveyResponseTest, EverythingWrongIsToldAtOnce) {
  v1::SurveyResponse response;
  response.set_source("a\nb");
  response.set_source_id(std::string(129, '1'));
  response.set_verbatim(std::string(1 << 20, 'x'));
  response.mutable_insight()->set_stop(std::string(1, '\0'));
  response.mutable_answer_time()->set_nanos(-1);
  EXPECT_THAT(
      Wrong(response),
      ElementsAre("r.contact NAME_INVALID", "r.source SOURCE_INVALID",
                  "r.source_id SOURCE_INVALID", "r.status STATUS_UNKNOWN",
                  "r.verbatim TEXT_TOO_LONG", "r.insight.stop TEXT_NOT_CLEAN",
                  "r.answer_time TIME_INVALID"));
}

TEST(SurveyResponseTest, WhoAnswersHasAnswered) {
  EXPECT_THAT(Wrong(Response("status: STATUS_EXPIRED")), IsEmpty());
  EXPECT_THAT(Wrong(Response("status: STATUS_SENT nps: 3")),
              ElementsAre("r.status STATUS_WITH_ANSWERS"));
  EXPECT_THAT(Wrong(Response("status: STATUS_OPTED_OUT verbatim: 'No.'")),
              ElementsAre("r.status STATUS_WITH_ANSWERS"));
}

TEST(SurveyResponseTest, MarkupIsTextLikeAnyOther) {
  EXPECT_THAT(Wrong(Response("status: STATUS_ANSWERED "
                             "verbatim: '<b>=1+1</b>\\t\\x1b[31m'")),
              IsEmpty());
}

TEST(SurveyResponseTest, TheSameIsWhatTheSourceTells) {
  const v1::SurveyResponse stored = Response(
      "name: 'n' status: STATUS_ANSWERED nps: 3 channel: "
      "CHANNEL_CHAT queue: 'q' answer_time { seconds: 5 }");
  EXPECT_TRUE(SaysTheSame(stored, Response("status: STATUS_ANSWERED nps: 3")));
  EXPECT_FALSE(SaysTheSame(stored, Response("status: STATUS_ANSWERED nps: 4")));
  EXPECT_FALSE(SaysTheSame(stored, Response("status: STATUS_ANSWERED")));
  EXPECT_FALSE(SaysTheSame(
      stored,
      Response("status: STATUS_ANSWERED nps: 3 answer_time { seconds: 6 }")));
}

}  // namespace
}  // namespace attune
