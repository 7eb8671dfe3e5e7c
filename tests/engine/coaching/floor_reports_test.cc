// Hours on the floor by person and week, on every database.

#include "engine/coaching/floor_reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/coaching/floor_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FloorReportsTest : public FloorTest {
 protected:
  absl::StatusOr<v1::FloorHoursReport> Hours(
      const Caller& caller, const v1::GetFloorHoursRequest& request = {}) {
    return InRead([&](Transaction& tx) {
      return reports_.GetHours(tx, caller, request);
    });
  }
  static std::vector<std::string> PeopleOf(
      const absl::StatusOr<v1::FloorHoursReport>& report) {
    EXPECT_THAT(report, IsOk());
    std::vector<std::string> people;
    if (!report.ok()) return people;
    for (const auto& hours : report->people()) people.push_back(hours.person());
    return people;
  }
};

TEST_P(FloorReportsTest, WeeksAddUp) {
  // W12: 5 days, 300 owed, 200 on Monday and 60 + 30 of Sunday night.
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-16", 540, 200)), IsOk());
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-22", 23 * 60, 90)), IsOk());
  // W13: two days of leave and one on a Saturday: 3 days, 180 owed; 30 of the
  // night and 200 more.
  ASSERT_THAT(
      Store(quinn_, {LeaveOf("amy", "2026-03-24"), LeaveOf("amy", "2026-03-25"),
                     LeaveOf("amy", "2026-03-28")}),
      IsOk());
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-26", 540, 200)), IsOk());
  // W14 runs.
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-30", 540, 45)), IsOk());
  const auto report = Hours(amy_);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->first_week(), "2026-W10");
  EXPECT_EQ(report->last_week(), "2026-W14");
  ASSERT_EQ(report->people_size(), 1);
  const v1::FloorHours& amy = report->people(0);
  EXPECT_EQ(amy.person(), "people/amy");
  EXPECT_EQ(amy.team(), "teams/red");
  std::vector<std::string> weeks;
  for (const v1::FloorWeek& week : amy.weeks()) {
    weeks.push_back(absl::StrCat(week.week(), " ", week.present_days(), " ",
                                 week.owed_minutes(), " ", week.done_minutes(),
                                 " ", week.running_balance_minutes()));
  }
  EXPECT_THAT(weeks,
              ElementsAre("2026-W10 0 0 0 0",
                          // Thursday and Friday of the hire.
                          "2026-W11 2 120 0 -120", "2026-W12 5 300 260 -160",
                          "2026-W13 3 180 230 -110", "2026-W14 5 0 45 -110"));
  EXPECT_TRUE(amy.weeks(4).so_far());
  EXPECT_EQ(amy.weeks(4).expected_minutes(), 300);
  EXPECT_EQ(amy.owed_minutes(), 600);
  EXPECT_EQ(amy.done_minutes(), 490);
  EXPECT_EQ(amy.balance_minutes(), -110);
  EXPECT_EQ(amy.weeks_short(), 2);
}

TEST_P(FloorReportsTest, PeopleWhoOweOrDid) {
  // Ada and Abe were entered today: they owe from now on.
  EXPECT_THAT(PeopleOf(Hours(quinn_)),
              ElementsAre("people/abe", "people/ada", "people/amy"));
  EXPECT_THAT(PeopleOf(Hours(lea_)), ElementsAre("people/amy"));
  EXPECT_THAT(PeopleOf(Hours(amy_)), ElementsAre("people/amy"));
  // Who asks is told, even if nothing is owed.
  EXPECT_THAT(PeopleOf(Hours(ann_)), ElementsAre("people/ann"));
  v1::GetFloorHoursRequest request;
  request.set_team("teams/blue");
  EXPECT_THAT(PeopleOf(Hours(quinn_, request)), IsEmpty());
  EXPECT_THAT(Hours(lea_, request), StatusIs(absl::StatusCode::kNotFound));
  request.clear_team();
  request.set_person("people/ada");
  EXPECT_THAT(PeopleOf(Hours(quinn_, request)), ElementsAre("people/ada"));
  EXPECT_THAT(Hours(amy_, request), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Hours(lea_, request), StatusIs(absl::StatusCode::kNotFound));
  // Once nobody owes any more, those remain who did.
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-30", 540, 45)), IsOk());
  v1::SetFloorQuotaRequest none;
  none.set_role(v1::ROLE_ADVOCATE);
  none.set_weekly_minutes(0);
  ASSERT_THAT(SetQuota(none), IsOk());
  v1::GetFloorHoursRequest now;
  now.set_first_week("2026-W14");
  EXPECT_THAT(PeopleOf(Hours(quinn_, now)), ElementsAre("people/amy"));
}

TEST_P(FloorReportsTest, WeeksAreAskedForInManyWays) {
  const auto range = [&](auto set) {
    v1::GetFloorHoursRequest request;
    set(request);
    const auto report = Hours(amy_, request);
    EXPECT_THAT(report, IsOk());
    return report.ok()
               ? absl::StrCat(report->first_week(), " to ", report->last_week())
               : "";
  };
  EXPECT_EQ(range([](auto& r) { r.set_last_week("2026-W12"); }),
            "2026-W08 to 2026-W12");
  EXPECT_EQ(range([](auto& r) { r.set_first_week("2026-W13"); }),
            "2026-W13 to 2026-W14");
  EXPECT_EQ(range([](auto& r) {
              r.set_first_week("2026-W13");
              r.set_last_week("2026-W40");
            }),
            "2026-W13 to 2026-W14");
  EXPECT_EQ(range([](auto& r) {
              r.mutable_period()->set_first_day("2026-03-01");  // a Sunday
              r.mutable_period()->set_last_day("2026-03-15");
            }),
            "2026-W09 to 2026-W11");
  // All to come.
  EXPECT_EQ(range([](auto& r) { r.set_first_week("2026-W15"); }), " to ");
  v1::GetFloorHoursRequest longest;
  longest.set_first_week("2025-W14");  // 53 weeks with the running one
  EXPECT_EQ(Hours(amy_, longest)->people(0).weeks_size(), 53);
  longest.set_first_week("2025-W13");
  longest.set_team("x");
  longest.set_person("x");
  const auto told = Hours(amy_, longest);
  EXPECT_THAT(told, HasViolation("first_week", "RANGE_TOO_LONG"));
  EXPECT_THAT(told, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(told, HasViolation("person", "NAME_INVALID"));
}

ATTUNE_ON_EVERY_BACKEND(FloorReportsTest);

}  // namespace
}  // namespace attune
