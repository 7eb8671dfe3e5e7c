#include "engine/stats/shrinkage.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/stats/distributions.h"

namespace attune {
namespace {

using Groups = std::vector<std::vector<double>>;

std::vector<GroupMean> MeansOf(const Groups& groups) {
  std::vector<GroupMean> means;
  for (const auto& group : groups) means.push_back(GroupMeanOf(group));
  return means;
}

TEST(ShrinkageTest, WithoutDifferencesEveryGroupGetsTheMean) {
  const Shrinkage fit = Shrink(MeansOf({{1, 3}, {3, 1}, {1, 3}}));
  EXPECT_EQ(fit.reason, Reason::kNone);
  EXPECT_EQ(fit.components->between, 0.0);
  EXPECT_DOUBLE_EQ(fit.components->within, 1.2);  // 6 / (6 - 1)
  for (const ShrunkMean& group : fit.groups) {
    EXPECT_EQ(group.shrunk, 2.0);
    EXPECT_EQ(group.weight, 0.0);
  }
}

TEST(ShrinkageTest, WithoutNoiseEveryGroupKeepsItsMean) {
  const Shrinkage fit = Shrink(MeansOf({{1, 1}, {3, 3, 3}}));
  EXPECT_EQ(fit.components->within, 0.0);
  EXPECT_EQ(fit.components->between, 2.0);
  EXPECT_EQ(fit.groups[0].shrunk, 1.0);
  EXPECT_EQ(fit.groups[1].weight, 1.0);
}

TEST(ShrinkageTest, SaysWhyNothingCanBeShrunk) {
  EXPECT_EQ(Shrink({}).reason, Reason::kNoData);
  EXPECT_EQ(Shrink(MeansOf({{}, {}})).reason, Reason::kNoData);
  EXPECT_EQ(Shrink(MeansOf({{1, 2}, {}})).reason, Reason::kOneGroup);
  EXPECT_EQ(Shrink(MeansOf({{5, 5}, {5}})).reason, Reason::kNoVariation);
  const Shrinkage single = Shrink(MeansOf({{1}, {2}, {9}}));
  EXPECT_EQ(single.reason, Reason::kNoResidualDf);
  EXPECT_EQ(single.groups[2].shrunk, 9.0);
  EXPECT_EQ(single.groups[2].weight, std::nullopt);
  EXPECT_FALSE(single.components.has_value());
}

TEST(ShrinkageTest, AGroupWithoutValuesGetsThePrior) {
  const Groups groups = {{70, 80}, {90, 96}, {60, 50, 55}};
  Groups with_empty = groups;
  with_empty.push_back({});
  const Shrinkage fit = Shrink(MeansOf(with_empty));
  const Shrinkage without = Shrink(MeansOf(groups));
  EXPECT_EQ(fit.components->mu, without.components->mu);
  EXPECT_EQ(fit.components->between, without.components->between);
  const ShrunkMean& unknown = fit.groups[3];
  EXPECT_TRUE(unknown.prior_only);
  EXPECT_EQ(unknown.shrunk, fit.components->mu);
  double weights = 0;
  for (const auto& group : groups) {
    weights += 1 / (fit.components->between +
                    fit.components->within / static_cast<double>(group.size()));
  }
  EXPECT_NEAR(unknown.interval->high - unknown.shrunk,
              NormalMargin() * std::sqrt(fit.components->between + 1 / weights),
              1e-9);
}

TEST(ShrinkageTest, AConstantMovesOnlyTheMeans) {
  const Shrinkage fit = Shrink(MeansOf({{70, 80}, {90, 96}, {60, 50, 55}}));
  const Shrinkage moved =
      Shrink(MeansOf({{1070, 1080}, {1090, 1096}, {1060, 1050, 1055}}));
  EXPECT_NEAR(fit.components->between, moved.components->between, 1e-6);
  EXPECT_NEAR(fit.components->within, moved.components->within, 1e-8);
  EXPECT_NEAR(fit.groups[1].shrunk + 1000, moved.groups[1].shrunk, 1e-8);
}

TEST(ShrinkageTest, EqualGroupsHaveTheirMoments) {
  const auto means = MeansOf({{70, 80}, {90, 96}, {60, 50}});
  const VarianceComponents moments = AnovaComponents(means).value();
  const Shrinkage fit = Shrink(means);
  EXPECT_NEAR(fit.components->between, moments.between, 1e-8);
  EXPECT_NEAR(fit.components->within, moments.within, 1e-8);
  EXPECT_NEAR(fit.components->mu, moments.mu, 1e-10);
  EXPECT_FALSE(AnovaComponents(MeansOf({{1, 2}})).has_value());
}

TEST(JamesSteinTest, NeedsFourValuesThatVary) {
  EXPECT_FALSE(JamesSteinOf({1, 2, 3}, 1).has_value());
  EXPECT_FALSE(JamesSteinOf({2, 2, 2, 2}, 1).has_value());
  // V = 5, factor 1 - 1/5.
  const JamesStein estimate = JamesSteinOf({1, 2, 3, 4}, 1).value();
  EXPECT_DOUBLE_EQ(estimate.factor, 0.8);
  EXPECT_DOUBLE_EQ(estimate.values[0], 1.3);
}

TEST(DistributionsTest, AgreeWithTables) {
  EXPECT_NEAR(NormalMargin(), 1.959963984540054, 1e-14);
  EXPECT_NEAR(StudentMargin(1), 12.706204736174698, 1e-9);
  EXPECT_NEAR(StudentMargin(10), 2.2281388519649385, 1e-10);
  // The square of Student's t is F with one degree of freedom.
  EXPECT_NEAR(FisherQuantile(0.95, 1, 10), 4.964602743730711, 1e-9);
  EXPECT_NEAR(UpperPoisson(5, 1), 0.00365984682734366, 1e-14);
  EXPECT_EQ(UpperPoisson(0, 1), 1.0);
  EXPECT_EQ(SampleQuantile({1, 2, 3, 4}, 0.5), 2.5);
  EXPECT_EQ(SampleQuantile({7}, 0.975), 7.0);
}

}  // namespace
}  // namespace attune
