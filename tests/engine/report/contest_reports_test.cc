// Form health and the contest report from a store.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/report/reports.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

// `items: open upheld changed closed`, then the changed share and the rate.
std::string Told(const v1::ContestFigures& figures) {
  return absl::StrCat(
      figures.items(), ": ", figures.open(), " ", figures.upheld(), " ",
      figures.changed(), " ", figures.closed(), ", ",
      figures.has_changed_percent() ? absl::StrCat(figures.changed_percent())
                                    : "-",
      ", ",
      figures.has_rate_percent() ? absl::StrCat(figures.rate_percent()) : "-");
}

std::vector<std::string> Told(
    const google::protobuf::RepeatedPtrField<v1::ContestGroup>& groups) {
  std::vector<std::string> told;
  for (const v1::ContestGroup& group : groups) {
    told.push_back(absl::StrCat(group.question_id(), group.name(), " ",
                                Told(group.figures())));
  }
  return told;
}

class ContestReportsTest : public CenterTest {
 protected:
  // Ann contests two items of Ada's call-1, of which one is changed; Bob one of
  // Ada's call-3, which waits; call-2 is not contested.
  void SetUp() override {
    CenterTest::SetUp();
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Evaluation first,
        Submit(ada_, "call-1", AnswersTo("half", "no", "no")));
    ASSERT_THAT(Submit(abe_, "call-2", AnswersTo("no", "na", "no")), IsOk());
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Evaluation third,
        Submit(ada_, "call-3", AnswersTo("half", "yes", "yes")));
    third_ = third.name();
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        ruled_, Contest(ann_, first.name(), {"warmth", "solved"}));
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        ruled_, Rule(abe_, {{"warmth", true}, {"solved", false}}));
    ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest waiting,
                                Contest(bob_, third_, {"warmth"}));
  }

  absl::StatusOr<v1::Contest> Contest(
      const Caller& agent, const std::string& evaluation,
      const std::vector<std::string>& questions) {
    v1::CreateContestRequest request;
    request.set_parent(evaluation);
    for (const std::string& question : questions) {
      v1::ContestItem& item = *request.mutable_contest()->add_items();
      item.set_question_id(question);
      item.set_reason("Listen.");
      item.mutable_proposed()->set_choice_id("yes");
    }
    return InWrite(
        [&](Transaction& tx) { return contests_.Create(tx, agent, request); });
  }

  // Whether each is changed.
  absl::StatusOr<v1::Contest> Rule(
      const Caller& ruler,
      const std::vector<std::pair<std::string, bool>>& items) {
    v1::RuleContestRequest request;
    request.set_name(ruled_.name());
    request.set_etag(ruled_.etag());
    for (const auto& [question, changed] : items) {
      v1::ItemRuling& item = *request.add_items();
      item.set_question_id(question);
      item.set_outcome(changed ? v1::ItemRuling::OUTCOME_CHANGED
                               : v1::ItemRuling::OUTCOME_UPHELD);
      item.set_reason("Heard.");
    }
    return InWrite(
        [&](Transaction& tx) { return contests_.Rule(tx, ruler, request); });
  }

  absl::StatusOr<v1::ContestReport> Contests(
      const Caller& caller, const v1::GetContestReportRequest& request = {}) {
    return InRead([&](Transaction& tx) {
      return reports_.GetContestReport(tx, caller, request);
    });
  }
  absl::StatusOr<v1::FormHealth> Health(const Caller& caller,
                                        const std::string& name,
                                        v1::GetFormHealthRequest request = {}) {
    request.set_name(name);
    return InRead([&](Transaction& tx) {
      return reports_.GetFormHealth(tx, caller, request);
    });
  }

  Reports reports_{clock()};
  v1::Contest ruled_;
  std::string third_;
};

TEST_P(ContestReportsTest, CountsByQuestionRaterAndTeam) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ContestReport report, Contests(quinn_));
  EXPECT_EQ(Told(report.overall()), "3: 1 1 1 0, 50, 100");
  EXPECT_EQ(report.overall().evaluations(), 3);
  EXPECT_THAT(Told(report.questions()),
              ElementsAre("warmth 2: 1 0 1 0, 100, 66.67",
                          "solved 1: 0 1 0 0, 0, 33.33"));
  EXPECT_EQ(report.questions(0).form(), "forms/call");
  EXPECT_EQ(report.questions(0).text(), "Was it warm?");
  EXPECT_THAT(Told(report.raters()),
              ElementsAre("people/ada 3: 1 1 1 0, 50, -"));
  EXPECT_THAT(Told(report.teams()),
              ElementsAre("teams/red 2: 0 1 1 0, 50, 100",
                          "teams/blue 1: 1 0 0 0, -, 100"));
}

TEST_P(ContestReportsTest, AnEscalationOpensAgainAndAVoidCloses) {
  v1::EscalateContestRequest escalate;
  escalate.set_name(ruled_.name());
  escalate.set_etag(ruled_.etag());
  escalate.set_reason("Not heard.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return contests_.Escalate(tx, ann_, escalate);
              }),
              IsOk());
  v1::GetEvaluationRequest get;
  get.set_name(third_);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation third,
                              InRead([&](Transaction& tx) {
                                return evaluations_.Get(tx, quinn_, get);
                              }));
  v1::VoidEvaluationRequest withdraw;
  withdraw.set_name(third_);
  withdraw.set_etag(third.etag());
  withdraw.set_reason("The wrong call.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, withdraw);
              }),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ContestReport report, Contests(quinn_));
  EXPECT_EQ(Told(report.overall()), "3: 2 0 0 1, -, 150");
}

TEST_P(ContestReportsTest, DaysAreThoseOnWhichItemsWereContested) {
  v1::GetContestReportRequest request;
  request.mutable_period()->set_first_day("2026-04-01");
  request.mutable_period()->set_last_day("2026-04-01");
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::ContestReport report,
                              Contests(quinn_, request));
  // The calls were in March: no evaluations to hold the items against.
  EXPECT_EQ(Told(report.overall()), "3: 1 1 1 0, 50, -");
  request.mutable_period()->set_first_day("2026-03-01");
  request.mutable_period()->set_last_day("2026-03-31");
  ATTUNE_ASSERT_OK_AND_ASSIGN(report, Contests(quinn_, request));
  EXPECT_EQ(Told(report.overall()), "0: 0 0 0 0, -, 0");
}

TEST_P(ContestReportsTest, ALeadSeesTheirTeamAlone) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ContestReport report, Contests(lea_));
  EXPECT_EQ(report.team(), "teams/red");
  EXPECT_EQ(Told(report.overall()), "2: 0 1 1 0, 50, 100");
  v1::GetContestReportRequest request;
  request.set_team("teams/blue");
  EXPECT_THAT(Contests(lea_, request), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ContestReport blue,
                              Contests(quinn_, request));
  EXPECT_EQ(Told(blue.overall()), "1: 1 0 0 0, -, 100");
  const Caller alone = CallerOf("lou", "", v1::ROLE_LEAD, kTeam);
  EXPECT_THAT(Contests(alone), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_P(ContestReportsTest, WrongRequestsAreToldWhole) {
  v1::GetContestReportRequest request;
  request.set_team("red");
  request.set_form("call");
  request.mutable_period()->set_last_day("2026-02-30");
  const auto answer = Contests(quinn_, request);
  EXPECT_THAT(answer, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(answer, HasViolation("form", "NAME_INVALID"));
  EXPECT_THAT(answer, HasViolation("period.last_day", "DATE_INVALID"));
  request = {};
  request.set_form("forms/none");
  EXPECT_THAT(Contests(quinn_, request), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(ContestReportsTest, HealthIsOfEffectiveScoresWithContests) {
  // call-1 again, by another rater: warmth yes, solved yes.
  ASSERT_THAT(Submit(abe_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormHealth health,
                              Health(quinn_, "forms/call"));
  EXPECT_EQ(health.name(), "forms/call");
  EXPECT_EQ(health.title(), "Small");
  EXPECT_EQ(health.evaluations(), 4);
  EXPECT_EQ(health.contacts_scored_twice(), 1);
  ASSERT_EQ(health.questions_size(), 3);
  const v1::QuestionHealth& warmth = health.questions(0);
  EXPECT_EQ(warmth.text(), "Was it warm?");
  EXPECT_EQ(warmth.section_id(), "connection");
  EXPECT_EQ(warmth.scored(), 4);
  EXPECT_EQ(warmth.pass_percent(), 50);    // ruled yes, no, half, yes
  EXPECT_EQ(warmth.mean_percent(), 62.5);  // 100, 0, 50, 100
  EXPECT_EQ(warmth.share_percent(), 60);
  EXPECT_EQ(warmth.lost(), 22.5);  // 0, 60, 30, 0
  EXPECT_EQ(warmth.discrimination().n(), 4);
  EXPECT_EQ(warmth.discrimination().reason(), "too_few");
  EXPECT_EQ(warmth.agreement().pairs(), 1);
  EXPECT_EQ(warmth.agreement().agreement_percent(), 0);  // before the ruling
  EXPECT_EQ(Told(warmth.contests()), "2: 1 0 1 0, 100, 50");
  ASSERT_EQ(warmth.findings_size(), 1);
  EXPECT_EQ(warmth.findings(0).reason(),
            v1::QuestionFinding::REASON_NOT_ENOUGH_DATA);
  const v1::QuestionHealth& solved = health.questions(1);
  EXPECT_EQ(solved.asked(), 4);
  EXPECT_EQ(solved.scored(), 3);
  EXPECT_EQ(solved.pass_percent(), 66.67);
  EXPECT_EQ(solved.na_percent(), 25);
  EXPECT_EQ(solved.lost(), 5);  // 20 / 4
  EXPECT_EQ(Told(solved.contests()), "1: 0 1 0 0, 0, 25");
}

TEST_P(ContestReportsTest, HealthIsOfATeamAPeriodAndARevision) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::FormHealth health,
                              Health(lea_, "forms/call/revisions/-"));
  EXPECT_EQ(health.name(), "forms/call/revisions/1");
  EXPECT_EQ(health.team(), "teams/red");
  EXPECT_EQ(health.evaluations(), 2);
  EXPECT_EQ(health.questions(0).contests().items(), 1);
  v1::GetFormHealthRequest request;
  request.mutable_period()->set_first_day("2026-03-04");
  ATTUNE_ASSERT_OK_AND_ASSIGN(health, Health(quinn_, "forms/call", request));
  EXPECT_EQ(health.evaluations(), 1);
  EXPECT_EQ(health.questions(0).mean_percent(), 50);

  const struct {
    const char* name;
    absl::StatusCode code;
  } kTable[] = {{"forms/none", absl::StatusCode::kNotFound},
                {"forms/call/revisions/2", absl::StatusCode::kNotFound},
                {"call", absl::StatusCode::kInvalidArgument},
                {"", absl::StatusCode::kInvalidArgument}};
  for (const auto& row : kTable) {
    EXPECT_THAT(Health(quinn_, row.name), StatusIs(row.code)) << row.name;
  }
  request.set_team("teams/blue");
  EXPECT_THAT(Health(lea_, "forms/call", request),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(ContestReportsTest, AScorecardListsWhatCounts) {
  v1::GetAgentScorecardRequest request;
  request.set_person("people/bob");
  const auto card = [&] {
    return InRead([&](Transaction& tx) {
      return reports_.GetAgentScorecard(tx, quinn_, request);
    });
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::AgentScorecard bob, card());
  ASSERT_EQ(bob.rows_size(), 1);
  EXPECT_TRUE(bob.rows(0).contested());
  request.set_person("people/ann");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::AgentScorecard ann, card());
  ASSERT_EQ(ann.rows_size(), 2);
  EXPECT_EQ(ann.rows(1).percent(), 80);  // ruled: 100 of 60, 50 of 40
  EXPECT_FALSE(ann.rows(1).contested());

  v1::GetEvaluationRequest get;
  get.set_name(third_);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation third,
                              InRead([&](Transaction& tx) {
                                return evaluations_.Get(tx, quinn_, get);
                              }));
  v1::VoidEvaluationRequest withdraw;
  withdraw.set_name(third_);
  withdraw.set_etag(third.etag());
  withdraw.set_reason("The wrong call.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, withdraw);
              }),
              IsOk());
  request.set_person("people/bob");
  ATTUNE_ASSERT_OK_AND_ASSIGN(bob, card());
  EXPECT_EQ(bob.rows_size(), 0);
}

ATTUNE_ON_EVERY_BACKEND(ContestReportsTest);

}  // namespace
}  // namespace attune
