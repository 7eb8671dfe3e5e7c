#include "engine/clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attune {
namespace {

using testing::Eq;
using testing::Optional;

TEST(ClockTest, DaysBeforeTheEpochAreNegative) {
  EXPECT_EQ(DayOf(0), 0);
  EXPECT_EQ(DayOf(kMicrosPerDay - 1), 0);
  EXPECT_EQ(DayOf(kMicrosPerDay), 1);
  EXPECT_EQ(DayOf(-1), -1);
  EXPECT_EQ(FormatDay(-1), "1969-12-31");
}

TEST(ClockTest, DaysAreParsedAsTheyArePrinted) {
  EXPECT_THAT(ParseDay("1970-01-02"), Optional(1));
  EXPECT_THAT(ParseDay("2024-02-29"), Optional(19'782));
  EXPECT_EQ(FormatDay(19'782), "2024-02-29");
}

TEST(ClockTest, WhatIsNoDayIsRefused) {
  for (const char* text :
       {"", "2023-02-29", "2023-13-01", "2023-1-1", "2023-01-01T", "0000-01-01",
        "20230101", "abcd-ef-gh"}) {
    EXPECT_THAT(ParseDay(text), Eq(std::nullopt)) << text;
  }
}

TEST(ClockTest, MonthsAreOfTheCalendarAndEndWithIt) {
  const struct {
    const char* from;
    int months;
    const char* to;
  } kTable[] = {
      {"2026-01-01", 6, "2026-07-01"},  {"2026-08-31", 6, "2027-02-28"},
      {"2027-08-31", 6, "2028-02-29"},  {"2026-08-29", 6, "2027-02-28"},
      {"2026-12-31", 6, "2027-06-30"},  {"2026-02-28", 6, "2026-08-28"},
      {"1969-08-31", 6, "1970-02-28"},  {"2100-08-31", 6, "2101-02-28"},
      {"2026-03-31", -1, "2026-02-28"}, {"2026-03-31", 0, "2026-03-31"}};
  for (const auto& [from, months, to] : kTable) {
    const int64_t noon = *ParseDay(from) * kMicrosPerDay + kMicrosPerDay / 2;
    const int64_t moved = AddMonths(noon, months);
    EXPECT_EQ(FormatDay(DayOf(moved)), to) << from;
    EXPECT_EQ(moved - DayOf(moved) * kMicrosPerDay, kMicrosPerDay / 2) << from;
  }
}

TEST(ClockTest, TimestampsKeepMicrosecondsBothSidesOfTheEpoch) {
  for (const int64_t micros :
       {int64_t{0}, int64_t{-1}, int64_t{1'584'310'001'988'000},
        int64_t{-62'135'596'800'000'000}}) {
    EXPECT_EQ(ToMicros(ToTimestamp(micros)), micros);
    EXPECT_TRUE(IsValid(ToTimestamp(micros)));
  }
}

TEST(ClockTest, TimestampsOutOfRangeAreNotValid) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_nanos(1'000'000'000);
  EXPECT_FALSE(IsValid(timestamp));
  timestamp.set_nanos(0);
  timestamp.set_seconds(253'402'300'800);  // the year 10000
  EXPECT_FALSE(IsValid(timestamp));
}

}  // namespace
}  // namespace attune
