// Self-checks over a running server, and after it was started again.

#include <gtest/gtest.h>

#include <string>

#include "tests/service/server_test.h"

namespace attune {
namespace {

class SelfCheckServiceTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddPerson("ann", {v1::ROLE_AGENT}, "red");
    AddPerson("lea", {v1::ROLE_LEAD}, "red");
    AddPerson("ada", {v1::ROLE_ADVOCATE}, "");
    AddContact("ann", "c1");
    AddContact("ann", "c2");
    AddForm("call");
    ASSERT_THAT(
        Admin().Call(&v1::SelfCheckService::Stub::CreateSelfCheckCycle,
                     Text<v1::CreateSelfCheckCycleRequest>(
                         "cycle_id: 'h1' cycle { form: 'forms/call' }")),
        IsOk());
  }

  absl::StatusOr<v1::SelfCheck> Pick(const std::string& person,
                                     const std::string& contact,
                                     const std::string& request_id = "") {
    v1::PickContactRequest request;
    request.set_name("people/ann/selfChecks/h1");
    request.set_contact("people/ann/contacts/" + contact);
    request.set_request_id(request_id);
    return ClientOf(person).Call(&v1::SelfCheckService::Stub::PickContact,
                                 request);
  }
  absl::StatusOr<v1::Evaluation> Score(const std::string& contact) {
    auto request = Text<v1::SubmitEvaluationRequest>(R"pb(
      parent: "people/-"
      evaluation {
        form_revision: "forms/call"
        answers { question_id: "q" choice_id: "yes" }
      })pb");
    request.mutable_evaluation()->set_contact("people/ann/contacts/" + contact);
    return ClientOf("ada").Call(&v1::EvaluationService::Stub::SubmitEvaluation,
                                request);
  }
  absl::StatusOr<v1::Evaluation> Grade(const std::string& contact) {
    v1::BeginSelfEvaluationRequest begin;
    begin.set_name("people/ann/selfChecks/h1");
    begin.set_contact("people/ann/contacts/" + contact);
    const Client ann = ClientOf("ann");
    const auto draft =
        ann.Call(&v1::SelfCheckService::Stub::BeginSelfEvaluation, begin);
    if (!draft.ok()) return draft;
    auto submit = Text<v1::SubmitEvaluationRequest>(
        "evaluation { answers { question_id: 'q' choice_id: 'no' } }");
    submit.mutable_evaluation()->set_name(draft->name());
    submit.mutable_evaluation()->set_etag(draft->etag());
    return ann.Call(&v1::EvaluationService::Stub::SubmitEvaluation, submit);
  }
  // How many evaluations Ann finds.
  int AnnSees() {
    const auto list = ClientOf("ann").Call(
        &v1::EvaluationService::Stub::ListEvaluations,
        Text<v1::ListEvaluationsRequest>("parent: 'people/-'"));
    EXPECT_THAT(list, IsOk());
    return list.ok() ? list->evaluations_size() : -1;
  }
  v1::SelfCheck Check() {
    return ClientOf("lea")
        .Call(&v1::SelfCheckService::Stub::GetSelfCheck,
              Text<v1::GetSelfCheckRequest>("name: 'people/ann/selfChecks/h1'"))
        .value_or(v1::SelfCheck());
  }
};

TEST_F(SelfCheckServiceTest, ACycleGoesOnWhenTheServerIsStartedAgain) {
  ASSERT_THAT(Pick("ann", "c1"), IsOk());
  ASSERT_THAT(Pick("lea", "c2"), IsOk());
  ASSERT_THAT(Score("c1"), IsOk());
  ASSERT_THAT(Grade("c2"), IsOk());
  EXPECT_EQ(AnnSees(), 1);
  const std::string before = Check().DebugString();

  Destroy();
  Start();
  EXPECT_EQ(Check().DebugString(), before);
  EXPECT_EQ(AnnSees(), 1);
  ASSERT_THAT(Grade("c1"), IsOk());
  EXPECT_EQ(AnnSees(), 3);

  Destroy();
  Start();
  ASSERT_THAT(Score("c2"), IsOk());
  EXPECT_EQ(AnnSees(), 4);
  const v1::SelfCheck done = Check();
  EXPECT_EQ(done.state(), v1::SelfCheck::STATE_DONE);
  EXPECT_EQ(done.gap().gap(), -100.0);
}

TEST_F(SelfCheckServiceTest, ARetryGetsTheFirstAnswer) {
  const auto first = Pick("ann", "c1", "once");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Pick("lea", "c2"), IsOk());
  const auto again = Pick("ann", "c1", "once");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->DebugString(), first->DebugString());
  EXPECT_THAT(Pick("ann", "c2", "once"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace attune
