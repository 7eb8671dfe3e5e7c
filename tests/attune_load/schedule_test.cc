#include "tools/attune_load/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace attune {
namespace {

TEST(ScheduleTest, OneLaneIsEvenlySpacedFromTheStart) {
  const Schedule schedule(1000, 0, 1);
  EXPECT_EQ(schedule.DueNanos(0), 0);
  EXPECT_EQ(schedule.DueNanos(1), 1'000'000);
  EXPECT_EQ(schedule.DueNanos(2), 2'000'000);
  EXPECT_EQ(schedule.DueNanos(86'400'000), 86'400'000'000'000);
}

TEST(ScheduleTest, ARateThatDividesNothingDoesNotDrift) {
  const Schedule schedule(3, 0, 1);
  EXPECT_EQ(schedule.DueNanos(1), 333'333'333);
  EXPECT_EQ(schedule.DueNanos(2), 666'666'666);
  EXPECT_EQ(schedule.DueNanos(3'000'000), 1'000'000'000'000'000);
}

TEST(ScheduleTest, LanesTogetherMakeEveryCallOnce) {
  std::vector<int64_t> due;
  for (int lane = 0; lane < 3; ++lane) {
    const Schedule schedule(500, lane, 3);
    for (int64_t i = 0; i < 10; ++i) due.push_back(schedule.DueNanos(i));
  }
  std::sort(due.begin(), due.end());
  const Schedule whole(500, 0, 1);
  for (size_t i = 0; i < due.size(); ++i) {
    EXPECT_EQ(due[i], whole.DueNanos(static_cast<int64_t>(i)));
  }
}

TEST(ScheduleTest, CountsTheCallsDueBeforeAMoment) {
  const Schedule whole(1000, 0, 1);
  EXPECT_EQ(whole.CountBefore(0), 0);
  EXPECT_EQ(whole.CountBefore(1), 1);
  EXPECT_EQ(whole.CountBefore(1'000'000), 1);
  EXPECT_EQ(whole.CountBefore(1'000'001), 2);
  EXPECT_EQ(whole.CountBefore(10'000'000'000), 10'000);
  const Schedule lane(1000, 2, 3);  // 2, 5, 8, ... ms
  EXPECT_EQ(lane.CountBefore(2'000'000), 0);
  EXPECT_EQ(lane.CountBefore(2'000'001), 1);
  EXPECT_EQ(lane.CountBefore(8'500'000), 3);
}

TEST(ScheduleTest, LanesTogetherCountWhatTheRatePromises) {
  for (const double rate : {0.7, 3.0, 999.9, 12'345.0}) {
    for (const int lanes : {1, 2, 5}) {
      int64_t count = 0;
      for (int lane = 0; lane < lanes; ++lane) {
        count += Schedule(rate, lane, lanes).CountBefore(10'000'000'000);
      }
      EXPECT_EQ(count, Schedule(rate, 0, 1).CountBefore(10'000'000'000))
          << rate << " " << lanes;
    }
  }
}

}  // namespace
}  // namespace attune
