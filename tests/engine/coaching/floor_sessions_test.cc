// Stored floor sessions and quotas, on every database.

#include "engine/coaching/floor_sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/engine/coaching/floor_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FloorSessionsTest : public FloorTest {
 protected:
  absl::Status Delete(const Caller& caller, const std::string& name) {
    v1::DeleteFloorSessionRequest request;
    request.set_name(name);
    return InWrite([&](Transaction& tx) {
             return sessions_.Delete(tx, caller, request);
           })
        .status();
  }
  // Notes of what a list gives, a page of one at a time.
  std::vector<std::string> Notes(const Caller& caller,
                                 v1::ListFloorSessionsRequest request = {}) {
    if (request.parent().empty()) request.set_parent("people/-");
    request.set_page_size(1);
    std::vector<std::string> notes;
    while (true) {
      const auto page = InRead(
          [&](Transaction& tx) { return sessions_.List(tx, caller, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return notes;
      for (const auto& session : page->floor_sessions()) {
        notes.push_back(session.note());
      }
      if (page->next_page_token().empty()) return notes;
      request.set_page_token(page->next_page_token());
    }
  }
};

TEST_P(FloorSessionsTest, LoggingKeepsWhoAndHowLong) {
  v1::FloorSession wanted = Of("2026-03-30", 540, 90);
  *wanted.mutable_end_time() = At("2026-03-30", 630);
  wanted.mutable_end_time()->set_seconds(wanted.end_time().seconds() + 30);
  wanted.set_note("The holiday queue.");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FloorSession logged,
                              Log(amy_, "-", wanted));
  EXPECT_EQ(logged.name().rfind("people/amy/floorSessions/", 0), 0u);
  EXPECT_EQ(logged.minutes(), 91);  // 90.5, half up
  EXPECT_EQ(logged.channel(), v1::CHANNEL_PHONE);
  EXPECT_EQ(logged.note(), "The holiday queue.");
  EXPECT_EQ(logged.recorder(), "people/amy");
  // By a lead, in the same week.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FloorSession other,
                              Log(lea_, "amy", Of("2026-03-31", 0, 1)));
  EXPECT_EQ(other.recorder(), "people/lea");
}

TEST_P(FloorSessionsTest, EverythingWrongIsToldAtOnce) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FloorSession logged,
                              Log(amy_, "amy", Of("2026-03-31", 600, 60)));
  v1::FloorSession wrong = Of("2026-03-31", 630, 60);
  wrong.clear_channel();
  wrong.set_note(std::string(5000, 'x'));
  const auto told = Log(amy_, "amy", wrong);
  EXPECT_THAT(told, HasViolation("floor_session.channel", "CHANNEL_MISSING"));
  EXPECT_THAT(told, HasViolation("floor_session.note", "TEXT_TOO_LONG"));
  EXPECT_THAT(told,
              HasViolation("floor_session.start_time", "SESSION_OVERLAPS"));
  bool named = false;
  const Violations violations = Violations::FromStatus(told.status());
  for (const Violation& violation : violations.all()) {
    named |= violation.description.find(logged.name()) != std::string::npos;
  }
  EXPECT_TRUE(named);

  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-30", 60, -1)),
              HasViolation("floor_session.end_time", "END_BEFORE_START"));
  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-30", 60, 0)),
              HasViolation("floor_session.end_time", "END_BEFORE_START"));
  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-27", 0, 16 * 60 + 1)),
              HasViolation("floor_session.end_time", "SESSION_TOO_LONG"));
  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-27", 0, 16 * 60)), IsOk());
  const auto nothing = Log(amy_, "x/y", v1::FloorSession());
  EXPECT_THAT(nothing, HasViolation("parent", "NAME_INVALID"));
  EXPECT_THAT(nothing,
              HasViolation("floor_session.start_time", "TIME_MISSING"));
  EXPECT_THAT(nothing, HasViolation("floor_session.end_time", "TIME_MISSING"));
  EXPECT_THAT(nothing,
              HasViolation("floor_session.channel", "CHANNEL_MISSING"));
  EXPECT_THAT(Log(admin_, "-", Of("2026-03-30", 60, 5)),
              HasViolation("parent", "PERSON_MISSING"));
  // A far away and a nonsensical time.
  v1::FloorSession old = Of("1969-12-31", 60, 5);
  EXPECT_THAT(Log(amy_, "amy", old),
              HasViolation("floor_session.start_time", "TIME_INVALID"));
  old.mutable_end_time()->set_nanos(-1);
  EXPECT_THAT(Log(amy_, "amy", old),
              HasViolation("floor_session.end_time", "TIME_INVALID"));
}

TEST_P(FloorSessionsTest, FiveMinutesOfTheFutureAreForgiven) {
  // It is 00:00:00 and some seconds.
  EXPECT_THAT(Log(amy_, "amy", Of("2026-04-01", -60, 66)),
              HasViolation("floor_session.end_time", "TIME_IN_FUTURE"));
  EXPECT_THAT(Log(amy_, "amy", Of("2026-04-01", -60, 65)), IsOk());
}

TEST_P(FloorSessionsTest, OnePersonsSessionsDoNotOverlap) {
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-31", 600, 60)), IsOk());
  // On either side, around it, within it, and the same.
  for (const auto& [from, minutes] : std::vector<std::pair<int, int>>{
           {590, 11}, {659, 10}, {590, 90}, {610, 10}, {600, 60}}) {
    EXPECT_THAT(Log(amy_, "amy", Of("2026-03-31", from, minutes)),
                HasViolation("floor_session.start_time", "SESSION_OVERLAPS"))
        << from;
  }
  // Ends that touch do not.
  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-31", 590, 10)), IsOk());
  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-31", 660, 10)), IsOk());
  // Nor do two people's.
  EXPECT_THAT(Log(CallerOf("ada", "", v1::ROLE_ADVOCATE, kOwn), "ada",
                  Of("2026-03-31", 600, 60)),
              IsOk());
  // Across midnight.
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-28", 23 * 60, 120)), IsOk());
  EXPECT_THAT(Log(amy_, "amy", Of("2026-03-29", 59, 10)),
              HasViolation("floor_session.start_time", "SESSION_OVERLAPS"));
}

TEST_P(FloorSessionsTest, OfManyAtOnceOneIsLogged) {
  constexpr int kThreads = 8;
  const FloorSessions sessions([now_us = now_us_] { return now_us; });
  std::atomic<int> logged = 0;
  std::atomic<int> overlapping = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      v1::CreateFloorSessionRequest request;
      request.set_parent("people/amy");
      *request.mutable_floor_session() = Of("2026-03-30", 600 + i, 60);
      const auto made = InWrite(
          [&](Transaction& tx) { return sessions.Create(tx, amy_, request); });
      if (made.ok()) ++logged;
      if (absl::IsInvalidArgument(made.status())) ++overlapping;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(logged, 1);
  EXPECT_EQ(overlapping, kThreads - 1);
}

TEST_P(FloorSessionsTest, WhoLogsForWhom) {
  const v1::FloorSession session = Of("2026-03-30", 60, 5);
  const Caller ada = CallerOf("ada", "", v1::ROLE_ADVOCATE, kOwn);
  EXPECT_THAT(Log(ada, "amy", session), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Log(lea_, "ada", session), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Log(quinn_, "nobody", session),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Log(quinn_, "ada", session), IsOk());
  EXPECT_THAT(Log(admin_, "amy", session), IsOk());
  // Agents serve customers all day.
  EXPECT_THAT(Log(ann_, "ann", session), HasReason("NO_FLOOR_QUOTA"));
  EXPECT_THAT(SetQuota([] {
                v1::SetFloorQuotaRequest request;
                request.set_role(v1::ROLE_AGENT);
                request.set_weekly_minutes(10);
                return request;
              }()),
              IsOk());
  EXPECT_THAT(Log(ann_, "ann", session), IsOk());
}

TEST_P(FloorSessionsTest, OneDeletesOnesOwnAndALeadTheTeams) {
  const auto log = [&](int from) {
    const auto logged = Log(quinn_, "amy", Of("2026-03-30", from, 5));
    EXPECT_THAT(logged, IsOk());
    return logged.ok() ? logged->name() : "";
  };
  const std::string first = log(0);
  const std::string id = first.substr(first.rfind('/') + 1);
  const Caller ada = CallerOf("ada", "", v1::ROLE_ADVOCATE, kOwn);
  EXPECT_THAT(Delete(ada, first), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Delete(ada, "people/ada/floorSessions/" + id),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Delete(amy_, "people/amy"), HasViolation("name", "NAME_INVALID"));
  EXPECT_THAT(Delete(amy_, first), IsOk());
  EXPECT_THAT(Delete(amy_, first), StatusIs(absl::StatusCode::kNotFound));
  // It can be logged anew at the same time.
  const std::string again = log(0);
  EXPECT_THAT(Delete(lea_, "people/-/floorSessions/" +
                               again.substr(again.rfind('/') + 1)),
              IsOk());
  EXPECT_THAT(Notes(quinn_), IsEmpty());
}

TEST_P(FloorSessionsTest, ListsAreByWeekAndTeam) {
  const auto log = [&](const std::string& person, const std::string& day,
                       int64_t from, int64_t minutes, const std::string& note) {
    v1::FloorSession session = Of(day, from, minutes);
    session.set_note(note);
    EXPECT_THAT(Log(quinn_, person, session), IsOk());
  };
  log("amy", "2026-03-22", 23 * 60, 120, "night");  // W12 and W13
  log("amy", "2026-03-24", 60, 10, "tuesday");      // W13
  log("ada", "2026-03-30", 60, 10, "monday");       // W14
  EXPECT_THAT(Notes(quinn_), ElementsAre("monday", "tuesday", "night"));
  EXPECT_THAT(Notes(amy_), ElementsAre("tuesday", "night"));
  EXPECT_THAT(Notes(lea_), ElementsAre("tuesday", "night"));
  const auto with = [&](auto set) {
    v1::ListFloorSessionsRequest request;
    set(request);
    return Notes(quinn_, request);
  };
  EXPECT_THAT(with([](auto& r) { r.set_parent("people/ada"); }),
              ElementsAre("monday"));
  EXPECT_THAT(with([](auto& r) { r.set_team("teams/red"); }),
              ElementsAre("tuesday", "night"));
  EXPECT_THAT(with([](auto& r) { r.set_last_week("2026-W12"); }),
              ElementsAre("night"));
  EXPECT_THAT(with([](auto& r) {
                r.set_first_week("2026-W13");
                r.set_last_week("2026-W13");
              }),
              ElementsAre("tuesday", "night"));
  EXPECT_THAT(with([](auto& r) { r.set_first_week("2026-W14"); }),
              ElementsAre("monday"));
  EXPECT_THAT(
      with([](auto& r) { r.mutable_period()->set_first_day("2026-04-01"); }),
      ElementsAre("monday"));
  v1::ListFloorSessionsRequest wrong;
  wrong.set_parent("x");
  wrong.set_team("x");
  wrong.set_first_week("2026-W54");
  const auto told = InRead(
      [&](Transaction& tx) { return sessions_.List(tx, quinn_, wrong); });
  EXPECT_THAT(told, HasViolation("parent", "NAME_INVALID"));
  EXPECT_THAT(told, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(told, HasViolation("first_week", "WEEK_INVALID"));
}

TEST_P(FloorSessionsTest, QuotasAreSetByRole) {
  const auto list = [&] {
    return InRead([&](Transaction& tx) {
      return quotas_.List(tx, ann_, v1::ListFloorQuotasRequest());
    });
  };
  auto quotas = list();
  ASSERT_THAT(quotas, IsOk());
  ASSERT_EQ(quotas->floor_quotas_size(), 1);
  EXPECT_EQ(quotas->floor_quotas(0).role(), v1::ROLE_ADVOCATE);
  EXPECT_EQ(quotas->floor_quotas(0).weekly_minutes(), 300);
  EXPECT_FALSE(quotas->floor_quotas(0).blocks_submitting());
  EXPECT_FALSE(quotas->floor_quotas(0).has_update_time());

  v1::SetFloorQuotaRequest request;
  EXPECT_THAT(SetQuota(request), HasViolation("role", "ROLE_UNKNOWN"));
  EXPECT_THAT(SetQuota(request),
              HasViolation("weekly_minutes", "NOTHING_TO_SET"));
  request.set_role(v1::ROLE_ADVOCATE);
  request.set_weekly_minutes(-1);
  EXPECT_THAT(SetQuota(request),
              HasViolation("weekly_minutes", "MINUTES_OUT_OF_RANGE"));
  request.set_weekly_minutes(10'081);
  EXPECT_THAT(SetQuota(request),
              HasViolation("weekly_minutes", "MINUTES_OUT_OF_RANGE"));
  request.set_weekly_minutes(240);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FloorQuota set, SetQuota(request));
  EXPECT_EQ(set.setter(), "people/quinn");
  ASSERT_EQ(set.terms_size(), 1);
  EXPECT_EQ(set.terms(0).start_week(), "2026-W14");
  // The switch alone.
  request.clear_weekly_minutes();
  request.set_blocks_submitting(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FloorQuota blocking, SetQuota(request));
  EXPECT_EQ(blocking.weekly_minutes(), 240);
  EXPECT_TRUE(blocking.blocks_submitting());
  request.set_role(v1::ROLE_LEAD);
  request.clear_blocks_submitting();
  request.set_weekly_minutes(60);
  ASSERT_THAT(SetQuota(request), IsOk());
  quotas = list();
  ASSERT_EQ(quotas->floor_quotas_size(), 2);
  EXPECT_EQ(quotas->floor_quotas(0).DebugString(), blocking.DebugString());
  EXPECT_EQ(quotas->floor_quotas(1).role(), v1::ROLE_LEAD);
}

ATTUNE_ON_EVERY_BACKEND(FloorSessionsTest);

}  // namespace
}  // namespace attune
