// Whether questions go with what customers answer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/report/reports.h"
#include "tests/engine/voice/survey_test.h"

namespace attune {
namespace {

class FormHealthCustomersTest : public SurveyTest {
 protected:
  // A contact of Ann's with an answer and a score.
  void Call(int number, const std::string& answer, const char* warmth,
            const char* solved) {
    const std::string id = absl::StrCat("d", number);
    Batch batch;
    Add("ann/" + id, absl::StrCat("status: STATUS_ANSWERED ", answer), batch);
    *batch.mutable_requests(0)->mutable_new_contact() = Parse<v1::Contact>(
        "channel: CHANNEL_PHONE start_time { seconds: 1772668800 }");
    ASSERT_THAT(Store(batch), IsOk());
    ASSERT_THAT(Submit(ada_, id, AnswersTo(warmth, solved, "no")), IsOk());
  }
  // `warmth NPS 24 1.00; ...` of every question.
  std::string Customers() {
    v1::GetFormHealthRequest request;
    request.set_name("forms/call");
    const auto health = InRead([&](Transaction& tx) {
      return Reports(clock()).GetFormHealth(tx, quinn_, request);
    });
    EXPECT_THAT(health, IsOk());
    std::string text;
    if (!health.ok()) return text;
    for (const v1::QuestionHealth& question : health->questions()) {
      for (const v1::CustomerCorrelation& found : question.customers()) {
        absl::StrAppend(&text, question.question_id(), " ",
                        v1::SurveyMeasure_Name(found.measure()).substr(15), " ",
                        found.n(), " ",
                        found.has_correlation()
                            ? absl::StrFormat("%.4f", found.correlation())
                            : found.reason(),
                        "; ");
      }
    }
    return text;
  }
};

// Warmth has the sign of every answer; whether it was solved is spread evenly
// over both; nobody leaked.
TEST_P(FormHealthCustomersTest, WhatGoesWithTheAnswersIsTold) {
  for (int i = 0; i < 24; ++i) {
    const bool warm = i % 2 == 0;
    Call(i, warm ? "nps: 10" : "nps: 0", warm ? "yes" : "no",
         i % 4 < 2 ? "yes" : "no");
  }
  EXPECT_EQ(Customers(),
            "warmth NPS 24 1.0000; solved NPS 24 0.0000; "
            "leak NPS 24 no_variation; ");
}

TEST_P(FormHealthCustomersTest, UnderTwentyItIsNotTold) {
  for (int i = 0; i < 19; ++i) {
    Call(i, absl::StrCat("csat: ", 1 + i % 5), i % 2 == 0 ? "yes" : "no", "na");
  }
  // Where it did not apply there is nothing to compare.
  EXPECT_EQ(Customers(), "warmth CSAT 19 too_few; leak CSAT 19 too_few; ");
}

TEST_P(FormHealthCustomersTest, WithoutAnswersThereIsNothing) {
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_EQ(Customers(), "");
}

ATTUNE_ON_EVERY_BACKEND(FormHealthCustomersTest);

}  // namespace
}  // namespace attune
