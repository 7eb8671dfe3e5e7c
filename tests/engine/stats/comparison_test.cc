#include "engine/stats/comparison.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

TEST(ComparisonTest, WelchAgreesWithStudentsSleepData) {
  const IndependentChange change =
      CompareIndependent({0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2},
                         {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4});
  EXPECT_NEAR(*change.difference.value, 1.58, 1e-12);
  EXPECT_NEAR(change.welch->t, 1.8608, 5e-5);
  EXPECT_NEAR(change.welch->df, 17.776, 5e-4);
  EXPECT_NEAR(change.welch->p, 0.07939, 5e-6);
  EXPECT_NEAR(change.welch->interval.low, -0.2054832, 5e-8);
  EXPECT_NEAR(change.welch->interval.high, 3.3654832, 5e-8);
  EXPECT_EQ(change.pooled->df, 18);
}

TEST(ComparisonTest, SwappingTheSidesSwapsTheSign) {
  const std::vector<double> a = {1, 2, 4};
  const std::vector<double> b = {5, 3, 8, 8};
  const IndependentChange one = CompareIndependent(a, b);
  const IndependentChange other = CompareIndependent(b, a);
  EXPECT_EQ(*one.difference.value, -*other.difference.value);
  EXPECT_NEAR(one.welch->interval.low, -other.welch->interval.high, 1e-12);
  EXPECT_NEAR(*one.hedges_g, -*other.hedges_g, 1e-12);
  EXPECT_NEAR(one.welch->p, other.welch->p, 1e-12);
}

TEST(ComparisonTest, ADifferenceWithoutATestSaysWhy) {
  EXPECT_EQ(CompareIndependent({}, {1}).difference.reason, Reason::kNoData);
  const IndependentChange few = CompareIndependent({1}, {3, 5});
  EXPECT_EQ(few.difference.value, 3.0);
  EXPECT_EQ(few.reason, Reason::kTooFew);
  EXPECT_FALSE(few.welch.has_value());
  const IndependentChange same = CompareIndependent({1, 1}, {3, 3});
  EXPECT_EQ(same.difference.value, 2.0);
  EXPECT_EQ(same.reason, Reason::kNoVariation);
  EXPECT_EQ(ComparePairs({}, {}).reason, Reason::kNoData);
}

TEST(ComparisonTest, PairsThatAllChangeAlikeHaveNoTest) {
  const PairedChange change = ComparePairs({0.1, 0.2, 0.7}, {1.1, 1.2, 1.7});
  EXPECT_NEAR(*change.change.value, 1, 1e-12);
  EXPECT_EQ(change.reason, Reason::kNoVariation);
  EXPECT_FALSE(change.test.has_value());
  EXPECT_EQ(change.dz, std::nullopt);
}

TEST(CoachingEffectTest, SaysWhyThereIsNone) {
  EXPECT_EQ(CoachingEffectOf({}, {}).effect.reason, Reason::kNoData);
  EXPECT_EQ(CoachingEffectOf({{1, 2}, {2, 3}}, {{1}, {1}}).effect.reason,
            Reason::kNoResidualDf);
  EXPECT_EQ(CoachingEffectOf({{5, 5}, {6, 7}}, {{5, 5}, {4, 5}}).effect.reason,
            Reason::kDegenerate);
  EXPECT_EQ(CoachingEffectOf({{1, 2, 3, 4}, {6, 7, 1, 2}}, {}).effect.reason,
            Reason::kDegenerate);
}

TEST(CoachingEffectTest, AnExactFitHasNoTest) {
  const CoachingEffect effect =
      CoachingEffectOf({{1, 2, 3}, {6, 7, 8}}, {{1, 4, 2}, {2, 5, 3}});
  EXPECT_NEAR(*effect.effect.value, 4, 1e-10);
  EXPECT_NEAR((*effect.coefficients)[1], 1, 1e-10);
  EXPECT_FALSE(effect.test.has_value());
}

TEST(McNemarTest, CountsOnlyWhatChanged) {
  const McNemarTest test = McNemarOf(150, 86);
  EXPECT_NEAR(*test.chi_squared, 4096.0 / 236, 1e-12);
  EXPECT_FALSE(test.exact);
  EXPECT_NEAR(*test.p.value, 3.1e-5, 5e-7);
  EXPECT_EQ(McNemarOf(0, 0).p.reason, Reason::kNoData);
}

TEST(McNemarTest, IsExactUnderTwentyFiveChanges) {
  EXPECT_NEAR(*McNemarOf(1, 5).p.value, 14.0 / 64, 1e-14);
  EXPECT_EQ(*McNemarOf(3, 3).p.value, 1.0);
  EXPECT_TRUE(McNemarOf(12, 12).exact);
  EXPECT_FALSE(McNemarOf(12, 13).exact);
}

}  // namespace
}  // namespace attune
