// Whatever is sent, through a real server: the code, the field, and that
// nothing was stored.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using Evaluations = v1::EvaluationService::Stub;
using Forms = v1::FormService::Stub;

constexpr char kSubmit[] = "/attune.v1.EvaluationService/SubmitEvaluation";

class BadInputTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    AddPerson("ann", {v1::ROLE_AGENT}, "");
    AddPerson("ada", {v1::ROLE_ADVOCATE}, "");
    AddPerson("abe", {v1::ROLE_ADVOCATE}, "");
    AddContact("ann", "call-1");
    auto create = Text<v1::CreateFormRequest>(R"(
      form_id: "call"
      form {
        title: "Call"
        sections {
          section_id: "only" title: "Only"
          questions {
            question_id: "loss" text: "Was there a loss?" type: SINGLE_CHOICE
            choices { choice_id: "yes" label: "Yes" points: 1 }
            choices { choice_id: "no" label: "No" points: 1 }
          }
          questions {
            question_id: "empathy" text: "Was there empathy?"
            type: SINGLE_CHOICE
            choices { choice_id: "yes" label: "Yes" points: 3 }
            choices {
              choice_id: "no" label: "No" points: 0 comment_required: true
            }
            visible_when { question_id: "loss" choice_ids: "yes" }
          }
        }
      })");
    ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form form,
                                Admin().Call(&Forms::CreateForm, create));
    v1::PublishFormRequest publish;
    publish.set_name("forms/call");
    publish.set_etag(form.etag());
    publish.set_change_note("first");
    ASSERT_THAT(Admin().Call(&Forms::PublishForm, publish), IsOk());
    create.set_form_id("draft");
    ASSERT_THAT(Admin().Call(&Forms::CreateForm, create), IsOk());
    ada_ = ClientOf("ada");
  }

  static v1::SubmitEvaluationRequest Request(const std::string& answers) {
    return Text<v1::SubmitEvaluationRequest>(absl::StrCat(
        R"(parent: "people/ann" evaluation {
             contact: "people/ann/contacts/call-1"
             form_revision: "forms/call" )",
        answers, "}"));
  }
  static v1::SubmitEvaluationRequest Good() {
    return Request(R"(answers { question_id: "loss" choice_id: "no" })");
  }

  absl::StatusOr<v1::Evaluation> Submit(
      const v1::SubmitEvaluationRequest& request) {
    return ada_.Call(&Evaluations::SubmitEvaluation, request);
  }

  int Stored() {
    v1::ListEvaluationsRequest request;
    request.set_parent("people/-");
    const auto list = ada_.Call(&Evaluations::ListEvaluations, request);
    EXPECT_THAT(list, IsOk());
    return list->evaluations_size();
  }

  Client ada_{nullptr, ""};
};

TEST_F(BadInputTest, AreNamedAndNotStored) {
  const struct {
    const char* answers;
    const char* field;
    const char* reason;
  } kTable[] = {
      {R"(answers { question_id: "wow" choice_id: "no" })",
       "evaluation.answers[0].question_id", "QUESTION_UNKNOWN"},
      {R"(answers { question_id: "loss" choice_id: "maybe" })",
       "evaluation.answers[0].choice_id", "CHOICE_UNKNOWN"},
      {R"(answers { question_id: "loss" choice_id: "no" }
          answers { question_id: "empathy" choice_id: "yes" })",
       "evaluation.answers[1].question_id", "ANSWER_HIDDEN"},
      {R"(answers { question_id: "loss" choice_id: "yes" })",
       "evaluation.answers", "ANSWER_MISSING"},
      {R"(answers { question_id: "loss" choice_id: "yes" }
          answers { question_id: "empathy" choice_id: "no" })",
       "evaluation.answers[1].comment", "COMMENT_MISSING"},
      {R"(answers { question_id: "loss" choice_id: "no" }
          answers { question_id: "loss" choice_id: "no" })",
       "evaluation.answers[1].question_id", "ANSWER_DUPLICATE"},
      {R"(answers { question_id: "loss" na: true })",
       "evaluation.answers[0].na", "NA_NOT_ALLOWED"},
  };
  for (const auto& row : kTable) {
    EXPECT_THAT(Submit(Request(row.answers)),
                HasViolation(row.field, row.reason))
        << row.answers;
  }
  EXPECT_EQ(Stored(), 0);
}

TEST_F(BadInputTest, TenThousandAreRefused) {
  v1::SubmitEvaluationRequest request = Good();
  for (int i = 0; i < 10'000; ++i) {
    v1::Answer& answer = *request.mutable_evaluation()->add_answers();
    answer.set_question_id(absl::StrCat("q", i));
    answer.set_choice_id("yes");
  }
  EXPECT_THAT(Submit(request),
              HasViolation("evaluation.answers", "TOO_MANY_ANSWERS"));
  EXPECT_EQ(Stored(), 0);
}

TEST_F(BadInputTest, RevisionsMustBePublished) {
  v1::SubmitEvaluationRequest request = Good();
  request.mutable_evaluation()->set_form_revision("forms/call/revisions/7");
  EXPECT_THAT(Submit(request), StatusIs(absl::StatusCode::kNotFound));
  request.mutable_evaluation()->set_form_revision("forms/draft");
  EXPECT_THAT(Submit(request), HasReason("FORM_NOT_PUBLISHED"));
  request.mutable_evaluation()->set_form_revision("call");
  EXPECT_THAT(Submit(request),
              HasViolation("evaluation.form_revision", "NAME_INVALID"));
  EXPECT_EQ(Stored(), 0);
}

TEST_F(BadInputTest, SomebodyElsesDraftIsNotThere) {
  v1::CreateEvaluationRequest create;
  create.set_parent("people/ann");
  *create.mutable_evaluation() = Good().evaluation();
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation draft,
      ada_.Call(&Evaluations::CreateEvaluation, create));
  v1::UpdateEvaluationRequest update;
  *update.mutable_evaluation() = draft;
  update.mutable_evaluation()->set_comment("mine now");
  const Client abe = ClientOf("abe");
  EXPECT_THAT(abe.Call(&Evaluations::UpdateEvaluation, update),
              StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(ada_.Call(&Evaluations::UpdateEvaluation, update), IsOk());
  EXPECT_THAT(ada_.Call(&Evaluations::UpdateEvaluation, update),
              HasReason("ETAG_MISMATCH"));
}

TEST_F(BadInputTest, ARequestIdIsForOneRequest) {
  v1::SubmitEvaluationRequest request = Good();
  request.set_request_id("once");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation first, Submit(request));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation again, Submit(request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  request.mutable_evaluation()->set_comment("another body");
  EXPECT_THAT(Submit(request), HasViolation("request_id", "REQUEST_ID_REUSED"));
  EXPECT_EQ(Stored(), 1);
}

TEST_F(BadInputTest, NulAndWrongUtf8AreNamed) {
  v1::SubmitEvaluationRequest request = Good();
  request.mutable_evaluation()->set_comment(std::string("a\0b", 3));
  EXPECT_THAT(Submit(request), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Violations::FromStatus(Submit(request).status()).all()[0].field,
            "evaluation.comment");
  // Another client may send what this one's library would not.
  request.mutable_evaluation()->set_comment("zzz");
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("zzz"), 3, "\xFF\xFE\xFD");
  const auto status = ada_.CallRaw(kSubmit, bytes);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Violations::FromStatus(status.status()).all()[0].field,
            "evaluation.comment");
  EXPECT_THAT(ada_.CallRaw(kSubmit, "\xFF\xFF\xFF\xFF no message"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Stored(), 0);
}

TEST_F(BadInputTest, AFormOfTwoMebibytesIsRefused) {
  v1::CreateFormRequest request;
  request.set_form_id("large");
  request.mutable_form()->set_title("Large");
  for (int i = 0; i < 600; ++i) {
    v1::Section& section = *request.mutable_form()->add_sections();
    section.set_section_id(absl::StrCat("s", i));
    section.set_title(std::string(3'600, 'x'));
  }
  ASSERT_GT(request.ByteSizeLong(), size_t{2} << 20);
  EXPECT_THAT(Admin().Call(&Forms::CreateForm, request),
              HasViolation("form", "FORM_TOO_LARGE"));
  v1::GetFormRequest get;
  get.set_name("forms/large");
  EXPECT_THAT(Admin().Call(&Forms::GetForm, get),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace attune
