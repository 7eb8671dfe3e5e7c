#include "engine/stats/severity.h"

#include <gtest/gtest.h>

#include "engine/stats/crossed_scores.h"

namespace attune {
namespace {

// Agents A, B, C; advocates Q1, Q2.
std::vector<CrossedScore> FourScores() {
  return {{0, 0, 80}, {0, 1, 70}, {1, 0, 90}, {2, 1, 60}};
}

// Four agents, three advocates, two scores of each pair that chance moves.
std::vector<CrossedScore> Grid() {
  constexpr double kSkill[] = {60, 70, 80, 90};
  constexpr double kSeverity[] = {-5, 0, 5};
  std::vector<CrossedScore> scores;
  for (size_t agent = 0; agent < 4; ++agent) {
    for (size_t rater = 0; rater < 3; ++rater) {
      const double chance = agent % 2 == rater % 2 ? 1 : -2;
      const double score = kSkill[agent] + kSeverity[rater];
      scores.push_back({agent, rater, score + chance});
      scores.push_back({agent, rater, score - 1});
    }
  }
  return scores;
}

TEST(SeverityTest, LeastSquaresTellWhatFourScoresAllow) {
  const Severity fit =
      FitSeverityByLeastSquares(CrossedScores(FourScores(), 3, 2));
  EXPECT_NEAR(*fit.agents[0].fair, 75, 1e-10);
  EXPECT_NEAR(*fit.agents[1].fair, 85, 1e-10);
  EXPECT_NEAR(*fit.agents[2].fair, 65, 1e-10);
  EXPECT_NEAR(*fit.raters[0].severity, 5, 1e-10);
  EXPECT_NEAR(*fit.raters[1].severity, -5, 1e-10);
  EXPECT_EQ(fit.reason, Reason::kNoResidualDf);
  EXPECT_EQ(fit.sigma2, std::nullopt);
}

TEST(SeverityTest, WithoutResidualTheRawMeansStay) {
  const Severity fit = FitSeverity(CrossedScores(FourScores(), 3, 2));
  EXPECT_EQ(fit.reason, Reason::kNoResidualDf);
  EXPECT_EQ(fit.residual_df, 0);
  EXPECT_NEAR(*fit.agents[0].fair, 75, 1e-12);
  EXPECT_NEAR(*fit.agents[1].fair, 90, 1e-12);
  EXPECT_EQ(fit.raters[0].severity, std::nullopt);
}

TEST(SeverityTest, PartsThatShareNoRaterAreNotCompared) {
  const CrossedScores scores(
      std::vector<CrossedScore>{
          {0, 0, 80}, {2, 0, 81}, {1, 1, 70}, {1, 1, 74}, {3, 1, 70}},
      4, 2);
  const Severity fit = FitSeverity(scores);
  EXPECT_EQ(fit.reason, Reason::kDisconnected);
  EXPECT_EQ(fit.agents[0].fair, std::nullopt);
  EXPECT_DOUBLE_EQ(fit.agents[0].raw, 80);
  const auto components = ComponentsOf(scores);
  ASSERT_EQ(components.size(), 2u);
  EXPECT_EQ(components[0].agents, (std::vector<size_t>{0, 2}));
  EXPECT_EQ(components[1].agents, (std::vector<size_t>{1, 3}));
  EXPECT_EQ(components[1].raters, (std::vector<size_t>{1}));
}

TEST(SeverityTest, AConstantMovesTheFairScoresAlone) {
  std::vector<CrossedScore> moved = Grid();
  for (CrossedScore& score : moved) score.score += 1000;
  const Severity fit = FitSeverity(CrossedScores(Grid(), 4, 3));
  const Severity other = FitSeverity(CrossedScores(moved, 4, 3));
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(*fit.agents[i].fair + 1000, *other.agents[i].fair, 1e-7);
    EXPECT_NEAR(*fit.agents[i].se, *other.agents[i].se, 1e-7);
  }
  EXPECT_NEAR(*fit.sigma2_rater, *other.sigma2_rater, 1e-6);
}

TEST(SeverityTest, RelabellingTheRatersChangesNothing) {
  std::vector<CrossedScore> relabelled = Grid();
  for (CrossedScore& score : relabelled) score.rater = 2 - score.rater;
  const Severity fit = FitSeverity(CrossedScores(Grid(), 4, 3));
  const Severity other = FitSeverity(CrossedScores(relabelled, 4, 3));
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(*fit.agents[i].fair, *other.agents[i].fair, 1e-8);
  }
  for (size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(*fit.raters[j].severity, *other.raters[2 - j].severity, 1e-8);
  }
}

TEST(SeverityTest, BalancedAgentsKeepTheirMeans) {
  const Severity fit = FitSeverity(CrossedScores(Grid(), 4, 3));
  double sum = 0;
  for (const FairScore& agent : fit.agents) {
    EXPECT_NEAR(*agent.fair, agent.raw, 1e-9);
  }
  for (const RaterSeverity& rater : fit.raters) sum += *rater.severity;
  EXPECT_NEAR(sum, 0, 1e-9);
  EXPECT_LT(*fit.raters[0].severity, -3);
  EXPECT_GT(*fit.raters[2].severity, 3);
}

TEST(SeverityTest, AdvocatesWhoAlwaysAgreeHaveNone) {
  const Severity fit = FitSeverity(CrossedScores(
      std::vector<CrossedScore>{
          {0, 0, 80.1}, {0, 1, 80.1}, {0, 0, 80.1}, {1, 1, 60}, {1, 0, 60}},
      2, 2));
  EXPECT_EQ(fit.reason, Reason::kNone);
  EXPECT_EQ(fit.raters[0].severity, 0.0);
  EXPECT_EQ(fit.sigma2, 0.0);
  EXPECT_NEAR(*fit.agents[0].fair, 80.1, 1e-12);
}

TEST(SeverityTest, ExactlyAdditiveScoresAreTakenApart) {
  std::vector<CrossedScore> scores = {{0, 0, 75}, {0, 1, 85}, {1, 1, 65},
                                      {1, 2, 60}, {2, 2, 70}, {2, 0, 65},
                                      {2, 1, 75}};
  const Severity fit = FitSeverityByLeastSquares(CrossedScores(scores, 3, 3));
  EXPECT_NEAR(*fit.sigma2, 0, 1e-10);
  EXPECT_NEAR(*fit.raters[1].severity - *fit.raters[0].severity, 10, 1e-9);
  EXPECT_NEAR(*fit.raters[2].severity - *fit.raters[0].severity, 5, 1e-9);
  const Severity reml = FitSeverity(CrossedScores(scores, 3, 3));
  EXPECT_NEAR(*reml.agents[0].fair, *fit.agents[0].fair, 1e-3);
}

}  // namespace
}  // namespace attune
