// What one person owed and did, computed by hand.

#include "engine/coaching/floor_hours.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/clock.h"

namespace attune {
namespace {

int64_t Day(absl::string_view text) { return ParseDay(text).value_or(-1); }

int64_t At(absl::string_view day, int64_t hour, int64_t minute) {
  return Day(day) * kMicrosPerDay + (hour * 60 + minute) * 60'000'000;
}

FloorQuotaMap Unset() {
  return {{v1::ROLE_ADVOCATE, UnsetFloorQuota(v1::ROLE_ADVOCATE)}};
}

// Owes from the beginning of time on.
FloorRecord Advocate() {
  FloorRecord record;
  record.person = "ada";
  record.roles.Add(v1::ROLE_ADVOCATE);
  return record;
}

// "WEEK days owed done balance running", a line a week; "short N" and "so far,
// N expected" where it is so.
std::string Text(const v1::FloorHours& hours) {
  return absl::StrJoin(
      hours.weeks(), "\n", [](std::string* out, const v1::FloorWeek& week) {
        absl::StrAppend(out, week.week(), " ", week.present_days(), " ",
                        week.owed_minutes(), " ", week.done_minutes(), " ",
                        week.balance_minutes(), " ",
                        week.running_balance_minutes());
        if (week.short_minutes() > 0) {
          absl::StrAppend(out, " short ", week.short_minutes());
        }
        if (week.so_far()) {
          absl::StrAppend(out, " so far, ", week.expected_minutes(),
                          " expected");
        }
      });
}

TEST(FloorHoursTest, AYearsEndWithLeaveAndASundayNight) {
  FloorRecord ada = Advocate();
  // W52: 200 and 100 minutes.  W53: 90 of Sunday night, leave on Friday the
  // 1st.  W01: the night's other 75, and 240.
  ada.spans = {{At("2026-12-21", 9, 0), At("2026-12-21", 12, 20)},
               {At("2026-12-22", 9, 0), At("2026-12-22", 10, 40)},
               {At("2027-01-03", 22, 30), At("2027-01-04", 1, 15)},
               {At("2027-01-05", 8, 0), At("2027-01-05", 12, 0)}};
  ada.leave = {Day("2027-01-01")};
  const v1::FloorHours hours =
      HoursOf(ada, Unset(), Day("2026-12-21"), Day("2027-01-11"),
              At("2027-01-12", 12, 0));
  EXPECT_EQ(Text(hours),
            "2026-W52 5 300 300 0 0\n"
            "2026-W53 4 240 90 -150 -150 short 150\n"
            "2027-W01 5 300 315 15 -135\n"
            "2027-W02 5 0 0 0 -135 so far, 300 expected");
  EXPECT_EQ(hours.owed_minutes(), 840);
  EXPECT_EQ(hours.done_minutes(), 705);
  EXPECT_EQ(hours.balance_minutes(), -135);
  EXPECT_EQ(hours.weeks_short(), 1);
}

TEST(FloorHoursTest, TheFirstWeekOwesFromTheFirstDayOn) {
  FloorRecord ada = Advocate();
  ada.first_day = Day("2026-11-26");  // a Thursday
  // Before the first day, and yet done.
  ada.spans = {{At("2026-11-23", 9, 0), At("2026-11-23", 9, 30)}};
  EXPECT_EQ(Text(HoursOf(ada, Unset(), Day("2026-11-16"), Day("2026-11-30"),
                         At("2026-12-07", 0, 0))),
            "2026-W47 0 0 0 0 0\n"
            "2026-W48 2 120 30 -90 -90 short 90\n"
            "2026-W49 5 300 0 -300 -390 short 300");
}

TEST(FloorHoursTest, AWeekRunsToItsLastMoment) {
  FloorRecord ada = Advocate();
  ada.spans = {{At("2026-11-24", 9, 0), At("2026-11-24", 10, 0)}};
  const int64_t monday = Day("2026-11-23");
  const int64_t end_us = At("2026-11-30", 0, 0);
  const v1::FloorWeek running = WeekOf(ada, Unset(), monday, end_us - 1);
  EXPECT_TRUE(running.so_far());
  EXPECT_EQ(running.owed_minutes(), 0);
  EXPECT_EQ(running.done_minutes(), 60);
  EXPECT_EQ(running.expected_minutes(), 300);
  EXPECT_EQ(running.short_minutes(), 0);
  const v1::FloorWeek ended = WeekOf(ada, Unset(), monday, end_us);
  EXPECT_FALSE(ended.so_far());
  EXPECT_EQ(ended.owed_minutes(), 300);
  EXPECT_EQ(ended.short_minutes(), 240);
}

TEST(FloorHoursTest, OtherRolesOweNothingUntilTheirQuotaIsSet) {
  FloorRecord lead = Advocate();
  lead.roles = RoleSet().Add(v1::ROLE_LEAD);
  FloorQuotaMap quotas = Unset();
  const int64_t now_us = At("2026-12-14", 0, 0);
  EXPECT_EQ(WeekOf(lead, quotas, Day("2026-11-23"), now_us).owed_minutes(), 0);
  quotas[v1::ROLE_LEAD] = UnsetFloorQuota(v1::ROLE_LEAD);
  SetWeeklyMinutes(Day("2026-11-30"), 400, quotas[v1::ROLE_LEAD]);
  // The week before keeps what it owed.
  EXPECT_EQ(WeekOf(lead, quotas, Day("2026-11-23"), now_us).owed_minutes(), 0);
  EXPECT_EQ(WeekOf(lead, quotas, Day("2026-11-30"), now_us).owed_minutes(),
            400);
  // With two roles the higher quota holds, not the sum.
  lead.roles.Add(v1::ROLE_ADVOCATE);
  EXPECT_EQ(WeekOf(lead, quotas, Day("2026-11-23"), now_us).owed_minutes(),
            300);
  EXPECT_EQ(WeekOf(lead, quotas, Day("2026-11-30"), now_us).owed_minutes(),
            400);
}

TEST(FloorHoursTest, TermsOfAQuotaFollowEachOther) {
  v1::FloorQuota quota = UnsetFloorQuota(v1::ROLE_ADVOCATE);
  SetWeeklyMinutes(Day("2026-12-28"), 200, quota);
  SetWeeklyMinutes(Day("2026-12-28"), 250, quota);  // better so
  SetWeeklyMinutes(Day("2027-01-04"), 250, quota);  // as it is
  SetWeeklyMinutes(Day("2027-01-11"), 0, quota);
  ASSERT_EQ(quota.terms_size(), 2);
  EXPECT_EQ(quota.weekly_minutes(), 0);
  EXPECT_EQ(WeeklyMinutes(quota, Day("2026-12-21")), 300);
  EXPECT_EQ(WeeklyMinutes(quota, Day("2026-12-28")), 250);
  EXPECT_EQ(WeeklyMinutes(quota, Day("2027-01-04")), 250);
  EXPECT_EQ(WeeklyMinutes(quota, Day("2027-01-11")), 0);
}

TEST(FloorHoursTest, TheFirstDayIsThatOfHiringOrEntering) {
  v1::Person person;
  *person.mutable_create_time() = ToTimestamp(At("2026-11-23", 23, 59));
  EXPECT_EQ(FirstDayOf(person), Day("2026-11-23"));
  person.set_hire_date("2025-01-02");
  EXPECT_EQ(FirstDayOf(person), Day("2025-01-02"));
}

}  // namespace
}  // namespace attune
