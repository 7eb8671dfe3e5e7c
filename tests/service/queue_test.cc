// Plans and the queue against a running server: who sees and does what.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using Evaluations = v1::EvaluationService::Stub;

constexpr std::pair<const char*, v1::Role> kRoles[] = {
    {"agent", v1::ROLE_AGENT}, {"advocate", v1::ROLE_ADVOCATE},
    {"lead", v1::ROLE_LEAD},   {"qa_lead", v1::ROLE_QA_LEAD},
    {"admin", v1::ROLE_ADMIN}, {"analyst", v1::ROLE_ANALYST}};

// Everyone is in team red, with `mate`; `far` is in team blue.
class QueueServiceTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddTeam("blue");
    AddForm("call");
    AddPerson("mate", {v1::ROLE_AGENT}, "red");
    AddPerson("far", {v1::ROLE_AGENT}, "blue");
    AddPerson("other", {v1::ROLE_ADVOCATE}, "");
    for (const auto& [name, role] : kRoles) {
      AddPerson(name, {role}, "red");
      clients_.emplace(name, ClientOf(name));
    }
    for (const char* agent : {"mate", "far", "agent"}) {
      AddContact(agent, "c");
      AddContact(agent, "d");
    }
  }

  absl::StatusOr<v1::Assignment> Add(const Client& client,
                                     const std::string& contact,
                                     const std::string& to) {
    v1::CreateAssignmentRequest request;
    request.mutable_assignment()->set_contact(contact);
    request.mutable_assignment()->set_form("forms/call");
    request.mutable_assignment()->set_advocate(to);
    return client.Call(&Evaluations::CreateAssignment, request);
  }

  // `y` done, `-` not there, `x` not allowed; for each role.
  template <typename Ask>
  std::string Matrix(Ask ask) {
    std::string matrix;
    for (const auto& [name, role] : kRoles) {
      const absl::Status status = ask(clients_.at(name), name);
      absl::StrAppend(&matrix, matrix.empty() ? "" : " ", name, " ",
                      status.ok()                        ? "y"
                      : absl::IsNotFound(status)         ? "-"
                      : absl::IsPermissionDenied(status) ? "x"
                                                         : ReasonOf(status));
    }
    return matrix;
  }

  std::map<std::string, Client> clients_;
};

TEST_F(QueueServiceTest, PlansAreForThoseWhoLeadQuality) {
  const auto create = [&](const Client& client, const std::string& name) {
    auto request = Text<v1::CreateSamplingPlanRequest>(R"(
      sampling_plan {
        form: "forms/call" count_per_agent: 1 period: PERIOD_DAY seed: 7
      })");
    request.set_sampling_plan_id(name);
    return client.Call(&Evaluations::CreateSamplingPlan, request).status();
  };
  constexpr char kOnlyThey[] =
      "agent x advocate x lead x qa_lead y admin y analyst x";
  EXPECT_EQ(Matrix(create), kOnlyThey);
  EXPECT_EQ(
      Matrix([&](const Client& client, const std::string&) {
        v1::GetSamplingPlanRequest request;
        request.set_name("samplingPlans/qa_lead");
        return client.Call(&Evaluations::GetSamplingPlan, request).status();
      }),
      kOnlyThey);
  v1::DrawSampleRequest draw;
  draw.set_name("samplingPlans/admin");
  EXPECT_EQ(Matrix([&](const Client& client, const std::string&) {
              return client.Call(&Evaluations::DrawSample, draw).status();
            }),
            "agent x advocate x lead x qa_lead FRAME_EMPTY admin FRAME_EMPTY "
            "analyst x");
}

TEST_F(QueueServiceTest, EachSeesWhatIsTheirs) {
  std::map<std::string, std::string> names;
  for (const char* agent : {"mate", "far", "agent"}) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Assignment held,
        Add(Admin(), absl::StrCat("people/", agent, "/contacts/c"),
            "people/advocate"));
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Assignment others,
        Add(Admin(), absl::StrCat("people/", agent, "/contacts/c"),
            "people/other"));
    names[absl::StrCat(agent, " held")] = held.name();
    names[absl::StrCat(agent, " others")] = others.name();
  }
  const auto seen = [&](const std::string& what) {
    v1::GetAssignmentRequest request;
    request.set_name(names[what]);
    return Matrix([&](const Client& client, const std::string&) {
      return client.Call(&Evaluations::GetAssignment, request).status();
    });
  };
  EXPECT_EQ(seen("mate held"),
            "agent x advocate y lead y qa_lead y admin y analyst x");
  EXPECT_EQ(seen("mate others"),
            "agent x advocate - lead y qa_lead y admin y analyst x");
  EXPECT_EQ(seen("far held"),
            "agent x advocate y lead - qa_lead y admin y analyst x");
  EXPECT_EQ(seen("agent others"),
            "agent x advocate - lead y qa_lead y admin y analyst x");
  std::string counts;
  for (const auto& [name, role] : kRoles) {
    const auto list = clients_.at(name).Call(&Evaluations::ListAssignments,
                                             v1::ListAssignmentsRequest());
    absl::StrAppend(&counts, name, " ",
                    list.ok() ? absl::StrCat(list->assignments_size()) : "x",
                    " ");
  }
  EXPECT_EQ(counts, "agent x advocate 3 lead 4 qa_lead 6 admin 6 analyst x ");
}

TEST_F(QueueServiceTest, AnAgentWhoAlsoScoresSeesNothingOfTheirOwn) {
  AddPerson("both", {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_LEAD}, "red");
  AddContact("both", "c");
  const Client both = ClientOf("both");
  ASSERT_THAT(Add(Admin(), "people/both/contacts/c", "people/other"), IsOk());
  ASSERT_THAT(Add(Admin(), "people/both/contacts/c", ""), IsOk());
  ASSERT_THAT(Add(Admin(), "people/mate/contacts/c", ""), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const auto list,
      both.Call(&Evaluations::ListAssignments, v1::ListAssignmentsRequest()));
  ASSERT_EQ(list.assignments_size(), 1);
  EXPECT_EQ(list.assignments(0).contact(), "people/mate/contacts/c");
  v1::NextAssignmentRequest next;
  next.set_claim(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto taken,
                              both.Call(&Evaluations::NextAssignment, next));
  EXPECT_EQ(taken.assignment().contact(), "people/mate/contacts/c");
  EXPECT_EQ(taken.waiting_count(), 1);
}

TEST_F(QueueServiceTest, LeadsGiveOutWhatIsOfTheirTeam) {
  EXPECT_EQ(Matrix([&](const Client& client, const std::string&) {
              return Add(client, "people/far/contacts/c", "").status();
            }),
            "agent x advocate x lead - qa_lead y admin y analyst x");
  EXPECT_EQ(Matrix([&](const Client& client, const std::string&) {
              return Add(client, "people/mate/contacts/c", "").status();
            }),
            "agent x advocate x lead y qa_lead y admin y analyst x");
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Assignment mate,
      Add(Admin(), "people/mate/contacts/d", "people/advocate"));
  EXPECT_EQ(
      Matrix([&](const Client& client, const std::string&) {
        v1::ReassignAssignmentRequest request;
        request.set_name(mate.name());
        request.set_advocate("people/other");
        return client.Call(&Evaluations::ReassignAssignment, request).status();
      }),
      "agent x advocate x lead y qa_lead y admin y analyst x");
}

TEST_F(QueueServiceTest, ARetryOfNextGetsTheFirstAnswer) {
  ASSERT_THAT(Add(Admin(), "people/mate/contacts/c", ""), IsOk());
  ASSERT_THAT(Add(Admin(), "people/mate/contacts/d", ""), IsOk());
  v1::NextAssignmentRequest next;
  next.set_claim(true);
  next.set_request_id("once");
  const Client& advocate = clients_.at("advocate");
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const auto first, advocate.Call(&Evaluations::NextAssignment, next));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const auto again, advocate.Call(&Evaluations::NextAssignment, next));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(first.assignment().state(), v1::Assignment::STATE_CLAIMED);
}

}  // namespace
}  // namespace attune
