#include "engine/report/rater_severity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/clock.h"
#include "engine/report/rater_drift.h"

namespace attune {
namespace {

using testing::HasSubstr;

// 40 agents by 8 advocates, 234 scores, with one decimal.
std::vector<RatedScore> Simulated() {
  std::ifstream file(ATTUNE_SOURCE_DIR "/tests/vectors/data/severity_sim.csv");
  std::vector<RatedScore> scores;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    double value = 0;
    EXPECT_TRUE(absl::SimpleAtod(cells.at(2), &value));
    RatedScore score;
    score.agent = cells[0];
    score.rater = cells[1];
    score.hundredths = static_cast<int64_t>(value * 100 + 0.5);
    scores.push_back(score);
  }
  return scores;
}

const v1::FairMean* FindAgent(const v1::SeverityReport& report,
                              const std::string& id) {
  for (const v1::SeverityPart& part : report.parts()) {
    for (const v1::FairMean& agent : part.agents()) {
      if (agent.agent() == absl::StrCat("people/", id)) return &agent;
    }
  }
  return nullptr;
}

const v1::RaterSeverity* FindRater(const v1::SeverityReport& report,
                                   const std::string& id) {
  for (const v1::SeverityPart& part : report.parts()) {
    for (const v1::RaterSeverity& rater : part.raters()) {
      if (rater.rater() == absl::StrCat("people/", id)) return &rater;
    }
  }
  return nullptr;
}

v1::SeverityReport ReportOf(std::vector<RatedScore> scores) {
  return SeverityReportOf(SeverityModel(std::move(scores)), {});
}

TEST(RaterSeverityTest, GivesThePublishedFairMeans) {
  const v1::SeverityReport report = ReportOf(Simulated());
  EXPECT_EQ(report.method(), "reml");
  EXPECT_EQ(report.reason(), "");
  EXPECT_EQ(report.part_count(), 1);
  ASSERT_EQ(report.parts_size(), 1);
  EXPECT_EQ(report.parts(0).n(), 234);
  EXPECT_EQ(report.parts(0).residual_df(), 234 - 40 - 7);
  const v1::FairMean* a31 = FindAgent(report, "A31");
  ASSERT_NE(a31, nullptr);
  EXPECT_NEAR(a31->raw_mean(), 92.02, 0.005);
  EXPECT_NEAR(a31->fair_mean(), 85.16, 0.005);
  EXPECT_NEAR(a31->se(), 4.21, 0.005);
  EXPECT_NEAR(a31->low(), 85.16 - 1.96 * 4.21, 0.02);
  EXPECT_EQ(a31->sentence(),
            "About 6.9 points of this average are the raters', not the "
            "calls'.");
  const v1::FairMean* a01 = FindAgent(report, "A01");
  EXPECT_NEAR(a01->fair_mean(), 73.39, 0.005);
  EXPECT_EQ(a01->sentence(),
            "About 7.1 points are missing from this average because of the "
            "raters, not the calls.");
  const v1::RaterSeverity* harsh = FindRater(report, "Q1");
  EXPECT_NEAR(harsh->severity(), -8.90, 0.005);
  EXPECT_NEAR(harsh->se(), 2.75, 0.005);
  EXPECT_EQ(harsh->sentence(),
            "Harsh: gives about 8.9 points less than an average rater.");
  EXPECT_THAT(FindRater(report, "Q8")->sentence(), HasSubstr("Lenient: gives"));
}

TEST(RaterSeverityTest, TheOrderOfScoresChangesNothing) {
  std::vector<RatedScore> backwards = Simulated();
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(ReportOf(backwards).SerializeAsString(),
            ReportOf(Simulated()).SerializeAsString());
}

TEST(RaterSeverityTest, AutoFailedCallsCountInRawMeansOnly) {
  std::vector<RatedScore> scores = Simulated();
  const v1::SeverityReport without = ReportOf(scores);
  scores.push_back({"A31", "Q1", 0, 0, true});
  scores.push_back({"A99", "Q1", 0, 0, true});
  const v1::SeverityReport with = ReportOf(scores);
  const v1::FairMean* before = FindAgent(without, "A31");
  const v1::FairMean* after = FindAgent(with, "A31");
  EXPECT_EQ(after->fair_mean(), before->fair_mean());
  EXPECT_EQ(after->scored_mean(), before->scored_mean());
  EXPECT_EQ(after->n(), before->n() + 1);
  EXPECT_EQ(after->auto_failed(), 1);
  EXPECT_NEAR(after->raw_mean(), 92.02 * 5 / 6, 0.005);
  EXPECT_THAT(after->sentence(), HasSubstr("also counts 1 automatic failure"));
  const v1::FairMean* only = FindAgent(with, "A99");
  ASSERT_NE(only, nullptr);
  EXPECT_EQ(only->raw_mean(), 0);
  EXPECT_FALSE(only->has_fair_mean());
  EXPECT_EQ(with.part_count(), 1);
  EXPECT_EQ(with.reason(), "");
}

TEST(RaterSeverityTest, PartsThatShareNoRaterAreNotCompared) {
  std::vector<RatedScore> scores = Simulated();
  for (const RatedScore& score : Simulated()) {
    RatedScore other = score;
    other.agent = absl::StrCat("B", score.agent);
    other.rater = absl::StrCat("R", score.rater);
    if (score.agent < "A20") scores.push_back(other);
  }
  const v1::SeverityReport report = ReportOf(scores);
  EXPECT_EQ(report.reason(), "disconnected");
  EXPECT_EQ(report.part_count(), 2);
  ASSERT_EQ(report.parts_size(), 2);
  EXPECT_THAT(report.summary(), HasSubstr("cannot be told apart"));
  EXPECT_THAT(report.summary(), HasSubstr("by Q1 and by RQ1"));
  // Inside a part everything is as if there were no other.
  EXPECT_EQ(FindAgent(report, "A31")->fair_mean(),
            FindAgent(ReportOf(Simulated()), "A31")->fair_mean());
  SeverityView view;
  view.all_raters = false;
  EXPECT_EQ(SeverityReportOf(SeverityModel(scores), view).summary().find("Q1"),
            std::string::npos);
}

TEST(RaterSeverityTest, WhatCannotBeToldIsAbsentWithItsReason) {
  const v1::SeverityReport nothing = ReportOf({});
  EXPECT_EQ(nothing.reason(), "no_data");
  EXPECT_EQ(nothing.parts_size(), 0);

  const v1::SeverityReport alone =
      ReportOf({{"a", "q", 0, 8000, false}, {"b", "q", 0, 7000, false}});
  EXPECT_EQ(alone.parts(0).reason(), "one_rater");
  EXPECT_EQ(alone.parts(0).raters(0).severity(), 0);
  EXPECT_FALSE(alone.parts(0).raters(0).has_se());
  EXPECT_FALSE(alone.parts(0).agents(0).has_fair_mean());
  EXPECT_EQ(alone.parts(0).agents(0).raw_mean(), 70);

  const v1::SeverityReport tight = ReportOf({{"a", "p", 0, 8000, false},
                                             {"a", "q", 0, 7000, false},
                                             {"b", "p", 0, 9000, false},
                                             {"c", "q", 0, 6000, false}});
  EXPECT_EQ(tight.parts(0).reason(), "no_residual_df");
  EXPECT_FALSE(tight.parts(0).raters(0).has_severity());
  EXPECT_THAT(tight.summary(), HasSubstr("cannot be told apart"));

  const v1::SeverityReport few = ReportOf({{"a", "p", 0, 8000, false},
                                           {"a", "q", 0, 7000, false},
                                           {"b", "p", 0, 9000, false},
                                           {"b", "q", 0, 8500, false}});
  EXPECT_EQ(few.parts(0).reason(), "too_few");
  EXPECT_EQ(few.parts(0).residual_df(), 1);
  EXPECT_FALSE(few.parts(0).agents(0).has_fair_mean());
}

// Five agents, three raters, three months, everybody scores every agent once a
// month.  p is 4 points lenient, and 10 in the last month; r scores in the
// first month only two agents.
std::vector<RatedScore> Drifting() {
  const int64_t first = *ParseDay("2026-01-15");
  std::vector<RatedScore> scores;
  for (int month = 0; month < 3; ++month) {
    for (int agent = 0; agent < 5; ++agent) {
      for (int rater = 0; rater < 3; ++rater) {
        if (month == 0 && rater == 2 && agent > 1) continue;
        const int64_t given = rater > 0 ? 0 : month == 2 ? 1000 : 400;
        // Chance that adds up to nothing over agents.
        const int64_t chance = ((agent + rater + month) % 5 - 2) * 100;
        scores.push_back(
            {absl::StrCat("agent-", agent),
             std::string(1, static_cast<char>('p' + rater)), first + 30 * month,
             6000 + 500 * agent + given + 200 * month + chance, false});
      }
    }
  }
  return scores;
}

TEST(RaterDriftTest, MonthsMoveByWhatTheRaterMoved) {
  const SeverityModel model(Drifting());
  const v1::RaterDrift drift = RaterDriftOf(model, "p");
  EXPECT_EQ(drift.reason(), "");
  ASSERT_EQ(drift.months_size(), 3);
  EXPECT_EQ(drift.months(0).month(), "2026-01");
  EXPECT_EQ(drift.months(0).n(), 5);
  EXPECT_EQ(drift.months(0).others(), 7);
  EXPECT_EQ(drift.months(1).others(), 10);
  // Both months are balanced: agents and severities drop out of the difference.
  EXPECT_NEAR(drift.months(2).severity() - drift.months(1).severity(), 6, 1e-9);
  // The formula of severity.proto.
  const LinkedScores& part = *model.PartOf("p");
  const double half =
      1.959963985 * std::sqrt(*part.fit.sigma2 * (1.0 / 5 + 1.0 / 10));
  EXPECT_NEAR(drift.months(1).high() - drift.months(1).severity(), half, 1e-8);
  EXPECT_EQ(drift.change(),
            drift.months(2).severity() - drift.months(0).severity());
  EXPECT_THAT(drift.sentence(), HasSubstr("From 2026-01 to 2026-03"));
  EXPECT_THAT(drift.sentence(), HasSubstr("towards lenient"));
}

TEST(RaterDriftTest, AMonthOfTooFewScoresSaysSo) {
  const v1::RaterDrift drift = RaterDriftOf(SeverityModel(Drifting()), "r");
  ASSERT_EQ(drift.months_size(), 3);
  EXPECT_EQ(drift.months(0).n(), 2);
  EXPECT_FALSE(drift.months(0).has_severity());
  EXPECT_EQ(drift.months(0).reason(), "too_few");
  EXPECT_TRUE(drift.months(1).has_severity());
  EXPECT_TRUE(drift.has_change());
}

TEST(RaterDriftTest, WhoScoredNothingOrAloneHasNone) {
  const v1::RaterDrift nobody = RaterDriftOf(SeverityModel(Drifting()), "x");
  EXPECT_EQ(nobody.reason(), "no_data");
  EXPECT_EQ(nobody.months_size(), 0);
  const v1::RaterDrift alone =
      RaterDriftOf(SeverityModel({{"a", "q", 0, 8000, false}}), "q");
  EXPECT_EQ(alone.reason(), "one_rater");
  ASSERT_EQ(alone.months_size(), 1);
  EXPECT_EQ(alone.months(0).month(), "1970-01");
  EXPECT_EQ(alone.months(0).reason(), "one_rater");
  EXPECT_FALSE(alone.has_change());
}

}  // namespace
}  // namespace attune
