#include "engine/stats/control_limits.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

using Places = std::vector<size_t>;

TEST(XmrChartTest, LimitsComeFromTheMeanRangeOfNeighbours) {
  const XmrChart chart = XmrChartOf({10, 12, 10, 12, 10, 12});
  EXPECT_EQ(chart.mean, 11);
  EXPECT_EQ(chart.mean_range, 2);
  EXPECT_DOUBLE_EQ(chart.limits->low, 5.68);
  EXPECT_DOUBLE_EQ(chart.limits->high, 16.32);
  EXPECT_DOUBLE_EQ(*chart.range_limit, 6.536);
  EXPECT_TRUE(chart.provisional);
  EXPECT_TRUE(chart.outside.empty());
  EXPECT_TRUE(chart.near_limit.empty());
}

TEST(XmrChartTest, NeedsSixPointsAndIsFinalFromTen) {
  EXPECT_EQ(XmrChartOf({}).reason, Reason::kNoData);
  EXPECT_EQ(XmrChartOf({1, 2, 3, 4, 5}).reason, Reason::kTooFew);
  EXPECT_FALSE(XmrChartOf({1, 2, 3, 4, 5}).limits.has_value());
  EXPECT_FALSE(XmrChartOf({1, 2, 1, 2, 1, 2, 1, 2, 1, 2}).provisional);
}

TEST(XmrChartTest, ALoneJumpIsOutside) {
  // Mean 13.5, mean range 44 / 15: limits 5.7 and 21.3.
  const XmrChart chart = XmrChartOf(
      {12, 13, 12, 13, 12, 13, 12, 13, 12, 13, 12, 28, 12, 13, 12, 14});
  EXPECT_EQ(chart.outside, Places{11});
}

TEST(XmrChartTest, EightInARowOnOneSideAreASignal) {
  const XmrChart chart = XmrChartOf(
      {10, 11, 10, 11, 10, 11, 10, 11, 10, 20, 21, 20, 21, 20, 21, 20, 21});
  EXPECT_EQ(chart.long_runs, (Places{7, 8, 16}));
}

TEST(XmrChartTest, ThreeOfFourNearALimitAreASignal) {
  // Mean 10, mean range 2: limits 10 -+ 5.32, half way at 2.66.
  const XmrChart chart =
      XmrChartOf({10, 9, 10, 9, 10, 13, 13, 12, 13, 7, 9, 8, 9, 8});
  EXPECT_NEAR(chart.mean, 10, 1e-12);
  EXPECT_EQ(chart.near_limit, Places{8});
}

TEST(FunnelTest, NarrowsWithTheNumberOfScores) {
  const FunnelLimits limits = FunnelLimitsOf({80, 9, 64}, 4);
  EXPECT_NEAR(limits.warning.low, 80 - 9.79981992, 1e-7);
  EXPECT_NEAR(limits.alarm.high, 80 + 15.45116153, 1e-7);
  EXPECT_LT(FunnelLimitsOf({80, 9, 64}, 16).alarm.high, limits.alarm.high);
}

TEST(IndistinctGroupsTest, EndWhereNeighboursDiffer) {
  EXPECT_EQ(IndistinctGroups({{70, 1}, {90, 1}, {69, 1}, {89, 1}}),
            (std::vector<Places>{{1, 3}, {0, 2}}));
  EXPECT_EQ(IndistinctGroups({{70, 400}, {90, 400}}),
            (std::vector<Places>{{1, 0}}));
  EXPECT_TRUE(IndistinctGroups({}).empty());
}

TEST(IndistinctGroupsTest, AllNeighboursAreTestedTogether) {
  // A difference of 3 with variance 2 has p 0.034: enough alone, not as one of
  // two.
  EXPECT_EQ(IndistinctGroups({{80, 1}, {77, 1}}).size(), 2u);
  EXPECT_EQ(IndistinctGroups({{80, 1}, {77, 1}, {76.9, 1}}).size(), 1u);
}

TEST(ThemeRiseTest, AlertsFromFiveOnIfChanceHardlyGivesThem) {
  const ThemeRise rise = ThemeRiseOf(5, {9, 1, 1, 1, 1, 1, 1});
  EXPECT_EQ(rise.usual, 1);  // the last six
  EXPECT_NEAR(rise.p, 0.00365984682734366, 1e-14);
  EXPECT_TRUE(rise.alert);
  EXPECT_FALSE(ThemeRiseOf(5, {2, 2}).alert);
  EXPECT_FALSE(ThemeRiseOf(4, {}).alert);  // too few, however rare
  EXPECT_NEAR(ThemeRiseOf(5, {}).p, 0.00017211562995578, 1e-14);
}

}  // namespace
}  // namespace attune
