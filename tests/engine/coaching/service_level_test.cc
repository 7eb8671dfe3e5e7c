#include "engine/coaching/service_level.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

v1::ServiceLevel Of(int64_t facing, int64_t logged) {
  WorkSums sums;
  sums.days = 1;
  sums.logged = logged;
  sums.facing = facing;
  return ServiceLevelOf(sums);
}

TEST(ServiceLevelTest, AShareOfLoggedTimeAtTwoPlacesHalfUp) {
  EXPECT_EQ(Of(360, 480).percent(), 75.0);
  EXPECT_EQ(Of(1, 3).percent(), 33.33);
  EXPECT_EQ(Of(2, 3).percent(), 66.67);
  EXPECT_EQ(Of(1, 800).percent(), 0.13);  // 0.125
  EXPECT_EQ(Of(480, 480).percent(), 100.0);
  EXPECT_EQ(Of(0, 480).percent(), 0.0);
}

TEST(ServiceLevelTest, TheLineIsMetExactly) {
  EXPECT_TRUE(Of(384, 480).meets_line());  // 80 % of 480
  EXPECT_FALSE(Of(383, 480).meets_line());
  // 79.996 % is shown as 80.00, and below the line all the same.
  EXPECT_EQ(Of(19'999, 25'000).percent(), 80.0);
  EXPECT_FALSE(Of(19'999, 25'000).meets_line());
}

TEST(ServiceLevelTest, WithoutLoggedTimeThereIsNoShare) {
  const v1::ServiceLevel level = Of(0, 0);
  EXPECT_FALSE(level.has_percent());
  EXPECT_FALSE(level.has_meets_line());
  EXPECT_EQ(level.reason(), "no_data");
  EXPECT_EQ(Of(1, 2).reason(), "");
}

}  // namespace
}  // namespace attune
