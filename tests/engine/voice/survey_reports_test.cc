#include "engine/voice/survey_reports.h"

#include <gmock/gmock.h>

#include "tests/engine/voice/survey_test.h"

namespace attune {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kClose = 1e-9;

class SurveyReportsTest : public SurveyTest {
 protected:
  // `ann=40.0 bob=?`: groups with their values.
  static std::vector<std::string> Groups(const v1::SurveyReport& report) {
    std::vector<std::string> groups;
    for (const v1::SurveyGroup& group : report.groups()) {
      groups.push_back(absl::StrCat(group.key(), "=",
                                    group.figure().has_value()
                                        ? absl::StrCat(group.figure().value())
                                        : group.figure().reason()));
    }
    return groups;
  }
};

// 6 promoters, 2 passives, 2 detractors: 40.  With 3/4 on either side of 3
// answers more, 4 of 13 = 30.77, error 100 sqrt((9.5/13 - (4/13)^2) / 13) =
// 22.1202, times 1.959964 = 43.3548.
TEST_P(SurveyReportsTest, NpsHasTheAdjustedInterval) {
  Answer("ann", 2, Nps(6, 2, 2));
  Answer("ann", 3, {"csat: 3"});
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport report, Report(ann_, ""));
  EXPECT_EQ(report.measure(), v1::SURVEY_MEASURE_NPS);
  EXPECT_EQ(report.person(), "people/ann");
  const v1::SurveyFigure& figure = report.overall();
  EXPECT_EQ(figure.n(), 10);
  EXPECT_EQ(figure.blank(), 1);
  EXPECT_EQ(figure.responses(), 11);
  EXPECT_EQ(figure.response_rate(), 100.0);
  EXPECT_EQ(figure.promoters(), 6);
  EXPECT_EQ(figure.passives(), 2);
  EXPECT_EQ(figure.detractors(), 2);
  EXPECT_THAT(figure.value(), DoubleNear(40, kClose));
  EXPECT_THAT(figure.margin(), DoubleNear(43.354810738, 1e-8));
  EXPECT_THAT(figure.low(), DoubleNear(-12.585579969, 1e-8));
  EXPECT_THAT(figure.high(), DoubleNear(74.124041507, 1e-8));
  EXPECT_FALSE(report.has_change());
}

TEST_P(SurveyReportsTest, UnderFiveAnswersOnlyCountsAreTold) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport none, Report(ann_, ""));
  EXPECT_EQ(none.overall().reason(), "no_data");
  EXPECT_FALSE(none.overall().has_response_rate());
  Answer("ann", 2, Nps(4, 0, 0));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport few, Report(ann_, ""));
  EXPECT_EQ(few.overall().promoters(), 4);
  EXPECT_FALSE(few.overall().has_value());
  EXPECT_FALSE(few.overall().has_low());
  EXPECT_EQ(few.overall().reason(), "too_few");
}

// CSAT 1 2 3 4 5: mean 3, squares about it 10, error sqrt(10 / 4 / 5) =
// 0.707107, t(0.975; 4) = 2.776445: 1.963 each side, cut off at 1 and 5.
TEST_P(SurveyReportsTest, MeansAndSharesAreMeasuresOfTheirOwn) {
  Answer("ann", 2,
         {"csat: 1 would_hire: true", "csat: 2 would_hire: true",
          "csat: 3 would_hire: true", "csat: 4 would_hire: true",
          "csat: 5 would_hire: false",
          "partner_rating: 10 would_recommend: true"});
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport csat,
                              Report(ann_, "measure: SURVEY_MEASURE_CSAT"));
  EXPECT_THAT(csat.overall().value(), DoubleNear(3, kClose));
  EXPECT_THAT(csat.overall().margin(), DoubleNear(1.963243, 1e-6));
  EXPECT_THAT(csat.overall().low(), DoubleNear(1.036757, 1e-6));
  EXPECT_THAT(csat.overall().high(), DoubleNear(4.963243, 1e-6));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::SurveyReport hire,
      Report(ann_, "measure: SURVEY_MEASURE_WOULD_HIRE"));
  EXPECT_THAT(hire.overall().value(), DoubleNear(80, kClose));
  EXPECT_EQ(hire.overall().yes(), 4);
  EXPECT_EQ(hire.overall().no(), 1);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport nps, Report(ann_, ""));
  EXPECT_EQ(nps.overall().n(), 0);
  EXPECT_EQ(nps.overall().blank(), 6);
}

TEST_P(SurveyReportsTest, WhereEverybodySaysTheSameThereIsNoInterval) {
  Answer("ann", 2, std::vector<std::string>(6, "csat: 5"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport report,
                              Report(ann_, "measure: SURVEY_MEASURE_CSAT"));
  EXPECT_THAT(report.overall().value(), DoubleNear(5, kClose));
  EXPECT_FALSE(report.overall().has_low());
  EXPECT_EQ(report.overall().reason(), "no_variation");
}

// -40 on the first ten days, +40 on the next ten: adjusted -30.77 to +30.77,
// z = 61.54 / (sqrt(2) 22.1202) = 1.967, p = 0.0492.
TEST_P(SurveyReportsTest, AChangeIsTestedAgainstAsManyDaysBefore) {
  Answer("ann", 3, Nps(2, 2, 6));
  Answer("ann", 13, Nps(6, 2, 2));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport report,
                              Report(ann_,
                                     "period { first_day: '2026-03-11' "
                                     "last_day: '2026-03-20' }"));
  EXPECT_EQ(report.period_before().first_day(), "2026-03-01");
  EXPECT_EQ(report.period_before().last_day(), "2026-03-10");
  const v1::SurveyChange& change = report.change();
  EXPECT_THAT(change.before().value(), DoubleNear(-40, kClose));
  EXPECT_THAT(change.change(), DoubleNear(80, kClose));
  EXPECT_THAT(change.low(), DoubleNear(0.225500199, 1e-8));
  EXPECT_THAT(change.high(), DoubleNear(122.851422878, 1e-8));
  EXPECT_THAT(change.p(), DoubleNear(0.049163333, 1e-8));
  EXPECT_TRUE(change.significant());
  EXPECT_EQ(change.sentence(),
            "NPS rose: +80.0 (95 % interval +0.2 to +122.9, p 0.0492).");
}

TEST_P(SurveyReportsTest, SeveralChangesAreCorrectedByHolm) {
  for (const char* person : {"ann", "bob"}) {
    Answer(person, 3, Nps(2, 2, 6));
    Answer(person, 13, Nps(6, 2, 2));
  }
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::SurveyReport report,
      Report(quinn_,
             "group_by: GROUPING_AGENT period { first_day: "
             "'2026-03-11' last_day: '2026-03-20' }"));
  ASSERT_EQ(report.groups_size(), 2);
  for (const v1::SurveyGroup& group : report.groups()) {
    EXPECT_THAT(group.change().p(), DoubleNear(0.049163333, 1e-8));
    EXPECT_THAT(group.change().p_adjusted(), DoubleNear(0.098326666, 1e-8));
    EXPECT_FALSE(group.change().significant());
    EXPECT_THAT(group.change().sentence(),
                HasSubstr("no change that chance would not explain"));
  }
  // Both together are one test.
  EXPECT_TRUE(report.change().significant());
}

TEST_P(SurveyReportsTest, TooFewBeforeIsSaid) {
  Answer("ann", 3, Nps(4, 0, 0));
  Answer("ann", 13, Nps(6, 2, 2));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SurveyReport report,
                              Report(ann_,
                                     "period { first_day: '2026-03-11' "
                                     "last_day: '2026-03-20' }"));
  EXPECT_FALSE(report.change().has_change());
  EXPECT_EQ(report.change().reason(), "too_few");
  EXPECT_EQ(report.change().sentence(),
            "NPS: too few answers to tell (4 before, 10 now).");
}

TEST_P(SurveyReportsTest, GroupsComeTheLowestFirst) {
  Answer("ann", 2, Nps(5, 0, 0), "channel: CHANNEL_CHAT");
  Answer("bob", 2, Nps(0, 0, 5),
         "channel: CHANNEL_PHONE labels { key: 'queue' value: 'vip' }");
  Answer("ada", 40, Nps(1, 0, 0), "channel: CHANNEL_EMAIL");
  const auto by = [&](const char* grouping) {
    const auto report =
        Report(admin_, absl::StrCat("group_by: GROUPING_", grouping));
    EXPECT_THAT(report, IsOk());
    return Groups(*report);
  };
  EXPECT_THAT(by("AGENT"), ElementsAre("people/bob=-100", "people/ann=100",
                                       "people/ada=too_few"));
  EXPECT_THAT(by("TEAM"),
              ElementsAre("teams/blue=-100", "teams/red=100", "=too_few"));
  EXPECT_THAT(by("CHANNEL"),
              ElementsAre("phone=-100", "chat=100", "email=too_few"));
  EXPECT_THAT(by("QUEUE"), ElementsAre("vip=-100", "=100"));
  EXPECT_THAT(by("MONTH"), ElementsAre("2026-03=0", "2026-04=too_few"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::SurveyReport report,
      Report(admin_, "channel: CHANNEL_PHONE queue: 'vip'"));
  EXPECT_EQ(report.overall().detractors(), 5);
  EXPECT_EQ(report.overall().n(), 5);
  ASSERT_EQ(report.months_size(), 1);
  EXPECT_EQ(report.months(0).key(), "2026-03");
}

TEST_P(SurveyReportsTest, OfAFormAreContactsWithACountedScoreOnIt) {
  Batch batch;
  Add("ann/call-1", "source_id: '1' status: STATUS_ANSWERED nps: 9", batch);
  Add("ann/call-2", "source_id: '2' status: STATUS_ANSWERED nps: 0", batch);
  Add("bob/call-3", "source_id: '3' status: STATUS_ANSWERED nps: 0", batch);
  ASSERT_THAT(Store(batch), IsOk());
  // Two raters of one contact do not count its answer twice.
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  ASSERT_THAT(Submit(abe_, "call-1", AnswersTo("no", "yes", "no")), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation voided,
      Submit(ada_, "call-3", AnswersTo("yes", "yes", "no")));
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                v1::VoidEvaluationRequest request;
                request.set_name(voided.name());
                request.set_etag(voided.etag());
                request.set_reason("The wrong call.");
                return evaluations_.Void(tx, quinn_, request);
              }),
              IsOk());
  for (const char* grouping : {"AGENT", "TEAM", "CHANNEL", "QUEUE", "MONTH"}) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::SurveyReport report,
        Report(quinn_,
               absl::StrCat("form: 'forms/call' group_by: GROUPING_", grouping,
                            " period { first_day: '2026-03-02' "
                            "last_day: '2026-03-31' }")));
    EXPECT_EQ(report.overall().n(), 1) << grouping;
    EXPECT_EQ(report.overall().promoters(), 1) << grouping;
    EXPECT_EQ(report.groups_size(), 1) << grouping;
  }
}

TEST_P(SurveyReportsTest, EverybodyHasReportsOfWhatIsTheirs) {
  Answer("ann", 2, Nps(1, 0, 0));
  Answer("bob", 2, Nps(0, 0, 1));
  const auto n = [&](const Caller& caller, const std::string& request) {
    const auto report = Report(caller, request);
    return report.ok() ? absl::StrCat(report->overall().n(), " ",
                                      report->person(), report->team())
                       : ReasonOf(report.status());
  };
  EXPECT_EQ(n(ann_, ""), "1 people/ann");
  EXPECT_EQ(n(ann_, "person: 'people/bob'"), "NOT_FOUND");
  EXPECT_EQ(n(ann_, "team: 'teams/red'"), "NOT_FOUND");
  EXPECT_EQ(n(lea_, ""), "1 teams/red");
  EXPECT_EQ(n(lea_, "person: 'people/ann'"), "1 people/ann");
  EXPECT_EQ(n(lea_, "person: 'people/bob'"), "NOT_FOUND");
  EXPECT_EQ(n(lea_, "person: 'people/ann' team: 'teams/blue'"), "NOT_FOUND");
  EXPECT_EQ(n(lea_, "team: 'teams/blue'"), "NOT_FOUND");
  EXPECT_EQ(n(quinn_, ""), "2 ");
  EXPECT_EQ(n(quinn_, "team: 'teams/blue'"), "1 teams/blue");
  EXPECT_EQ(n(quinn_, "team: 'teams/none'"), "NOT_FOUND");
  EXPECT_EQ(n(quinn_, "form: 'forms/none'"), "NOT_FOUND");
}

TEST_P(SurveyReportsTest, EverythingWrongIsToldAtOnce) {
  const auto report =
      Report(admin_,
             "person: 'ann' team: 'red' form: 'call' channel: 99 measure: 99 "
             "group_by: 99 period { first_day: '2026-02-30' last_day: 'x' }");
  EXPECT_THAT(report, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Violations::FromStatus(report.status()).all().size(), 8u);
}

ATTUNE_ON_EVERY_BACKEND(SurveyReportsTest);

}  // namespace
}  // namespace attune
