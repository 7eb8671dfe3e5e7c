#include "engine/coaching/work_day.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "field REASON" of everything that is wrong on 2026-11-23.
std::vector<std::string> Wrong(const v1::WorkDay& work_day) {
  Violations bad;
  CheckWorkDay(work_day, "d", ParseDay("2026-11-23").value() * kMicrosPerDay,
               bad);
  std::vector<std::string> wrong;
  for (const Violation& violation : bad.all()) {
    wrong.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return wrong;
}

v1::WorkDay On(const std::string& day) {
  v1::WorkDay work_day;
  work_day.set_name("people/ann/workDays/" + day);
  return work_day;
}

TEST(WorkDayTest, ADayIsWellFormed) {
  v1::WorkDay day = On("2026-11-23");
  day.set_logged_minutes(480);
  day.set_customer_facing_minutes(480);
  day.set_idle_chats(2);
  day.set_idle_chat_minutes(600);  // side by side
  EXPECT_THAT(Wrong(day), IsEmpty());
  EXPECT_THAT(Wrong(On("2026-11-24")), IsEmpty());
  EXPECT_THAT(Wrong(On("2026-11-25")), ElementsAre("d.name DAY_IN_FUTURE"));
  v1::WorkDay leave = On("2027-11-24");
  leave.set_leave(true);
  EXPECT_THAT(Wrong(leave), IsEmpty());
  leave.set_name("people/ann/workDays/2027-11-25");
  EXPECT_THAT(Wrong(leave), ElementsAre("d.name DAY_IN_FUTURE"));
  for (const char* name :
       {"2026-02-30", "2026-2-3", "today", "", "2026-11-23/x"}) {
    EXPECT_THAT(Wrong(On(name)), ElementsAre("d.name NAME_INVALID")) << name;
  }
}

TEST(WorkDayTest, EverythingWrongIsToldAtOnce) {
  v1::WorkDay day = On("x");
  day.set_logged_minutes(1441);
  day.set_customer_facing_minutes(1442);
  day.set_idle_chats(-1);
  day.set_idle_chat_minutes(100'001);
  day.set_leave(true);
  EXPECT_THAT(
      Wrong(day),
      ElementsAre("d.name NAME_INVALID", "d.logged_minutes OUT_OF_RANGE",
                  "d.customer_facing_minutes OUT_OF_RANGE",
                  "d.idle_chats OUT_OF_RANGE",
                  "d.idle_chat_minutes OUT_OF_RANGE",
                  "d.customer_facing_minutes MORE_THAN_LOGGED",
                  "d.leave LEAVE_WITH_WORK"));
  v1::WorkDay idle = On("2026-11-23");
  idle.set_idle_chat_minutes(1);
  EXPECT_THAT(Wrong(idle),
              ElementsAre("d.idle_chat_minutes IDLE_WITHOUT_CHATS"));
}

}  // namespace
}  // namespace attune
