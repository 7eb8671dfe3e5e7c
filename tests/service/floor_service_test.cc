// Time on the floor over a running server: who may do what, retries, and the
// switch that keeps from submitting.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/service/permission_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using Floor = v1::FloorService::Stub;

// It is Wednesday, 2024-03-06, in 2024-W10; W09 began on Monday, 2024-02-26.
constexpr int64_t kNowUs = int64_t{1'709'726'400} * 1'000'000;
constexpr int64_t kMonday = 19'779;  // 2024-02-26

// As PermissionTest, with `helper`, an advocate of team red, and `stranger`,
// one of team blue; all were hired on 2024-01-01.
class FloorServiceTest : public PermissionTest {
 protected:
  void SetUp() override {
    SetClock([] { return kNowUs; });
    PermissionTest::SetUp();
    Hire("helper", v1::ROLE_ADVOCATE, "red");
    Hire("stranger", v1::ROLE_ADVOCATE, "blue");
  }

  void Hire(const std::string& id, v1::Role role, const std::string& team) {
    v1::CreatePersonRequest request;
    request.set_person_id(id);
    request.mutable_person()->add_roles(role);
    request.mutable_person()->set_team("teams/" + team);
    request.mutable_person()->set_hire_date("2024-01-01");
    ASSERT_THAT(
        Admin().Call(&v1::DirectoryService::Stub::CreatePerson, request),
        IsOk());
  }

  // `minutes` from a minute of the Monday on.
  static v1::CreateFloorSessionRequest Of(const std::string& person,
                                          int64_t from, int64_t minutes) {
    v1::CreateFloorSessionRequest request;
    request.set_parent("people/" + person);
    v1::FloorSession& session = *request.mutable_floor_session();
    session.set_channel(v1::CHANNEL_PHONE);
    session.mutable_start_time()->set_seconds(kMonday * 86'400 + from * 60);
    session.mutable_end_time()->set_seconds(kMonday * 86'400 +
                                            (from + minutes) * 60);
    return request;
  }
  // So that sessions do not overlap.
  int64_t NextMinute() { return next_minute_ += 10; }

 private:
  int64_t next_minute_ = 0;
};

TEST_F(FloorServiceTest, WhoLogsAndDeletes) {
  // Every role owes something, so that everybody may log.
  for (const auto& [name, role] : kRoles) {
    v1::SetFloorQuotaRequest quota;
    quota.set_role(role);
    quota.set_weekly_minutes(60);
    ASSERT_THAT(Admin().Call(&Floor::SetFloorQuota, quota), IsOk());
  }
  EXPECT_EQ(Matrix({"own", "helper", "stranger"},
                   [&](const Client& client, const std::string&,
                       const std::string& person) {
                     return Letter(client.Call(&Floor::CreateFloorSession,
                                               Of(person, NextMinute(), 5)));
                   }),
            "agent y-- advocate y-- lead yy- qa_lead yyy admin yyy "
            "analyst y--");
  EXPECT_EQ(
      Matrix({"own", "helper", "stranger"},
             [&](const Client& client, const std::string&,
                 const std::string& person) {
               const auto made = Admin().Call(&Floor::CreateFloorSession,
                                              Of(person, NextMinute(), 5));
               EXPECT_THAT(made, IsOk());
               v1::DeleteFloorSessionRequest request;
               if (made.ok()) request.set_name(made->name());
               return Letter(client.Call(&Floor::DeleteFloorSession, request));
             }),
      "agent y-- advocate y-- lead yy- qa_lead yyy admin yyy "
      "analyst y--");
}

TEST_F(FloorServiceTest, WhoSeesSessionsAndHours) {
  for (const char* person : {"advocate", "helper", "stranger"}) {
    ASSERT_THAT(Admin().Call(&Floor::CreateFloorSession, Of(person, 0, 5)),
                IsOk());
  }
  EXPECT_EQ(
      Matrix({"own"},
             [&](const Client& client, const std::string&, const std::string&) {
               v1::ListFloorSessionsRequest request;
               request.set_parent("people/-");
               const auto list =
                   client.Call(&Floor::ListFloorSessions, request);
               return list.ok() ? absl::StrCat(list->floor_sessions_size())
                                : Letter(list);
             }),
      "agent 0 advocate 1 lead 2 qa_lead 3 admin 3 analyst 3");
  EXPECT_EQ(
      MatrixOf(
          &Floor::GetFloorHours,
          +[](v1::GetFloorHoursRequest& request, const std::string& person) {
            request.set_person("people/" + person);
          }),
      "agent y-- advocate y-- lead yy- qa_lead yyy admin yyy "
      "analyst yyy");
  EXPECT_EQ(
      Matrix({"own"},
             [&](const Client& client, const std::string&, const std::string&) {
               const auto hours = client.Call(&Floor::GetFloorHours,
                                              v1::GetFloorHoursRequest());
               return hours.ok() ? absl::StrCat(hours->people_size())
                                 : Letter(hours);
             }),
      "agent 1 advocate 1 lead 2 qa_lead 3 admin 3 analyst 3");
}

TEST_F(FloorServiceTest, WhoSetsQuotas) {
  EXPECT_EQ(
      Matrix({"own"},
             [&](const Client& client, const std::string&, const std::string&) {
               v1::SetFloorQuotaRequest request;
               request.set_role(v1::ROLE_ADVOCATE);
               request.set_weekly_minutes(240);
               return Letter(client.Call(&Floor::SetFloorQuota, request));
             }),
      "agent x advocate x lead x qa_lead y admin y analyst x");
  EXPECT_EQ(
      Matrix({"own"},
             [&](const Client& client, const std::string&, const std::string&) {
               return Letter(client.Call(&Floor::ListFloorQuotas,
                                         v1::ListFloorQuotasRequest()));
             }),
      "agent y advocate y lead y qa_lead y admin y analyst y");
}

TEST_F(FloorServiceTest, WhoStoresAndSeesWorkDays) {
  const auto store = [](const Client& client, const std::string& person,
                        const std::string& day) {
    v1::BatchUpdateWorkDaysRequest request;
    v1::WorkDay& work_day = *request.add_requests()->mutable_work_day();
    work_day.set_name(absl::StrCat("people/", person, "/workDays/", day));
    work_day.set_logged_minutes(480);
    return client.Call(&Floor::BatchUpdateWorkDays, request);
  };
  // What is out of reach is named as a row.
  EXPECT_EQ(Matrix({"mate", "far"},
                   [&](const Client& client, const std::string&,
                       const std::string& person) -> std::string {
                     const auto stored = store(client, person, "2024-03-04");
                     return absl::IsInvalidArgument(stored.status())
                                ? "-"
                                : Letter(stored);
                   }),
            "agent xx advocate xx lead y- qa_lead yy admin yy analyst xx");
  for (const auto& [name, role] : kRoles) {
    ASSERT_THAT(store(Admin(), name, "2024-03-05"), IsOk());
  }
  EXPECT_EQ(
      Matrix({"own"},
             [&](const Client& client, const std::string&, const std::string&) {
               v1::ListWorkDaysRequest request;
               request.set_parent("people/-");
               const auto list = client.Call(&Floor::ListWorkDays, request);
               return list.ok() ? absl::StrCat(list->work_days_size())
                                : Letter(list);
             }),
      "agent 1 advocate 1 lead 7 qa_lead 8 admin 8 analyst 8");
  EXPECT_EQ(
      MatrixOf(
          &Floor::GetServiceLevel,
          +[](v1::GetServiceLevelRequest& request, const std::string& person) {
            request.set_person("people/" + person);
          }),
      "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy "
      "analyst yyy");
}

TEST_F(FloorServiceTest, ARetryGetsTheFirstAnswer) {
  const Client helper = ClientOf("helper");
  auto log = Of("helper", 0, 60);
  log.set_request_id("once");
  const auto first = helper.Call(&Floor::CreateFloorSession, log);
  ASSERT_THAT(first, IsOk());
  const auto again = helper.Call(&Floor::CreateFloorSession, log);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->name(), first->name());
  log.set_request_id("twice");
  EXPECT_THAT(helper.Call(&Floor::CreateFloorSession, log),
              HasViolation("floor_session.start_time", "SESSION_OVERLAPS"));
  v1::DeleteFloorSessionRequest remove;
  remove.set_name(first->name());
  remove.set_request_id("gone");
  EXPECT_THAT(helper.Call(&Floor::DeleteFloorSession, remove), IsOk());
  EXPECT_THAT(helper.Call(&Floor::DeleteFloorSession, remove), IsOk());
  remove.set_request_id("gone again");
  EXPECT_THAT(helper.Call(&Floor::DeleteFloorSession, remove),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(FloorServiceTest, OwingKeepsFromSubmittingWhileTheSwitchIsOn) {
  const Client helper = ClientOf("helper");
  const auto submit = [&](const std::string& contact) {
    return helper.Call(
        &v1::EvaluationService::Stub::SubmitEvaluation,
        Evaluation<v1::SubmitEvaluationRequest>("mate", contact));
  };
  EXPECT_THAT(submit("c"), IsOk());
  v1::SetFloorQuotaRequest block;
  block.set_role(v1::ROLE_ADVOCATE);
  block.set_blocks_submitting(true);
  ASSERT_THAT(Admin().Call(&Floor::SetFloorQuota, block), IsOk());
  const auto refused = submit("agent");
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("FLOOR_HOURS_OWED"));
  EXPECT_THAT(
      std::string(refused.status().message()),
      HasSubstr("300 of 300 minutes on the floor are missing in 2024-W09"));
  // Who was entered this week owes nothing yet, nor does a qa_lead.
  for (const char* name : {"advocate", "qa_lead"}) {
    EXPECT_THAT(clients_.at(name).Call(
                    &v1::EvaluationService::Stub::SubmitEvaluation,
                    Evaluation<v1::SubmitEvaluationRequest>("mate", "agent")),
                IsOk());
  }
  ASSERT_THAT(helper.Call(&Floor::CreateFloorSession, Of("helper", 0, 300)),
              IsOk());
  EXPECT_THAT(submit("agent"), IsOk());
}

}  // namespace
}  // namespace attune
