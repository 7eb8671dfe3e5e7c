// Role x whose thing it is, for every method, against a running server.

#include "tests/service/permission_test.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "service/policy.h"

namespace attune {
namespace {

TEST_F(PermissionTest, EveryMethodAnswersEveryRoleAsThePolicySays) {
  for (const std::string& method : MethodsWithGrants()) {
    if (FindGrants(method)->open) {
      // The same answer for all, whatever token they send.
      for (const Client& client :
           {Anonymous(), Client(Channel(), "nonsense"), clients_.at("admin")}) {
        EXPECT_THAT(client.CallRaw(method, ""),
                    StatusIs(absl::StatusCode::kNotFound))
            << method;
      }
      continue;
    }
    EXPECT_THAT(Anonymous().CallRaw(method, ""),
                StatusIs(absl::StatusCode::kUnauthenticated))
        << method;
    for (const auto& [name, role] : kRoles) {
      RoleSet roles;
      roles.Add(role);
      const auto answer = clients_.at(name).CallRaw(method, "");
      EXPECT_EQ(answer.status().code() == absl::StatusCode::kPermissionDenied,
                !ReachOf(FindGrants(method), roles).any())
          << method << " as " << name << ": " << answer.status();
      EXPECT_NE(answer.status().code(), absl::StatusCode::kUnimplemented)
          << method;
      EXPECT_NE(answer.status().code(), absl::StatusCode::kInternal) << method;
    }
  }
}

TEST_F(PermissionTest, People) {
  EXPECT_EQ(
      MatrixOf(
          &v1::DirectoryService::Stub::GetPerson,
          +[](v1::GetPersonRequest& request, const std::string& person) {
            request.set_name(absl::StrCat("people/", person));
          }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst yyy");
  EXPECT_EQ(
      Matrix({"own"},
             [](const Client& client, const std::string&, const std::string&) {
               const auto people =
                   client.Call(&v1::DirectoryService::Stub::ListPeople,
                               v1::ListPeopleRequest());
               return people.ok() ? absl::StrCat(people->people_size())
                                  : Letter(people);
             }),
      "agent 1 advocate 9 lead 7 qa_lead 9 admin 9 analyst 9");
}

TEST_F(PermissionTest, Contacts) {
  EXPECT_EQ(
      MatrixOf(
          &v1::DirectoryService::Stub::GetContact,
          +[](v1::GetContactRequest& request, const std::string& person) {
            request.set_name(absl::StrCat("people/", person, "/contacts/c"));
          }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst yyy");
  EXPECT_EQ(
      MatrixOf(
          &v1::DirectoryService::Stub::GetTranscript,
          +[](v1::GetTranscriptRequest& request, const std::string& person) {
            request.set_name(
                absl::StrCat("people/", person, "/contacts/c/transcript"));
          }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst xxx");
  EXPECT_EQ(
      Matrix({"own"},
             [](const Client& client, const std::string&, const std::string&) {
               v1::ListContactsRequest request;
               request.set_parent("people/-");
               const auto contacts = client.Call(
                   &v1::DirectoryService::Stub::ListContacts, request);
               return contacts.ok() ? absl::StrCat(contacts->contacts_size())
                                    : Letter(contacts);
             }),
      "agent 1 advocate 20 lead 13 qa_lead 20 admin 20 analyst 20");
}

TEST_F(PermissionTest, ReadingEvaluations) {
  std::map<std::string, std::string> by_judge;
  std::map<std::string, std::string> by_caller;
  for (const std::string person : {"mate", "far"}) {
    by_judge[person] = Score(person, "c", "judge");
  }
  for (const auto& [name, role] : kRoles) {
    by_judge[name] = Score(name, "c", "judge");
    by_caller[name] = Score("far", name, name);
  }
  const auto get = [&](const Client& client, const std::string& name) {
    v1::GetEvaluationRequest request;
    request.set_name(name);
    return client.Call(&v1::EvaluationService::Stub::GetEvaluation, request);
  };
  EXPECT_EQ(
      Matrix({"own", "mate", "far", "rated"},
             [&](const Client& client, const std::string& name,
                 const std::string& person) {
               return Letter(get(client, person == "rated" ? by_caller[name]
                                                           : by_judge[person]));
             }),
      "agent y--- advocate y--y lead yy-y qa_lead yyyy admin yyyy "
      "analyst yyyy");
  EXPECT_EQ(
      Matrix({"own"},
             [&](const Client& client, const std::string&, const std::string&) {
               v1::ListEvaluationsRequest request;
               request.set_parent("people/-");
               const auto list = client.Call(
                   &v1::EvaluationService::Stub::ListEvaluations, request);
               return list.ok() ? absl::StrCat(list->evaluations_size())
                                : Letter(list);
             }),
      "agent 1 advocate 2 lead 8 qa_lead 14 admin 14 analyst 14");
  const auto own = get(clients_.at("agent"), by_judge["agent"]);
  ASSERT_THAT(own, IsOk());
  EXPECT_EQ(own->private_note(), "");
  EXPECT_EQ(get(clients_.at("qa_lead"), by_judge["agent"])->private_note(),
            "For raters.");
}

TEST_F(PermissionTest, Scoring) {
  const auto contact = [](const std::string& name, const std::string& person) {
    return person == name ? "c" : name;
  };
  EXPECT_EQ(
      Matrix({"own", "mate", "far"},
             [&](const Client& client, const std::string& name,
                 const std::string& person) {
               return Letter(
                   client.Call(&v1::EvaluationService::Stub::SubmitEvaluation,
                               Evaluation<v1::SubmitEvaluationRequest>(
                                   person, contact(name, person))));
             }),
      "agent xxx advocate oyy lead oy- qa_lead oyy admin oyy analyst xxx");
}

TEST_F(PermissionTest, DraftsAreTheirRatersOwn) {
  const auto draft =
      clients_.at("advocate")
          .Call(&v1::EvaluationService::Stub::CreateEvaluation,
                Evaluation<v1::CreateEvaluationRequest>("mate", "c"));
  ASSERT_THAT(draft, IsOk());
  v1::UpdateEvaluationRequest update;
  *update.mutable_evaluation() = *draft;
  EXPECT_EQ(
      Matrix({"draft"},
             [&](const Client& client, const std::string& name,
                 const std::string&) {
               if (name == "advocate") return std::string("y");
               return Letter(client.Call(
                   &v1::EvaluationService::Stub::UpdateEvaluation, update));
             }),
      "agent - advocate y lead - qa_lead - admin - analyst x");
  EXPECT_EQ(
      Matrix({"draft"},
             [&](const Client& client, const std::string&, const std::string&) {
               v1::GetEvaluationRequest request;
               request.set_name(draft->name());
               return Letter(client.Call(
                   &v1::EvaluationService::Stub::GetEvaluation, request));
             }),
      "agent - advocate y lead - qa_lead - admin - analyst -");
  EXPECT_THAT(clients_.at("advocate")
                  .Call(&v1::EvaluationService::Stub::UpdateEvaluation, update),
              IsOk());
}

TEST_F(PermissionTest, Acknowledging) {
  std::map<std::string, std::string> names;
  for (const std::string person : {"mate", "far"}) {
    names[person] = Score(person, "c", "judge");
  }
  for (const auto& [name, role] : kRoles)
    names[name] = Score(name, "c", "judge");
  EXPECT_EQ(
      Matrix({"own", "mate", "far"},
             [&](const Client& client, const std::string&,
                 const std::string& person) {
               v1::AcknowledgeEvaluationRequest request;
               request.set_name(names[person]);
               return Letter(client.Call(
                   &v1::EvaluationService::Stub::AcknowledgeEvaluation,
                   request));
             }),
      "agent y-- advocate xxx lead xxx qa_lead xxx admin xxx analyst xxx");
}

TEST_F(PermissionTest, SelfChecks) {
  ASSERT_THAT(Admin().Call(&v1::SelfCheckService::Stub::CreateSelfCheckCycle,
                           Text<v1::CreateSelfCheckCycleRequest>(R"pb(
                             cycle_id: "h1"
                             cycle { form: "forms/call" }
                           )pb")),
              IsOk());
  EXPECT_EQ(
      MatrixOf(
          &v1::SelfCheckService::Stub::GetSelfCheck,
          +[](v1::GetSelfCheckRequest& request, const std::string& person) {
            request.set_name(absl::StrCat("people/", person, "/selfChecks/h1"));
          }),
      "agent y-- advocate xxx lead -y- qa_lead -yy admin -yy analyst -yy");
  // Only agents have self-checks.
  EXPECT_EQ(
      MatrixOf(
          &v1::SelfCheckService::Stub::PickContact,
          +[](v1::PickContactRequest& request, const std::string& person) {
            request.set_name(absl::StrCat("people/", person, "/selfChecks/h1"));
            request.set_contact("people/-/contacts/c");
          }),
      "agent y-- advocate xxx lead ?y- qa_lead ?yy admin ?yy analyst xxx");
  EXPECT_EQ(
      MatrixOf(
          &v1::SelfCheckService::Stub::BeginSelfEvaluation,
          +[](v1::BeginSelfEvaluationRequest& request,
              const std::string& person) {
            request.set_name(absl::StrCat("people/", person, "/selfChecks/h1"));
            request.set_contact("people/-/contacts/c");
          }),
      "agent y-- advocate xxx lead xxx qa_lead xxx admin xxx analyst xxx");
  EXPECT_EQ(
      MatrixOf(
          &v1::SelfCheckService::Stub::SubmitFormFeedback,
          +[](v1::SubmitFormFeedbackRequest& request,
              const std::string& person) {
            request.set_parent(
                absl::StrCat("people/", person, "/selfChecks/h1"));
            request.mutable_feedback()->set_idea("Ask more.");
          }),
      "agent y-- advocate xxx lead xxx qa_lead xxx admin xxx analyst xxx");
  EXPECT_EQ(
      MatrixOf(
          &v1::SelfCheckService::Stub::GetSelfGaps,
          +[](v1::GetSelfGapsRequest& request, const std::string& person) {
            request.set_person(absl::StrCat("people/", person));
          }),
      "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy analyst yyy");
  const auto counts = [&](auto method, auto request, auto items) {
    return Matrix({"own"}, [&](const Client& client, const std::string&,
                               const std::string&) {
      const auto list = client.Call(method, request);
      return list.ok() ? absl::StrCat(items(*list)) : Letter(list);
    });
  };
  EXPECT_EQ(counts(&v1::SelfCheckService::Stub::ListCallsToScore,
                   v1::ListCallsToScoreRequest(),
                   [](const auto& list) { return list.calls_size(); }),
            "agent x advocate 3 lead 2 qa_lead 3 admin 3 analyst x");
  EXPECT_EQ(counts(&v1::SelfCheckService::Stub::ListFormFeedback,
                   Text<v1::ListFormFeedbackRequest>("parent: 'people/-'"),
                   [](const auto& list) { return list.feedback_size(); }),
            "agent 1 advocate x lead 1 qa_lead 1 admin 1 analyst x");
  EXPECT_EQ(counts(&v1::SelfCheckService::Stub::ListSelfChecks,
                   Text<v1::ListSelfChecksRequest>("parent: 'people/-'"),
                   [](const auto& list) { return list.self_checks_size(); }),
            "agent 1 advocate x lead 2 qa_lead 3 admin 3 analyst 3");
}

TEST_F(PermissionTest, WithheldSelfEvaluationsAreTheirAgentsAlone) {
  ASSERT_THAT(Admin().Call(&v1::SelfCheckService::Stub::CreateSelfCheckCycle,
                           Text<v1::CreateSelfCheckCycleRequest>(R"pb(
                             cycle_id: "h1"
                             cycle { form: "forms/call" }
                           )pb")),
              IsOk());
  const Client& agent = clients_.at("agent");
  ASSERT_THAT(agent.Call(&v1::SelfCheckService::Stub::PickContact,
                         Text<v1::PickContactRequest>(R"pb(
                           name: "people/agent/selfChecks/h1"
                           contact: "people/agent/contacts/c"
                         )pb")),
              IsOk());
  const auto draft =
      agent.Call(&v1::SelfCheckService::Stub::BeginSelfEvaluation,
                 Text<v1::BeginSelfEvaluationRequest>(R"pb(
                   name: "people/agent/selfChecks/h1"
                   contact: "people/agent/contacts/c"
                 )pb"));
  ASSERT_THAT(draft, IsOk());
  const auto read = [&](const std::string& evaluation) {
    return Matrix({"it"}, [&](const Client& client, const std::string&,
                              const std::string&) {
      v1::GetEvaluationRequest request;
      request.set_name(evaluation);
      return Letter(
          client.Call(&v1::EvaluationService::Stub::GetEvaluation, request));
    });
  };
  constexpr char kAgentAlone[] =
      "agent y advocate - lead - qa_lead - admin - analyst -";
  EXPECT_EQ(read(draft->name()), kAgentAlone);
  v1::SubmitEvaluationRequest submit;
  *submit.mutable_evaluation() = *draft;
  auto& answer = *submit.mutable_evaluation()->add_answers();
  answer.set_question_id("q");
  answer.set_choice_id("no");
  EXPECT_EQ(
      Matrix({"draft"},
             [&](const Client& client, const std::string& name,
                 const std::string&) {
               if (name == "agent") return std::string("y");
               return Letter(client.Call(
                   &v1::EvaluationService::Stub::SubmitEvaluation, submit));
             }),
      "agent y advocate - lead - qa_lead - admin - analyst x");
  ASSERT_THAT(
      agent.Call(&v1::EvaluationService::Stub::SubmitEvaluation, submit),
      IsOk());
  EXPECT_EQ(read(draft->name()), kAgentAlone);
  const std::string scored = Score("agent", "c", "judge");
  EXPECT_EQ(read(draft->name()),
            "agent y advocate - lead y qa_lead y admin y analyst y");
  EXPECT_EQ(read(scored),
            "agent y advocate - lead y qa_lead y admin y analyst y");
}

TEST_F(PermissionTest, Reports) {
  EXPECT_EQ(
      MatrixOf(
          &v1::ReportService::Stub::GetAgentScorecard,
          +[](v1::GetAgentScorecardRequest& request,
              const std::string& person) {
            request.set_person(absl::StrCat("people/", person));
          }),
      "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy analyst yyy");
  EXPECT_EQ(
      Matrix({"red", "blue"},
             [](const Client& client, const std::string&,
                const std::string& team) {
               v1::GetTeamCoachingReportRequest request;
               request.set_team(absl::StrCat("teams/", team));
               return Letter(client.Call(
                   &v1::ReportService::Stub::GetTeamCoachingReport, request));
             }),
      "agent xx advocate xx lead y- qa_lead yy admin yy analyst yy");
  EXPECT_EQ(Matrix({"red", "blue"},
                   [](const Client& client, const std::string&,
                      const std::string& team) {
                     v1::GetContestReportRequest request;
                     request.set_team(absl::StrCat("teams/", team));
                     return Letter(client.Call(
                         &v1::ReportService::Stub::GetContestReport, request));
                   }),
            "agent xx advocate xx lead y- qa_lead yy admin yy analyst yy");
  EXPECT_EQ(Matrix({"red", "blue"},
                   [](const Client& client, const std::string&,
                      const std::string& team) {
                     v1::GetFormHealthRequest request;
                     request.set_name("forms/call");
                     request.set_team(absl::StrCat("teams/", team));
                     return Letter(client.Call(
                         &v1::ReportService::Stub::GetFormHealth, request));
                   }),
            "agent xx advocate xx lead y- qa_lead yy admin yy analyst yy");
}

TEST_F(PermissionTest, Calibrations) {
  const auto session =
      Admin().Call(&v1::CalibrationService::Stub::CreateCalibration,
                   Text<v1::CreateCalibrationRequest>(R"pb(
                     calibration {
                       title: "March"
                       form_revision: "forms/call"
                       contacts: "people/far/contacts/c"
                       raters: "people/advocate"
                       raters: "people/lead"
                     })pb"));
  ASSERT_THAT(session, IsOk());
  const auto each = [&](auto ask) {
    return Matrix({"own"}, [&](const Client& client, const std::string&,
                               const std::string&) { return ask(client); });
  };
  const auto get = [&](const Client& client) {
    v1::GetCalibrationRequest request;
    request.set_name(session->name());
    return Letter(
        client.Call(&v1::CalibrationService::Stub::GetCalibration, request));
  };
  EXPECT_EQ(each(get), "agent x advocate y lead y qa_lead y admin y analyst y");
  // Raters begin; a qa_lead who is none is told so.
  const auto begin = [&](const Client& client) {
    v1::BeginCalibrationEvaluationRequest request;
    request.set_name(session->name());
    request.set_contact("people/far/contacts/c");
    return Letter(client.Call(
        &v1::CalibrationService::Stub::BeginCalibrationEvaluation, request));
  };
  EXPECT_EQ(each(begin),
            "agent x advocate y lead y qa_lead ? admin x analyst x");
  // Nobody sees a result before it is closed.
  const auto result = [&](const Client& client) {
    v1::GetCalibrationResultRequest request;
    request.set_name(session->name());
    return Letter(client.Call(
        &v1::CalibrationService::Stub::GetCalibrationResult, request));
  };
  EXPECT_EQ(each(result),
            "agent x advocate ? lead ? qa_lead ? admin ? analyst ?");
  v1::CloseCalibrationRequest close;
  close.set_name(session->name());
  close.set_etag(session->etag());
  for (const char* name : {"advocate", "lead", "analyst", "agent"}) {
    EXPECT_THAT(clients_.at(name).Call(
                    &v1::CalibrationService::Stub::CloseCalibration, close),
                StatusIs(absl::StatusCode::kPermissionDenied));
  }
  ASSERT_THAT(clients_.at("qa_lead").Call(
                  &v1::CalibrationService::Stub::CloseCalibration, close),
              IsOk());
  EXPECT_EQ(each(result),
            "agent x advocate y lead y qa_lead y admin y analyst y");
}

TEST_F(PermissionTest, Severity) {
  Score("mate", "c", "advocate");
  Score("far", "c", "advocate");
  Score("mate", "lead", "lead");
  EXPECT_EQ(
      Matrix({"own"},
             [](const Client& client, const std::string&, const std::string&) {
               v1::GetRaterSeverityRequest request;
               request.set_form("forms/call");
               const auto report = client.Call(
                   &v1::CalibrationService::Stub::GetRaterSeverity, request);
               if (!report.ok()) return Letter(report);
               return absl::StrCat(report->parts(0).raters_size(), "/",
                                   report->parts(0).agents_size());
             }),
      "agent x advocate 1/0 lead 1/1 qa_lead 2/2 admin 2/2 analyst 2/2");
  EXPECT_EQ(
      Matrix({"advocate"},
             [](const Client& client, const std::string&, const std::string&) {
               v1::GetRaterDriftRequest request;
               request.set_form("forms/call");
               request.set_rater("people/advocate");
               return Letter(client.Call(
                   &v1::CalibrationService::Stub::GetRaterDrift, request));
             }),
      "agent x advocate y lead - qa_lead y admin y analyst y");
}

}  // namespace
}  // namespace attune
