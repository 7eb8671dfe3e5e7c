// Surveys and what they come to, over a running server: who may, retries, and
// starting again.

#include <gmock/gmock.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using Stub = v1::VoiceService::Stub;
using Batch = v1::BatchCreateSurveyResponsesRequest;

// Everyone is in team red, where `mate` is an agent; `far` is one in team blue.
// Each of the three agents has a contact with an answer.
class SurveyServiceTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddTeam("blue");
    AddForm("call");
    AddPerson("agent", {v1::ROLE_AGENT}, "red");
    AddPerson("mate", {v1::ROLE_AGENT}, "red");
    AddPerson("far", {v1::ROLE_AGENT}, "blue");
    AddPerson("advocate", {v1::ROLE_ADVOCATE}, "red");
    AddPerson("lead", {v1::ROLE_LEAD}, "red");
    AddPerson("qa_lead", {v1::ROLE_QA_LEAD}, "red");
    AddPerson("admin", {v1::ROLE_ADMIN}, "red");
    AddPerson("analyst", {v1::ROLE_ANALYST}, "red");
    for (const char* name : kRoles) clients_.emplace(name, ClientOf(name));
    for (const char* person : {"agent", "mate", "far"}) {
      AddContact(person, "c");
      const auto stored =
          Admin().Call(&Stub::BatchCreateSurveyResponses, Answer(person, "c"));
      ASSERT_THAT(stored, IsOk());
      names_[person] = stored->results(0).survey_response();
    }
  }

  static Batch Answer(const std::string& person, const std::string& contact) {
    auto batch = Text<Batch>(R"pb(
      requests { survey_response { status: STATUS_ANSWERED nps: 9 } })pb");
    auto& response = *batch.mutable_requests(0)->mutable_survey_response();
    response.set_contact(
        absl::StrCat("people/", person, "/contacts/", contact));
    response.set_source_id(person + contact);
    return batch;
  }

  // `agent y- ...`: what each role gets for each of some requests; x is denied,
  // - not found.
  template <typename Request, typename Response>
  std::string Matrix(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                  const Request&, Response*),
                     const std::vector<Request>& requests) {
    std::string matrix;
    for (const char* role : kRoles) {
      absl::StrAppend(&matrix, matrix.empty() ? "" : " ", role, " ");
      for (const Request& request : requests) {
        const auto answer = clients_.at(role).Call(method, request);
        absl::StrAppend(&matrix, answer.ok() ? "y"
                                 : absl::IsPermissionDenied(answer.status())
                                     ? "x"
                                 : absl::IsNotFound(answer.status())
                                     ? "-"
                                     : answer.status().ToString());
      }
    }
    return matrix;
  }

  static constexpr const char* kRoles[] = {"agent",   "advocate", "lead",
                                           "qa_lead", "admin",    "analyst"};
  std::map<std::string, Client> clients_;
  std::map<std::string, std::string> names_;
};

TEST_F(SurveyServiceTest, ResponsesAreReadByWhomTheyConcern) {
  std::vector<v1::GetSurveyResponseRequest> get;
  for (const char* person : {"agent", "mate", "far"}) {
    get.emplace_back().set_name(names_[person]);
  }
  EXPECT_EQ(Matrix(&Stub::GetSurveyResponse, get),
            "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy analyst "
            "yyy");
  const auto count = [&](const char* role) {
    const auto list = clients_.at(role).Call(
        &Stub::ListSurveyResponses,
        Text<v1::ListSurveyResponsesRequest>("parent: 'people/-'"));
    return list.ok() ? list->survey_responses_size() : -1;
  };
  EXPECT_EQ(count("agent"), 1);
  EXPECT_EQ(count("advocate"), -1);
  EXPECT_EQ(count("lead"), 2);
  EXPECT_EQ(count("analyst"), 3);
}

TEST_F(SurveyServiceTest, OnlyAnAdminBringsResponses) {
  EXPECT_EQ(Matrix(&Stub::BatchCreateSurveyResponses, {Answer("mate", "c")}),
            "agent x advocate x lead x qa_lead x admin y analyst x");
}

TEST_F(SurveyServiceTest, ReportsAreOfWhatIsTheirs) {
  EXPECT_EQ(Matrix(&Stub::GetSurveyReport,
                   {Text<v1::GetSurveyReportRequest>(""),
                    Text<v1::GetSurveyReportRequest>("person: 'people/agent'"),
                    Text<v1::GetSurveyReportRequest>("person: 'people/far'"),
                    Text<v1::GetSurveyReportRequest>("team: 'teams/red'"),
                    Text<v1::GetSurveyReportRequest>("team: 'teams/blue'")}),
            "agent yy--- advocate xxxxx lead yy-y- qa_lead yyyyy admin yyyyy "
            "analyst yyyyy");
  EXPECT_EQ(Matrix(&Stub::GetDriverReport,
                   {Text<v1::GetDriverReportRequest>("form: 'forms/call'"),
                    Text<v1::GetDriverReportRequest>(
                        "form: 'forms/call' team: 'teams/blue'")}),
            "agent xx advocate xx lead y- qa_lead yy admin yy analyst yy");
}

TEST_F(SurveyServiceTest, LeadsAndQaLeadsNoteChanges) {
  auto create = Text<v1::CreateChangeNoteRequest>(
      "change_note { title: 'a' day: '2026-03-01' team: 'teams/blue' }");
  EXPECT_EQ(Matrix(&Stub::CreateChangeNote, {create}),
            "agent x advocate x lead - qa_lead y admin y analyst x");
  const auto note =
      clients_.at("qa_lead").Call(&Stub::CreateChangeNote, create);
  ASSERT_THAT(note, IsOk());
  create.mutable_change_note()->clear_team();
  const auto all = clients_.at("qa_lead").Call(&Stub::CreateChangeNote, create);
  ASSERT_THAT(all, IsOk());
  std::vector<v1::GetChangeNoteReportRequest> look(2);
  look[0].set_name(note->name());
  look[1].set_name(all->name());
  EXPECT_EQ(Matrix(&Stub::GetChangeNoteReport, look),
            "agent xx advocate xx lead -y qa_lead yy admin yy analyst yy");
}

TEST_F(SurveyServiceTest, ARetryGetsTheFirstAnswerAndNothingIsDoubled) {
  AddContact("mate", "d");
  Batch batch = Answer("mate", "d");
  batch.set_request_id("once");
  const auto first =
      clients_.at("admin").Call(&Stub::BatchCreateSurveyResponses, batch);
  ASSERT_THAT(first, IsOk());
  const auto again =
      clients_.at("admin").Call(&Stub::BatchCreateSurveyResponses, batch);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->DebugString(), first->DebugString());
  batch.clear_request_id();
  const auto known =
      clients_.at("admin").Call(&Stub::BatchCreateSurveyResponses, batch);
  ASSERT_THAT(known, IsOk());
  EXPECT_EQ(known->results(0).outcome(),
            v1::BatchCreateSurveyResponsesResponse::OUTCOME_UNCHANGED);
  EXPECT_EQ(known->results(0).survey_response(),
            first->results(0).survey_response());

  Destroy();
  Start();
  const auto report =
      Admin().Call(&Stub::GetSurveyReport, v1::GetSurveyReportRequest());
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->overall().promoters(), 4);
  const auto verified =
      Admin().Call(&v1::AdminService::Stub::Verify, v1::VerifyRequest());
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->survey_responses(), 4);
  EXPECT_EQ(verified->survey_rollups(), 3);
  EXPECT_EQ(verified->differences_size(), 0);
}

}  // namespace
}  // namespace attune
