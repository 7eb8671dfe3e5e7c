// ISO weeks, to the minute.

#include "engine/coaching/floor_week.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attune {
namespace {

using testing::ElementsAre;
using testing::Pair;

int64_t Day(absl::string_view text) { return ParseDay(text).value_or(-1); }

int64_t At(absl::string_view day, int64_t hour, int64_t minute,
           int64_t second = 0) {
  return Day(day) * kMicrosPerDay +
         ((hour * 60 + minute) * 60 + second) * 1'000'000;
}

TEST(FloorWeekTest, AWeekBeginsOnMonday) {
  EXPECT_EQ(MondayOf(Day("2026-11-23")), Day("2026-11-23"));
  EXPECT_EQ(MondayOf(Day("2026-11-29")), Day("2026-11-23"));
  EXPECT_EQ(MondayOf(Day("2026-11-30")), Day("2026-11-30"));
  // 1970-01-01 was a Thursday.
  EXPECT_EQ(MondayOf(0), -3);
  EXPECT_EQ(MondayOf(-3), -3);
  EXPECT_EQ(MondayOf(-4), -10);
}

// 2026 begins on a Thursday, so it has 53 weeks; the last ends in 2027.
TEST(FloorWeekTest, YearsTurnWithinAWeek) {
  EXPECT_EQ(WeekText(MondayOf(Day("2026-12-31"))), "2026-W53");
  EXPECT_EQ(WeekText(MondayOf(Day("2027-01-03"))), "2026-W53");
  EXPECT_EQ(WeekText(MondayOf(Day("2027-01-04"))), "2027-W01");
  EXPECT_EQ(WeekText(MondayOf(Day("2025-12-29"))), "2026-W01");
  EXPECT_EQ(ParseWeek("2026-W53"), Day("2026-12-28"));
  EXPECT_EQ(ParseWeek("2025-W53"), std::nullopt);
  for (const char* wrong : {"", "2026", "2026-W5", "2026-W00", "2026-W54",
                            "2026-w47", "2026W47", "2026-W47x", "W47-2026"}) {
    EXPECT_EQ(ParseWeek(wrong), std::nullopt) << wrong;
  }
}

TEST(FloorWeekTest, ASessionAcrossSundayMidnightCountsForBothWeeks) {
  // Sunday 22:30 to Monday 01:15: 90 minutes and 75.
  EXPECT_THAT(TimeByWeek({{At("2027-01-03", 22, 30), At("2027-01-04", 1, 15)}}),
              ElementsAre(Pair(Day("2026-12-28"), int64_t{90} * 60'000'000),
                          Pair(Day("2027-01-04"), int64_t{75} * 60'000'000)));
  // One that ends at midnight has nothing in the next.
  EXPECT_THAT(TimeByWeek({{At("2027-01-03", 23, 0), At("2027-01-04", 0, 0)}}),
              ElementsAre(Pair(Day("2026-12-28"), int64_t{60} * 60'000'000)));
  EXPECT_THAT(TimeByWeek({}), ElementsAre());
}

TEST(FloorWeekTest, MinutesAreRoundedOnceAtTheEnd) {
  EXPECT_EQ(WholeMinutes(0), 0);
  EXPECT_EQ(WholeMinutes(29'999'999), 0);
  EXPECT_EQ(WholeMinutes(30'000'000), 1);
  // Three sessions of 20 seconds make a minute, though none of them does.
  const auto weeks =
      TimeByWeek({{At("2026-11-23", 9, 0), At("2026-11-23", 9, 0, 20)},
                  {At("2026-11-24", 9, 0), At("2026-11-24", 9, 0, 20)},
                  {At("2026-11-25", 9, 0), At("2026-11-25", 9, 0, 20)}});
  EXPECT_EQ(WholeMinutes(weeks.at(Day("2026-11-23"))), 1);
}

TEST(FloorWeekTest, DaysBeforeTheFirstAndOnLeaveAreNotPresent) {
  const int64_t monday = Day("2026-11-23");
  EXPECT_EQ(PresentDays(monday, 0, {}), 5);
  EXPECT_EQ(PresentDays(monday, Day("2026-11-25"), {}), 3);
  EXPECT_EQ(PresentDays(monday, Day("2026-11-28"), {}), 0);  // a Saturday
  EXPECT_EQ(PresentDays(monday, Day("2026-11-30"), {}), 0);
  // A Tuesday, a Sunday, and one of another week.
  EXPECT_EQ(
      PresentDays(monday, 0,
                  {Day("2026-11-24"), Day("2026-11-29"), Day("2026-11-30")}),
      4);
  // Leave before the first day is not taken off twice.
  EXPECT_EQ(PresentDays(monday, Day("2026-11-25"), {Day("2026-11-24")}), 3);
}

TEST(FloorWeekTest, WhatIsOwedIsTheQuotaByDays) {
  EXPECT_EQ(ProratedMinutes(300, 5), 300);
  EXPECT_EQ(ProratedMinutes(300, 3), 180);
  EXPECT_EQ(ProratedMinutes(300, 0), 0);
  EXPECT_EQ(ProratedMinutes(0, 5), 0);
  EXPECT_EQ(ProratedMinutes(301, 1), 60);   // 60.2
  EXPECT_EQ(ProratedMinutes(301, 3), 181);  // 180.6
  EXPECT_EQ(ProratedMinutes(303, 4), 242);  // 242.4
}

TEST(FloorWeekTest, WeeksAreAskedForByTheirNamesOrByDays) {
  Violations bad;
  v1::Period period;
  WeekRange weeks = CheckWeeks("2026-W53", "2027-W01", period, bad);
  EXPECT_EQ(weeks.first, Day("2026-12-28"));
  EXPECT_EQ(weeks.last, Day("2027-01-04"));
  period.set_first_day("2027-01-01");
  period.set_last_day("2027-01-04");
  weeks = CheckWeeks("", "", period, bad);
  EXPECT_EQ(weeks.first, Day("2026-12-28"));
  EXPECT_EQ(weeks.last, Day("2027-01-04"));
  weeks = CheckWeeks("", "", {}, bad);
  EXPECT_FALSE(weeks.first.has_value() || weeks.last.has_value());
  EXPECT_TRUE(bad.empty());

  CheckWeeks("2025-W53", "last", period, bad);
  ASSERT_EQ(bad.all().size(), 3u);
  EXPECT_EQ(bad.all()[0].field, "first_week");
  EXPECT_EQ(bad.all()[0].reason, "WEEK_INVALID");
  EXPECT_EQ(bad.all()[1].field, "last_week");
  EXPECT_EQ(bad.all()[1].reason, "WEEK_INVALID");
  EXPECT_EQ(bad.all()[2].reason, "WEEKS_AND_DAYS");
  Violations backwards;
  CheckWeeks("2027-W01", "2026-W53", {}, backwards);
  ASSERT_EQ(backwards.all().size(), 1u);
  EXPECT_EQ(backwards.all()[0].reason, "WEEKS_BACKWARDS");
}

}  // namespace
}  // namespace attune
