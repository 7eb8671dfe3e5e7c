// Service levels of agents and teams, on every database.

#include "engine/coaching/service_levels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/coaching/floor_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

class ServiceLevelsTest : public FloorTest {
 protected:
  absl::StatusOr<v1::ServiceLevelReport> Get(
      const Caller& caller, const v1::GetServiceLevelRequest& request = {}) {
    return InRead(
        [&](Transaction& tx) { return levels_.Get(tx, caller, request); });
  }
  // "name facing/logged percent met chats/minutes quality n", a line each:
  // agents, teams, all together.
  static std::vector<std::string> Lines(
      const absl::StatusOr<v1::ServiceLevelReport>& report) {
    EXPECT_THAT(report, IsOk());
    std::vector<std::string> lines;
    if (!report.ok()) return lines;
    const auto add = [&lines](const v1::ServiceLevelReport::Line& line) {
      const v1::ServiceLevel& level = line.service_level();
      lines.push_back(absl::StrCat(
          line.name(), " ", level.customer_facing_minutes(), "/",
          level.logged_minutes(), " ",
          level.has_percent() ? absl::StrCat(level.percent()) : level.reason(),
          " ",
          level.has_meets_line() ? level.meets_line() ? "met" : "below" : "-",
          " ", level.idle_chats(), "/", level.idle_chat_minutes(), " ",
          line.quality().has_percent() ? absl::StrCat(line.quality().percent())
                                       : line.quality().reason(),
          " ", line.quality().n()));
    };
    for (const auto& line : report->agents()) add(line);
    for (const auto& line : report->teams()) add(line);
    add(report->overall());
    return lines;
  }

  ServiceLevels levels_;
};

TEST_P(ServiceLevelsTest, TimeAndQualityStandBesideEachOther) {
  v1::WorkDay chats = WorkOf("ann", "2026-03-03", 400, 300);
  chats.set_idle_chats(3);
  chats.set_idle_chat_minutes(40);
  ASSERT_THAT(Store(quinn_, {WorkOf("ann", "2026-03-02", 480, 404), chats,
                             WorkOf("bob", "2026-03-02", 480, 383),
                             LeaveOf("bob", "2026-03-03"),
                             // An advocate who took calls all day, and one on
                             // leave.
                             WorkOf("ada", "2026-03-02", 100, 100),
                             LeaveOf("amy", "2026-03-02")}),
              IsOk());
  // 60 x 0.5 + 40 x 0.5 = 50, and 100, on 2026-03-02 and -03.
  ASSERT_THAT(Submit(abe_, "call-1", AnswersTo("half", "yes", "yes")), IsOk());
  ASSERT_THAT(Submit(abe_, "call-2", AnswersTo("yes", "yes", "no")), IsOk());
  // ann: 704 of 880 is 80 % to the point; bob: 383 of 480 is 79.7917;
  // together with ada: 1187 of 1460 is 81.3014.
  const auto all = Get(quinn_);
  EXPECT_THAT(Lines(all),
              ElementsAre("people/ada 100/100 100 met 0/0 no_data 0",
                          "people/ann 704/880 80 met 3/40 75 2",
                          "people/bob 383/480 79.79 below 0/0 no_data 0",
                          " 100/100 100 met 0/0 no_data 0",
                          "teams/blue 383/480 79.79 below 0/0 no_data 0",
                          "teams/red 704/880 80 met 3/40 75 2",
                          " 1187/1460 81.3 met 3/40 75 2"));
  EXPECT_EQ(all->line_percent(), 80);
  EXPECT_EQ(all->agents(1).service_level().days(), 2);
  EXPECT_EQ(all->agents(2).service_level().leave_days(), 1);
  // 81.3014 at two places.
  EXPECT_EQ(all->overall().service_level().percent(), 81.3);

  v1::GetServiceLevelRequest request;
  request.mutable_period()->set_first_day("2026-03-03");
  EXPECT_THAT(Lines(Get(quinn_, request)),
              ElementsAre("people/ann 300/400 75 below 3/40 100 1",
                          "people/bob 0/0 no_data - 0/0 no_data 0",
                          "teams/blue 0/0 no_data - 0/0 no_data 0",
                          "teams/red 300/400 75 below 3/40 100 1",
                          " 300/400 75 below 3/40 100 1"));
}

TEST_P(ServiceLevelsTest, AgentsSeeTheirOwnAndLeadsTheirTeam) {
  ASSERT_THAT(Store(quinn_, {WorkOf("ann", "2026-03-02", 480, 404),
                             WorkOf("bob", "2026-03-02", 480, 383)}),
              IsOk());
  EXPECT_THAT(Lines(Get(bob_)),
              ElementsAre("people/bob 383/480 79.79 below 0/0 no_data 0",
                          " 383/480 79.79 below 0/0 no_data 0"));
  const auto red = Get(lea_);
  ASSERT_THAT(red, IsOk());
  EXPECT_EQ(red->team(), "teams/red");
  ASSERT_EQ(red->agents_size(), 1);
  EXPECT_EQ(red->agents(0).name(), "people/ann");
  v1::GetServiceLevelRequest request;
  request.set_person("people/bob");
  EXPECT_THAT(Get(lea_, request), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(ann_, request), StatusIs(absl::StatusCode::kNotFound));
  request.set_person("x");
  request.set_team("x");
  request.mutable_period()->set_first_day("x");
  const auto told = Get(quinn_, request);
  EXPECT_THAT(told, HasViolation("person", "NAME_INVALID"));
  EXPECT_THAT(told, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(told, HasViolation("period.first_day", "DATE_INVALID"));
}

ATTUNE_ON_EVERY_BACKEND(ServiceLevelsTest);

}  // namespace
}  // namespace attune
