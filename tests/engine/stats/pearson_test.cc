#include "engine/stats/pearson.h"

#include <gtest/gtest.h>

#include <vector>

namespace attune {
namespace {

Figure CorrelationOf(const std::vector<int64_t>& x,
                     const std::vector<int64_t>& y) {
  PearsonSums sums;
  for (size_t i = 0; i < x.size(); ++i) sums.Add(x[i], y[i]);
  return PearsonOf(sums);
}

TEST(PearsonTest, OfFiveByHand) {
  // About the means 3 and 4: Sxy = 9, Sxx = 10, Syy = 10.
  EXPECT_DOUBLE_EQ(
      CorrelationOf({1, 2, 3, 4, 5}, {2, 3, 4, 6, 5}).value.value(), 0.9);
  EXPECT_DOUBLE_EQ(CorrelationOf({1, 2, 3}, {-5, -10, -15}).value.value(), -1);
}

TEST(PearsonTest, UndefinedIsSaidWhy) {
  EXPECT_EQ(CorrelationOf({}, {}).reason, Reason::kNoData);
  EXPECT_EQ(CorrelationOf({1}, {2}).reason, Reason::kTooFew);
  EXPECT_EQ(CorrelationOf({1, 1}, {2, 3}).reason, Reason::kNoVariation);
  EXPECT_EQ(CorrelationOf({1, 2}, {3, 3}).reason, Reason::kNoVariation);
}

TEST(PearsonTest, LargeSumsStayExact) {
  // The means are far from 0 and the spread is 1: doubles would lose it.
  PearsonSums sums;
  for (int64_t i = 0; i < 1'000'000; ++i) {
    sums.Add(1'000'000 + i % 2, 1'000'000 - i % 2);
  }
  EXPECT_DOUBLE_EQ(PearsonOf(sums).value.value(), -1);
}

}  // namespace
}  // namespace attune
