#include "engine/coaching/work_day.h"

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"

namespace attune {
namespace {

constexpr int32_t kMinutesPerDay = 24 * 60;
constexpr int32_t kMostIdleChats = 10'000;
constexpr int32_t kMostIdleMinutes = 100'000;
// Leave is known ahead.
constexpr int64_t kMostDaysAhead = 366;

void CheckRange(int32_t value, int32_t most, absl::string_view what,
                const std::string& field, Violations& bad) {
  if (value >= 0 && value <= most) return;
  bad.Add(field, "OUT_OF_RANGE",
          absl::StrCat(what, " are 0 to ", most, ", not ", value, "."));
}

void CheckName(const v1::WorkDay& work_day, const std::string& field,
               int64_t now_us, Violations& bad) {
  const auto name = ParseWorkDayName(work_day.name());
  if (!name) {
    bad.Add(field, "NAME_INVALID",
            "A work day is people/{person}/workDays/{day}, the day written as "
            "YYYY-MM-DD.");
    return;
  }
  const int64_t day = ParseDay(name->id).value_or(0);
  const int64_t today = DayOf(now_us);
  // East of Greenwich tomorrow has begun.
  if (day > today + (work_day.leave() ? kMostDaysAhead : 1)) {
    bad.Add(field, "DAY_IN_FUTURE",
            "Work is told once it is done, leave at most a year ahead.");
  }
}

}  // namespace

void CheckWorkDay(const v1::WorkDay& work_day, absl::string_view path,
                  int64_t now_us, Violations& bad) {
  const auto field = [path](absl::string_view name) {
    return absl::StrCat(path, ".", name);
  };
  CheckName(work_day, field("name"), now_us, bad);
  CheckRange(work_day.logged_minutes(), kMinutesPerDay, "Minutes of a day",
             field("logged_minutes"), bad);
  CheckRange(work_day.customer_facing_minutes(), kMinutesPerDay,
             "Minutes of a day", field("customer_facing_minutes"), bad);
  CheckRange(work_day.idle_chats(), kMostIdleChats, "Idle chats",
             field("idle_chats"), bad);
  CheckRange(work_day.idle_chat_minutes(), kMostIdleMinutes,
             "Minutes of idle chats", field("idle_chat_minutes"), bad);
  if (work_day.customer_facing_minutes() > work_day.logged_minutes()) {
    bad.Add(field("customer_facing_minutes"), "MORE_THAN_LOGGED",
            absl::StrCat("At most the ", work_day.logged_minutes(),
                         " logged minutes were for customers, not ",
                         work_day.customer_facing_minutes(), "."));
  }
  if (work_day.idle_chat_minutes() > 0 && work_day.idle_chats() == 0) {
    bad.Add(field("idle_chat_minutes"), "IDLE_WITHOUT_CHATS",
            "Without idle chats there are no minutes of them.");
  }
  if (work_day.leave() && work_day.logged_minutes() > 0) {
    bad.Add(field("leave"), "LEAVE_WITH_WORK",
            "A day of leave is a whole one, without logged minutes.");
  }
}

}  // namespace attune
