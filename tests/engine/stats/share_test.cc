#include "engine/stats/share.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

TEST(ShareTest, NobodyIsNoShare) {
  EXPECT_EQ(ShareOf({}).percent.reason, Reason::kNoData);
  EXPECT_FALSE(ShareOf({}).interval.has_value());
}

TEST(ShareTest, IntervalsAreThoseOfNewcombe) {
  // Newcombe 1998, table I, method 3.
  const struct {
    ShareCounts counts;
    double low;
    double high;
  } kTable[] = {{{81, 182}, 25.53, 36.62},
                {{15, 133}, 6.24, 16.05},
                {{0, 20}, 0, 16.11},
                {{1, 28}, 0.61, 17.18}};
  for (const auto& row : kTable) {
    const Share share = ShareOf(row.counts);
    ASSERT_TRUE(share.interval);
    EXPECT_NEAR(share.interval->low, row.low, 0.005);
    EXPECT_NEAR(share.interval->high, row.high, 0.005);
    EXPECT_NEAR(2 * *share.margin, row.high - row.low, 0.01);
  }
  EXPECT_EQ(ShareOf({8, 2}).percent.value, 80.0);
}

TEST(ShareTest, TheEndsAreExact) {
  EXPECT_EQ(ShareOf({0, 7}).interval->low, 0);
  EXPECT_EQ(ShareOf({7, 0}).interval->high, 100);
  EXPECT_GT(ShareOf({0, 7}).interval->high, 30);
}

// 2 of 10 against 8 of 10: 3/12 against 9/12, error sqrt(2 * 0.1875 / 12) =
// 0.176777, z = 0.5 / 0.176777 = 2.8284.
TEST(ShareTest, TheDifferenceIsAgrestiAndCaffos) {
  const ShareDifference test = ShareDifferenceOf({2, 8}, {8, 2});
  EXPECT_NEAR(*test.difference.value, 50.0, 1e-12);
  EXPECT_NEAR(*test.z, 2.828427, 1e-6);
  EXPECT_NEAR(*test.p, 0.004677735, 1e-9);
  EXPECT_NEAR(test.interval->low, 15.352404, 1e-6);
  EXPECT_NEAR(test.interval->high, 84.647596, 1e-6);
  EXPECT_EQ(ShareDifferenceOf({0, 0}, {8, 2}).difference.reason,
            Reason::kNoData);
}

}  // namespace
}  // namespace attune
