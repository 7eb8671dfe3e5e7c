// The small center with an advocate who has been there for a while, and what
// tests of time on the floor ask of it.

#ifndef ATTUNE_TESTS_ENGINE_COACHING_FLOOR_TEST_H_
#define ATTUNE_TESTS_ENGINE_COACHING_FLOOR_TEST_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_reports.h"
#include "engine/coaching/floor_sessions.h"
#include "engine/coaching/work_days.h"
#include "tests/engine/center_test.h"

namespace attune {

// It is Wednesday, 2026-04-01, in 2026-W14, which begins on 2026-03-30.  `amy`,
// an advocate in team red, was hired on Thursday, 2026-03-12, in W11.
class FloorTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    v1::CreatePersonRequest request;
    request.set_person_id("amy");
    request.mutable_person()->add_roles(v1::ROLE_ADVOCATE);
    request.mutable_person()->set_team("teams/red");
    request.mutable_person()->set_hire_date("2026-03-12");
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return people_.Create(tx, admin_, request);
                }),
                IsOk());
  }

  // `2026-03-30`, and minutes from its midnight.
  static google::protobuf::Timestamp At(const std::string& day,
                                        int64_t minutes) {
    return ToTimestamp(ParseDay(day).value() * kMicrosPerDay +
                       minutes * 60'000'000);
  }
  static v1::FloorSession Of(const std::string& day, int64_t from_minute,
                             int64_t minutes) {
    v1::FloorSession session;
    *session.mutable_start_time() = At(day, from_minute);
    *session.mutable_end_time() = At(day, from_minute + minutes);
    session.set_channel(v1::CHANNEL_PHONE);
    return session;
  }
  absl::StatusOr<v1::FloorSession> Log(const Caller& caller,
                                       const std::string& person,
                                       const v1::FloorSession& session) {
    v1::CreateFloorSessionRequest request;
    request.set_parent("people/" + person);
    *request.mutable_floor_session() = session;
    return InWrite(
        [&](Transaction& tx) { return sessions_.Create(tx, caller, request); });
  }
  absl::StatusOr<v1::FloorQuota> SetQuota(
      const v1::SetFloorQuotaRequest& request) {
    return InWrite(
        [&](Transaction& tx) { return quotas_.Set(tx, quinn_, request); });
  }
  static v1::WorkDay WorkOf(const std::string& person, const std::string& day,
                            int32_t logged, int32_t facing) {
    v1::WorkDay work_day;
    work_day.set_name(absl::StrCat("people/", person, "/workDays/", day));
    work_day.set_logged_minutes(logged);
    work_day.set_customer_facing_minutes(facing);
    return work_day;
  }
  static v1::WorkDay LeaveOf(const std::string& person,
                             const std::string& day) {
    v1::WorkDay work_day = WorkOf(person, day, 0, 0);
    work_day.set_leave(true);
    return work_day;
  }
  absl::StatusOr<v1::BatchUpdateWorkDaysResponse> Store(
      const Caller& caller, const std::vector<v1::WorkDay>& days,
      bool validate_only = false) {
    v1::BatchUpdateWorkDaysRequest request;
    for (const v1::WorkDay& day : days) {
      *request.add_requests()->mutable_work_day() = day;
    }
    request.set_validate_only(validate_only);
    return InWrite([&](Transaction& tx) {
      return work_days_.BatchUpdate(tx, caller, request);
    });
  }

  Caller amy_ = CallerOf("amy", "red", v1::ROLE_ADVOCATE, kOwn);
  FloorSessions sessions_{clock()};
  FloorQuotas quotas_{clock()};
  FloorReports reports_{clock()};
  WorkDays work_days_{clock()};
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_COACHING_FLOOR_TEST_H_
