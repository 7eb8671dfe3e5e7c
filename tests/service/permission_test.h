// Role x whose thing it is, for tests of who may do what.

#ifndef ATTUNE_TESTS_SERVICE_PERMISSION_TEST_H_
#define ATTUNE_TESTS_SERVICE_PERMISSION_TEST_H_

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {

inline constexpr std::pair<const char*, v1::Role> kRoles[] = {
    {"agent", v1::ROLE_AGENT}, {"advocate", v1::ROLE_ADVOCATE},
    {"lead", v1::ROLE_LEAD},   {"qa_lead", v1::ROLE_QA_LEAD},
    {"admin", v1::ROLE_ADMIN}, {"analyst", v1::ROLE_ANALYST}};

// How an answer is written in the tables below.
template <typename Response>
std::string Letter(const absl::StatusOr<Response>& response) {
  switch (response.status().code()) {
    case absl::StatusCode::kOk:
      return "y";
    case absl::StatusCode::kNotFound:
      return "-";
    case absl::StatusCode::kPermissionDenied:
      return "x";
    case absl::StatusCode::kFailedPrecondition:
      return ReasonOf(response.status()) == "OWN_CONTACT" ? "o" : "?";
    default:
      return absl::StrCat("<", response.status().ToString(), ">");
  }
}

// Everyone is in team red, where `mate` is an agent; `far` is one in team blue.
// Each has a contact `c`; far and mate have more, one for each role.
class PermissionTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddTeam("blue");
    AddForm("call");
    AddPerson("judge", {v1::ROLE_QA_LEAD}, "blue");
    AddPerson("mate", {v1::ROLE_AGENT}, "red");
    AddPerson("far", {v1::ROLE_AGENT}, "blue");
    AddContact("mate", "c");
    AddContact("far", "c");
    for (const auto& [name, role] : kRoles) {
      AddPerson(name, {role}, "red");
      AddContact(name, "c");
      AddContact("mate", name);
      AddContact("far", name);
      clients_.emplace(name, ClientOf(name));
    }
  }

  // What each role gets from `ask` for each of `targets`, as in
  // "agent y-- advocate yyy ...".
  template <typename Ask>
  std::string Matrix(const std::vector<std::string>& targets, Ask ask) {
    std::string matrix;
    for (const auto& [name, role] : kRoles) {
      absl::StrAppend(&matrix, matrix.empty() ? "" : " ", name, " ");
      for (const std::string& target : targets) {
        const std::string person = target == "own" ? name : target;
        absl::StrAppend(&matrix, ask(clients_.at(name), name, person));
      }
    }
    return matrix;
  }

  // The same for a request that names one thing.
  template <typename Stub, typename Request, typename Response>
  std::string MatrixOf(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                    const Request&, Response*),
                       void (*aim)(Request&, const std::string& person)) {
    return Matrix({"own", "mate", "far"},
                  [&](const Client& client, const std::string&,
                      const std::string& person) {
                    Request request;
                    aim(request, person);
                    return Letter(client.Call(method, request));
                  });
  }

  // Submitted by the admin's token in the name of `rater`; its name.
  std::string Score(const std::string& person, const std::string& contact,
                    const std::string& rater) {
    auto request = Evaluation<v1::SubmitEvaluationRequest>(person, contact);
    request.mutable_evaluation()->set_rater(absl::StrCat("people/", rater));
    const auto evaluation =
        Admin().Call(&v1::EvaluationService::Stub::SubmitEvaluation, request);
    EXPECT_THAT(evaluation, IsOk());
    return evaluation.ok() ? evaluation->name() : "";
  }

  template <typename Request>
  static Request Evaluation(const std::string& person,
                            const std::string& contact) {
    auto request = Text<Request>(R"pb(
      evaluation {
        form_revision: "forms/call"
        answers { question_id: "q" choice_id: "yes" }
        private_note: "For raters."
      })pb");
    request.set_parent(absl::StrCat("people/", person));
    request.mutable_evaluation()->set_contact(
        absl::StrCat("people/", person, "/contacts/", contact));
    return request;
  }

  std::map<std::string, Client> clients_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_SERVICE_PERMISSION_TEST_H_
