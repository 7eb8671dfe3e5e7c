#include "engine/stats/icc.h"

#include <gtest/gtest.h>

#include "engine/stats/crossed_scores.h"
#include "engine/stats/crossed_variances.h"
#include "tests/engine/stats/rating_rows.h"

namespace attune {
namespace {

// Shrout and Fleiss 1979.
RatingRows SixByFour() {
  return {{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
          {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
}

TEST(IccTest, AConstantAndTheOrderOfRatersChangeNothing) {
  const Icc icc = IccOf(RatingsOf(SixByFour()));
  const auto shifted =
      Changed(SixByFour(), [](double value) { return value + 100; });
  for (const Icc& other :
       {IccOf(RatingsOf(shifted)), IccOf(RatingsOf(Relabelled(SixByFour())))}) {
    for (const auto pair :
         {&Icc::one_way, &Icc::agreement, &Icc::consistency}) {
      EXPECT_NEAR(*(icc.*pair).single.value.value,
                  *(other.*pair).single.value.value, 1e-10);
      EXPECT_NEAR((icc.*pair).average.interval->low,
                  (other.*pair).average.interval->low, 1e-9);
    }
  }
}

TEST(IccTest, SaysWhyThereIsNone) {
  EXPECT_EQ(IccOf(Ratings(3, 2)).agreement.single.value.reason,
            Reason::kNoData);
  EXPECT_EQ(IccOf(RatingsOf({{1}, {2}})).agreement.single.value.reason,
            Reason::kOneRater);
  EXPECT_EQ(IccOf(RatingsOf({{1, 2}})).agreement.single.value.reason,
            Reason::kOneTarget);
  EXPECT_EQ(IccOf(RatingsOf({{0.1, 0.1}, {0.1, 0.1}, {0.1, 0.1}}))
                .consistency.average.value.reason,
            Reason::kNoVariation);
}

TEST(IccTest, FormulasThatLeaveTheirRangeAreDegenerate) {
  // Targets have the same mean: BMS 0, WMS 1/2, JMS 0, EMS 1.
  const Icc icc = IccOf(RatingsOf({{1, 2}, {2, 1}}));
  EXPECT_EQ(icc.one_way.single.value.value, -1.0);
  EXPECT_EQ(icc.one_way.average.value.reason, Reason::kDegenerate);
  EXPECT_EQ(icc.agreement.single.value.reason, Reason::kDegenerate);
  EXPECT_EQ(icc.agreement.average.value.reason, Reason::kDegenerate);
  EXPECT_EQ(icc.consistency.single.value.value, -1.0);
  EXPECT_EQ(icc.consistency.average.value.reason, Reason::kDegenerate);
}

TEST(IccTest, WithoutResidualConsistencyIsOneWithoutInterval) {
  const Icc icc = IccOf(RatingsOf({{0.1, 0.3}, {0.2, 0.4}, {0.6, 0.8}}));
  EXPECT_EQ(icc.consistency.single.value.value, 1.0);
  EXPECT_EQ(icc.consistency.average.value.value, 1.0);
  EXPECT_FALSE(icc.consistency.single.interval.has_value());
}

TEST(IccTest, AFewTargetsWithGapsAreLeftOut) {
  RatingRows rows = SixByFour();
  rows.push_back({1, kGap, 2, 3});
  rows.push_back({kGap, kGap, kGap, kGap});
  const Icc icc = IccOf(RatingsOf(rows));
  EXPECT_EQ(icc.targets, 6);
  EXPECT_EQ(icc.dropped, 1);
  EXPECT_FALSE(icc.from_variances);
  EXPECT_EQ(icc.agreement.single.value.value,
            IccOf(RatingsOf(SixByFour())).agreement.single.value.value);
}

TEST(IccTest, UnderFourFifthsCompleteItComesFromTheVariances) {
  RatingRows rows = SixByFour();
  rows[0][1] = kGap;
  rows[3][2] = kGap;
  const Icc icc = IccOf(RatingsOf(rows));
  EXPECT_TRUE(icc.from_variances);
  EXPECT_EQ(icc.targets, 6);
  EXPECT_EQ(icc.consistency.single.value.reason, Reason::kTooFew);
  std::vector<CrossedScore> scores;
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t j = 0; j < rows[i].size(); ++j) {
      if (rows[i][j]) scores.push_back({i, j, *rows[i][j]});
    }
  }
  EXPECT_NEAR(*icc.agreement.single.value.value,
              FitCrossedVariances(CrossedScores(scores, 6, 4)).SingleScoreIcc(),
              1e-6);
}

TEST(CrossedVariancesTest, AgreeWithMeanSquaresWhereNothingIsMissing) {
  std::vector<CrossedScore> scores;
  const RatingRows rows = SixByFour();
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t j = 0; j < rows[i].size(); ++j) {
      scores.push_back({i, j, *rows[i][j]});
    }
  }
  const CrossedVariances fit = FitCrossedVariances(CrossedScores(scores, 6, 4));
  const Icc icc = IccOf(RatingsOf(rows));
  const Icc::MeanSquares& ms = *icc.mean_squares;
  EXPECT_NEAR(fit.residual, ms.residual, 1e-5);
  EXPECT_NEAR(fit.agent, (ms.targets - ms.residual) / 4, 1e-5);
  EXPECT_NEAR(fit.rater, (ms.raters - ms.residual) / 6, 1e-4);
  EXPECT_NEAR(fit.SingleScoreIcc(), *icc.agreement.single.value.value, 1e-5);
}

}  // namespace
}  // namespace attune
