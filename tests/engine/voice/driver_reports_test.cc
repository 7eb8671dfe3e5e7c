#include <gmock/gmock.h>

#include "engine/voice/driver_rows.h"
#include "tests/engine/voice/survey_test.h"

namespace attune {
namespace {

using testing::AllOf;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Lt;

v1::Score Score(double connection, std::optional<double> solution) {
  v1::Score score;
  v1::SectionScore& first = *score.add_sections();
  first.set_section_id("connection");
  first.set_percent(connection);
  first.set_effective_share(solution ? 60 : 100);
  v1::SectionScore& second = *score.add_sections();
  second.set_section_id("solution");
  if (solution) {
    second.set_percent(*solution);
    second.set_effective_share(40);
  }
  return score;
}

TEST(DriverRowsTest, SeveralScoresOfAContactAreAveraged) {
  DriverRows rows(v1::DriverReport::LEVEL_SECTION,
                  {{"connection", ""}, {"solution", ""}, {"new", ""}});
  rows.Begin(9);
  rows.Add(Score(100, 50));
  rows.Add(Score(50, std::nullopt));
  rows.Begin(3);
  rows.Add(Score(0, std::nullopt));
  const DriverRows::Complete complete = rows.Finish();
  EXPECT_EQ(complete.contacts, 2);
  // The solution applied to one of two contacts, the new section to none.
  ASSERT_EQ(complete.predictors.size(), 2u);
  ASSERT_EQ(complete.rare.size(), 1u);
  EXPECT_EQ(complete.rare[0].id, "new");
  EXPECT_THAT(complete.data.outcome, ElementsAre(9));
  EXPECT_THAT(complete.data.predictors[0], ElementsAre(75));
  EXPECT_THAT(complete.data.predictors[1], ElementsAre(50));
  EXPECT_THAT(complete.weights, ElementsAre(80, 40));
}

class DriverReportsTest : public SurveyTest {
 protected:
  // A contact of ann's with an answer and a score.
  void Call(int number, int nps, const char* warmth, const char* solved) {
    const std::string id = absl::StrCat("d", number);
    Batch batch;
    Add("ann/" + id,
        absl::StrCat("status: STATUS_ANSWERED csat: ", 1 + nps * 2 / 5,
                     " nps: ", nps),
        batch);
    *batch.mutable_requests(0)->mutable_new_contact() = Parse<v1::Contact>(
        "channel: CHANNEL_PHONE start_time { seconds: 1772668800 }");
    ASSERT_THAT(Store(batch), IsOk());
    ASSERT_THAT(Submit(ada_, id, AnswersTo(warmth, solved, "no")), IsOk());
  }
  absl::StatusOr<v1::DriverReport> Drivers(const Caller& caller,
                                           const std::string& request) {
    return InRead([&](Transaction& tx) {
      return reports_.GetDriverReport(
          tx, caller, Parse<v1::GetDriverReportRequest>(request));
    });
  }
};

// Answers follow the warmth alone: 10 where warm, 0 where cold; whether it was
// solved is spread evenly over both, so that it explains nothing.
TEST_P(DriverReportsTest, WhatMovesTheAnswersIsToldBesideItsWeight) {
  for (int i = 0; i < 56; ++i) {
    const bool warm = i % 2 == 0;
    Call(i, warm ? 10 : 0, warm ? "yes" : "no", i % 4 < 2 ? "yes" : "no");
  }
  Call(56, 5, "half", "na");  // solution is left with the leak
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::DriverReport report,
                              Drivers(quinn_, "form: 'forms/call'"));
  EXPECT_EQ(report.contacts(), 57);
  EXPECT_EQ(report.n(), 57);
  EXPECT_EQ(report.outcome(), v1::SURVEY_MEASURE_NPS);
  EXPECT_THAT(report.r2(), AllOf(Gt(0.99), Lt(1.0 + 1e-9)));
  ASSERT_EQ(report.predictors_size(), 2);
  const v1::Driver& first = report.predictors(0);
  EXPECT_EQ(first.id(), "connection");
  EXPECT_THAT(first.weight(), DoubleNear(60, 1e-9));
  EXPECT_THAT(first.share(), Gt(99));
  EXPECT_EQ(first.sign(), 1);
  EXPECT_TRUE(first.has_low());
  EXPECT_THAT(first.sentence(),
              HasSubstr("Connection weighs 60.0 % of the form; "));
  EXPECT_THAT(first.sentence(),
              HasSubstr("of what the sections explain of the NPS answers "
                        "comes with it."));
  EXPECT_THAT(report.predictors(1).share(), Lt(1));
  EXPECT_THAT(report.summary(), HasSubstr("57 contacts with an NPS answer"));

  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::DriverReport questions,
      Drivers(quinn_,
              "form: 'forms/call' level: LEVEL_QUESTION outcome: "
              "SURVEY_MEASURE_CSAT"));
  // The one call without a solution to judge is left out; nobody leaked.
  EXPECT_EQ(questions.n(), 56);
  EXPECT_EQ(questions.contacts(), 57);
  EXPECT_THAT(questions.dropped(), ElementsAre("leak"));
  EXPECT_EQ(questions.predictors_size(), 2);
}

TEST_P(DriverReportsTest, TooFewRowsAreNoAnswer) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::DriverReport none,
                              Drivers(quinn_, "form: 'forms/call'"));
  EXPECT_EQ(none.reason(), "no_data");
  for (int i = 0; i < 6; ++i) Call(i, i, i < 3 ? "yes" : "no", "yes");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::DriverReport few,
                              Drivers(quinn_, "form: 'forms/call'"));
  EXPECT_EQ(few.n(), 6);
  EXPECT_EQ(few.reason(), "too_few");
  EXPECT_FALSE(few.has_r2());
  EXPECT_THAT(few.predictors(), IsEmpty());
  EXPECT_THAT(few.summary(), HasSubstr("too few to tell; from 50 on"));
}

TEST_P(DriverReportsTest, ALeadSeesTheirTeamAndWrongRequestsAreTold) {
  Call(1, 5, "yes", "yes");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::DriverReport leas,
                              Drivers(lea_, "form: 'forms/call'"));
  EXPECT_EQ(leas.team(), "teams/red");
  EXPECT_EQ(leas.contacts(), 1);
  EXPECT_THAT(Drivers(lea_, "form: 'forms/call' team: 'teams/blue'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Drivers(quinn_, "form: 'forms/none'"),
              StatusIs(absl::StatusCode::kNotFound));
  const auto wrong =
      Drivers(quinn_, "team: 'x' level: 9 outcome: SURVEY_MEASURE_WOULD_HIRE");
  EXPECT_EQ(Violations::FromStatus(wrong.status()).all().size(), 4u);
}

ATTUNE_ON_EVERY_BACKEND(DriverReportsTest);

}  // namespace
}  // namespace attune
