#include "engine/report/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/center_test.h"

namespace attune {
namespace {

class ReportsTest : public CenterTest {
 protected:
  absl::StatusOr<v1::AgentScorecard> Card(
      const Caller& caller, const std::string& person,
      v1::GetAgentScorecardRequest request = {}) {
    request.set_person(person);
    return InRead([&](Transaction& tx) {
      return reports_.GetAgentScorecard(tx, caller, request);
    });
  }
  absl::StatusOr<v1::TeamCoachingReport> Team(
      const Caller& caller, const std::string& team,
      v1::GetTeamCoachingReportRequest request = {}) {
    request.set_team(team);
    return InRead([&](Transaction& tx) {
      return reports_.GetTeamCoachingReport(tx, caller, request);
    });
  }
  // call-1 by two raters, call-2 by one.
  void ScoreAnn() {
    // Connection 100, solution 100: 100.
    ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
    // Connection 50, solution 50 (leak): 50.
    ASSERT_THAT(Submit(abe_, "call-1", AnswersTo("half", "yes", "yes")),
                IsOk());
    // Connection 0, solution 100 (solved N/A): 40.
    ASSERT_THAT(Submit(ada_, "call-2", AnswersTo("no", "na", "no")), IsOk());
  }

  Reports reports_{clock()};
};

TEST_P(ReportsTest, AScorecardSumsUpWhatWasScored) {
  ScoreAnn();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::AgentScorecard card,
                              Card(ann_, "people/ann"));
  const v1::AgentSummary& summary = card.summary();
  EXPECT_EQ(summary.person(), "people/ann");
  EXPECT_EQ(summary.average().n(), 3);
  EXPECT_EQ(summary.average().percent(), 63.33);  // 190 / 3
  EXPECT_EQ(summary.critical_evaluations(), 1);
  ASSERT_EQ(summary.critical_counts_size(), 1);
  EXPECT_EQ(summary.critical_counts(0).category(), v1::Critical::CUSTOMER);
  EXPECT_EQ(summary.unacknowledged(), 3);
  EXPECT_FALSE(summary.below_floor());

  ASSERT_EQ(summary.sections_size(), 2);
  const v1::SectionAverage& connection = summary.sections(0);
  EXPECT_EQ(connection.section_id(), "connection");
  EXPECT_EQ(connection.title(), "Connection");
  EXPECT_EQ(connection.average().percent(), 50.0);
  EXPECT_EQ(connection.weighted_loss(), 30.0);  // (0 + 30 + 60) / 3
  const v1::SectionAverage& solution = summary.sections(1);
  EXPECT_EQ(solution.average().percent(), 83.33);
  EXPECT_EQ(solution.weighted_loss(), 6.67);  // (0 + 20 + 0) / 3
  EXPECT_EQ(solution.critical_failures(), 1);
  EXPECT_EQ(summary.focus(),
            "Connection: an average evaluation loses 30.00 points of the total "
            "there, at 50.00 % of the section (n = 3).");

  // Two scores on the 2nd, one on the 3rd: too few later ones to compare.
  ASSERT_EQ(card.days_size(), 2);
  EXPECT_EQ(card.days(0).day(), "2026-03-02");
  EXPECT_EQ(card.days(0).percent(), 75.0);
  EXPECT_EQ(summary.trend().earlier().n(), 2);
  EXPECT_EQ(summary.trend().later().n(), 1);
  EXPECT_EQ(summary.trend().reason(), "too_few");

  ASSERT_EQ(card.rows_size(), 3);  // the newest first
  EXPECT_EQ(card.rows(0).contact(), "people/ann/contacts/call-2");
  EXPECT_EQ(card.rows(0).percent(), 40.0);
  EXPECT_EQ(card.rows(1).critical(), true);
}

TEST_P(ReportsTest, APeriodIncludesBothItsDays) {
  ScoreAnn();
  v1::GetAgentScorecardRequest request;
  request.mutable_period()->set_first_day("2026-03-03");
  request.mutable_period()->set_last_day("2026-03-03");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::AgentScorecard card,
                              Card(ann_, "people/ann", request));
  EXPECT_EQ(card.summary().average().percent(), 40.0);
  EXPECT_TRUE(card.summary().below_floor());
  EXPECT_EQ(card.rows_size(), 1);
  request.mutable_period()->set_last_day("2026-03-02");
  EXPECT_THAT(Card(ann_, "people/ann", request),
              HasViolation("period", "PERIOD_BACKWARDS"));
  request.mutable_period()->set_last_day("2026-02-30");
  EXPECT_THAT(Card(ann_, "people/ann", request),
              HasViolation("period.last_day", "DATE_INVALID"));
}

TEST_P(ReportsTest, NothingScoredIsSaidToBeNoData) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::AgentScorecard card,
                              Card(ann_, "people/ann"));
  EXPECT_FALSE(card.summary().average().has_percent());
  EXPECT_EQ(card.summary().average().reason(), "no_data");
  EXPECT_EQ(card.summary().focus(), "");
}

TEST_P(ReportsTest, ATeamIsRankedByWhoNeedsHelp) {
  ScoreAnn();
  v1::UpdatePersonRequest move;
  move.mutable_person()->set_name("people/bob");
  move.mutable_person()->add_roles(v1::ROLE_AGENT);
  move.mutable_person()->set_team("teams/red");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return people_.Update(tx, admin_, move);
              }),
              IsOk());
  ASSERT_THAT(Submit(ada_, "call-3", AnswersTo("no", "no", "yes")), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::TeamCoachingReport report,
                              Team(lea_, "teams/red"));
  ASSERT_EQ(report.agents_size(), 2);
  EXPECT_EQ(report.agents(0).person(), "people/bob");
  EXPECT_TRUE(report.agents(0).below_floor());
  EXPECT_EQ(report.agents(1).person(), "people/ann");
  EXPECT_EQ(report.overall().average().n(), 4);
  EXPECT_EQ(report.overall().average().percent(), 47.5);  // 190 / 4
  EXPECT_EQ(report.overall().critical_evaluations(), 2);
}

TEST_P(ReportsTest, WhatIsOutOfReachIsNotFound) {
  EXPECT_THAT(Card(bob_, "people/ann"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Card(lea_, "people/bob"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Team(lea_, "teams/blue"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Team(quinn_, "teams/green"),
              StatusIs(absl::StatusCode::kNotFound));
}

ATTUNE_ON_EVERY_BACKEND(ReportsTest);

}  // namespace
}  // namespace attune
