// Stored work days, on every database.

#include "engine/coaching/work_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/coaching/floor_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class WorkDaysTest : public FloorTest {
 protected:
  // "ann 2026-03-30 480" of what a list gives, a page of one at a time.
  std::vector<std::string> Days(const Caller& caller,
                                v1::ListWorkDaysRequest request = {}) {
    if (request.parent().empty()) request.set_parent("people/-");
    request.set_page_size(1);
    std::vector<std::string> days;
    while (true) {
      const auto page = InRead([&](Transaction& tx) {
        return work_days_.List(tx, caller, request);
      });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return days;
      for (const v1::WorkDay& day : page->work_days()) {
        const std::string& name = day.name();
        days.push_back(absl::StrCat(name.substr(7, 3), " ",
                                    name.substr(name.rfind('/') + 1), " ",
                                    day.logged_minutes()));
      }
      if (page->next_page_token().empty()) return days;
      request.set_page_token(page->next_page_token());
    }
  }
};

TEST_P(WorkDaysTest, ADayIsStoredOnceAndReplaced) {
  const auto first = Store(quinn_, {WorkOf("ann", "2026-03-30", 480, 400),
                                    WorkOf("bob", "2026-03-30", 450, 300)});
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->created_count(), 2);
  const auto second = Store(quinn_, {WorkOf("ann", "2026-03-30", 470, 400),
                                     WorkOf("bob", "2026-03-30", 450, 300),
                                     WorkOf("ann", "2026-03-29", 60, 60)});
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->created_count(), 1);
  EXPECT_EQ(second->updated_count(), 1);
  EXPECT_EQ(second->unchanged_count(), 1);
  EXPECT_THAT(Days(quinn_),
              ElementsAre("ann 2026-03-29 60", "ann 2026-03-30 470",
                          "bob 2026-03-30 450"));
}

TEST_P(WorkDaysTest, ABatchWithAnythingWrongStoresNothing) {
  const auto told =
      Store(quinn_, {WorkOf("ann", "2026-03-30", 480, 400),
                     WorkOf("ann", "2026-03-31", -1, 0),
                     WorkOf("bob", "2026-03-31", 300, 301),
                     WorkOf("ann", "2026-03-30", 1, 1),
                     WorkOf("nobody", "2026-03-30", 1, 1), v1::WorkDay()});
  EXPECT_THAT(told, HasViolation("requests[1].work_day.logged_minutes",
                                 "OUT_OF_RANGE"));
  EXPECT_THAT(told, HasViolation("requests[2].work_day.customer_facing_minutes",
                                 "MORE_THAN_LOGGED"));
  EXPECT_THAT(told, HasViolation("requests[3].work_day.name", "ROW_REPEATED"));
  EXPECT_THAT(told,
              HasViolation("requests[4].work_day.name", "PERSON_UNKNOWN"));
  EXPECT_THAT(told, HasViolation("requests[5].work_day.name", "NAME_INVALID"));
  EXPECT_THAT(Store(quinn_, {}), HasViolation("requests", "BATCH_SIZE"));
  EXPECT_THAT(Store(quinn_, std::vector<v1::WorkDay>(1001)),
              HasViolation("requests", "BATCH_SIZE"));
  EXPECT_THAT(Days(quinn_), IsEmpty());
  // Checked alone.
  const auto checked =
      Store(quinn_, {WorkOf("ann", "2026-03-30", 480, 400)}, true);
  ASSERT_THAT(checked, IsOk());
  EXPECT_EQ(checked->created_count(), 1);
  EXPECT_THAT(Days(quinn_), IsEmpty());
}

TEST_P(WorkDaysTest, LeadsReachTheirTeam) {
  Caller lea = lea_;
  lea.reach = {.team = true};
  EXPECT_THAT(Store(lea, {WorkOf("ann", "2026-03-30", 480, 400)}), IsOk());
  EXPECT_THAT(Store(lea, {WorkOf("ann", "2026-03-31", 480, 400),
                          WorkOf("bob", "2026-03-30", 480, 400)}),
              HasViolation("requests[1].work_day.name", "PERSON_UNKNOWN"));
  ASSERT_THAT(Store(quinn_, {WorkOf("bob", "2026-03-31", 450, 300)}), IsOk());
  EXPECT_THAT(Days(lea_), ElementsAre("ann 2026-03-30 480"));
  EXPECT_THAT(Days(bob_), ElementsAre("bob 2026-03-31 450"));
  v1::ListWorkDaysRequest request;
  request.set_team("teams/blue");
  EXPECT_THAT(Days(quinn_, request), ElementsAre("bob 2026-03-31 450"));
  EXPECT_THAT(Days(lea_, request), IsEmpty());
  request.clear_team();
  request.mutable_period()->set_last_day("2026-03-30");
  EXPECT_THAT(Days(quinn_, request), ElementsAre("ann 2026-03-30 480"));
  request.set_parent("people/bob");
  EXPECT_THAT(Days(quinn_, request), IsEmpty());
}

TEST_P(WorkDaysTest, ManyDaysAreStoredAtOnce) {
  // 1000 days up to 2026-04-01, which is day 20544.
  std::vector<v1::WorkDay> days;
  for (int64_t day = 20'544 - 999; day <= 20'544; ++day) {
    days.push_back(WorkOf("ann", FormatDay(day), 480, 384));
  }
  const auto stored = Store(quinn_, days);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->created_count(), 1000);
  EXPECT_EQ(Store(quinn_, days)->unchanged_count(), 1000);
}

ATTUNE_ON_EVERY_BACKEND(WorkDaysTest);

}  // namespace
}  // namespace attune
