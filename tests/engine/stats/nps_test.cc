#include "engine/stats/nps.h"

#include <gtest/gtest.h>

#include "engine/stats/holm.h"

namespace attune {
namespace {

TEST(NpsTest, UnderFiveAnswersOnlyCountsAreShown) {
  EXPECT_EQ(NpsOf({1, 0, 0}).nps.reason, Reason::kTooFew);
  EXPECT_EQ(NpsOf({4, 0, 0}).nps.value, std::nullopt);
  EXPECT_FALSE(NpsOf({4, 0, 0}).adjusted.has_value());
  EXPECT_EQ(NpsOf({5, 0, 0}).nps.value, 100.0);
}

TEST(NpsTest, PromotersAndDetractorsMirrorEachOther) {
  const Nps one = NpsOf({30, 20, 10});
  const Nps other = NpsOf({10, 20, 30});
  EXPECT_NEAR(*one.nps.value, -*other.nps.value, 1e-12);
  EXPECT_NEAR(one.score->low, -other.score->high, 1e-9);
  EXPECT_NEAR(one.score->high, -other.score->low, 1e-9);
  EXPECT_NEAR(one.adjusted->interval.low, -other.adjusted->interval.high,
              1e-12);
}

TEST(NpsTest, EveryIntervalHoldsThePoint) {
  for (int64_t promoters = 0; promoters <= 12; promoters += 3) {
    for (int64_t detractors = 0; detractors <= 12; detractors += 3) {
      const Nps nps = NpsOf({promoters, 5, detractors});
      for (const Interval& interval :
           {nps.wald->interval, nps.adjusted->interval, *nps.score}) {
        EXPECT_LE(interval.low, *nps.nps.value);
        EXPECT_GE(interval.high, *nps.nps.value);
        EXPECT_GE(interval.low, -100);
        EXPECT_LE(interval.high, 100);
      }
    }
  }
}

TEST(NpsTest, OnlyWholeAnswersFromZeroToTenCount) {
  EXPECT_EQ(NpsCategoryOf(0), NpsCategory::kDetractor);
  EXPECT_EQ(NpsCategoryOf(10), NpsCategory::kPromoter);
  for (const double answer : {-1.0, 10.5, 11.0, 6.5, 1e300}) {
    EXPECT_EQ(NpsCategoryOf(answer), std::nullopt) << answer;
  }
}

TEST(NpsDifferenceTest, SaysWhyThereIsNone) {
  EXPECT_EQ(
      NpsDifferenceOf({}, {1, 2, 3}, NpsMethod::kAdjusted).difference.reason,
      Reason::kNoData);
  const NpsDifference same =
      NpsDifferenceOf({0, 5, 0}, {0, 9, 0}, NpsMethod::kWald);
  EXPECT_EQ(same.difference.value, 0.0);
  EXPECT_EQ(same.z, std::nullopt);
  EXPECT_EQ(same.p, std::nullopt);
}

TEST(HolmTest, RaisesEachPByWhatIsLeftToTest) {
  const std::vector<double> adjusted = HolmAdjusted({0.01, 0.04, 0.03, 0.9});
  ASSERT_EQ(adjusted.size(), 4u);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.04);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.09);  // never under a smaller one's
  EXPECT_DOUBLE_EQ(adjusted[2], 0.09);
  EXPECT_DOUBLE_EQ(adjusted[3], 0.9);
  EXPECT_TRUE(HolmAdjusted({}).empty());
}

}  // namespace
}  // namespace attune
