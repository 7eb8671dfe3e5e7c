#include "engine/evaluation/evaluations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/center_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class EvaluationsTest : public CenterTest {
 protected:
  absl::StatusOr<v1::Evaluation> Create(const Caller& caller,
                                        const std::string& contact,
                                        v1::Evaluation evaluation) {
    v1::CreateEvaluationRequest request;
    request.set_parent("people/-");
    evaluation.set_contact(absl::StrCat("people/-/contacts/", contact));
    *request.mutable_evaluation() = std::move(evaluation);
    return InWrite([&](Transaction& tx) {
      return evaluations_.Create(tx, caller, request);
    });
  }
  absl::StatusOr<v1::Evaluation> Update(const Caller& caller,
                                        const v1::Evaluation& evaluation) {
    v1::UpdateEvaluationRequest request;
    *request.mutable_evaluation() = evaluation;
    return InWrite([&](Transaction& tx) {
      return evaluations_.Update(tx, caller, request);
    });
  }
  absl::StatusOr<v1::Evaluation> SubmitDraft(const Caller& caller,
                                             const v1::Evaluation& draft) {
    v1::SubmitEvaluationRequest request;
    request.mutable_evaluation()->set_name(draft.name());
    request.mutable_evaluation()->set_etag(draft.etag());
    return InWrite([&](Transaction& tx) {
      return evaluations_.Submit(tx, caller, request);
    });
  }
  absl::StatusOr<v1::Evaluation> Get(const Caller& caller,
                                     const std::string& name) {
    v1::GetEvaluationRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return evaluations_.Get(tx, caller, request); });
  }
  absl::StatusOr<v1::Evaluation> Acknowledge(const Caller& caller,
                                             const std::string& name) {
    v1::AcknowledgeEvaluationRequest request;
    request.set_name(name);
    request.set_comment("Thank you.");
    return InWrite([&](Transaction& tx) {
      return evaluations_.Acknowledge(tx, caller, request);
    });
  }
  std::vector<std::string> List(const Caller& caller,
                                v1::ListEvaluationsRequest request = {}) {
    if (request.parent().empty()) request.set_parent("people/-");
    std::vector<std::string> contacts;
    const auto response = InRead([&](Transaction& tx) {
      return evaluations_.List(tx, caller, request);
    });
    EXPECT_THAT(response, IsOk());
    for (const auto& evaluation : response->evaluations()) {
      contacts.push_back(evaluation.contact());
    }
    return contacts;
  }
};

Caller Reading(Caller caller, Reach reach) {
  caller.reach = reach;
  return caller;
}

TEST_P(EvaluationsTest, SubmittingScoresFreezesAndCounts) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation submitted,
      Submit(ada_, "call-1", AnswersTo("half", "yes", "yes")));
  // Connection 15 of 30, solution 10 of 20: 60 x 0.5 + 40 x 0.5.
  EXPECT_EQ(submitted.score().percent(), 50.0);
  EXPECT_EQ(submitted.score().critical_failures_size(), 1);
  EXPECT_EQ(submitted.state(), v1::Evaluation::STATE_SUBMITTED);
  EXPECT_EQ(submitted.contact(), "people/ann/contacts/call-1");
  EXPECT_EQ(submitted.form_revision(), "forms/call/revisions/1");
  EXPECT_EQ(submitted.rater(), "people/ada");
  EXPECT_TRUE(submitted.has_submit_time());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation found,
                              Get(ann_, submitted.name()));
  EXPECT_EQ(found.SerializeAsString(), submitted.SerializeAsString());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, OneRaterScoresOneContactOnOneFormOnce) {
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_THAT(Submit(ada_, "call-1", AnswersTo("no", "yes", "no")),
              HasReason("SCORED_BEFORE"));
  EXPECT_THAT(Submit(abe_, "call-1", AnswersTo("no", "yes", "no")), IsOk());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, NobodyScoresAContactOfTheirOwn) {
  Caller ann = CallerOf("ann", "red", v1::ROLE_ADVOCATE, kAll);
  EXPECT_THAT(Submit(ann, "call-1", AnswersTo("yes", "yes", "no")),
              HasReason("OWN_CONTACT"));
}

TEST_P(EvaluationsTest, OnlyAnAdminNamesAnotherRater) {
  v1::Evaluation evaluation = AnswersTo("yes", "yes", "no");
  evaluation.set_rater("people/abe");
  EXPECT_THAT(Submit(ada_, "call-1", evaluation),
              HasViolation("evaluation.rater", "RATER_NOT_CALLER"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation submitted,
                              Submit(admin_, "call-1", evaluation));
  EXPECT_EQ(submitted.rater(), "people/abe");
  evaluation.set_rater("people/nobody");
  EXPECT_THAT(Submit(admin_, "call-2", evaluation),
              StatusIs(absl::StatusCode::kNotFound));
  evaluation.clear_rater();
  EXPECT_THAT(Submit(admin_, "call-2", evaluation),
              HasViolation("evaluation.rater", "RATER_MISSING"));
}

TEST_P(EvaluationsTest, WrongAnswersAreToldAllAtOnceAndNothingIsStored) {
  v1::Evaluation evaluation = AnswersTo("no", "maybe", "no");
  evaluation.mutable_answers(0)->clear_comment();
  evaluation.mutable_answers(2)->set_question_id("leaked");
  const auto status = Submit(ada_, "call-1", evaluation);
  EXPECT_THAT(status,
              HasViolation("evaluation.answers[0].comment", "COMMENT_MISSING"));
  EXPECT_THAT(status, HasViolation("evaluation.answers[1].choice_id",
                                   "CHOICE_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("evaluation.answers[2].question_id",
                                   "QUESTION_UNKNOWN"));
  EXPECT_THAT(List(quinn_), IsEmpty());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, ContactAndRevisionMustBeThere) {
  v1::Evaluation evaluation = AnswersTo("yes", "yes", "no");
  EXPECT_THAT(Submit(ada_, "call-9", evaluation),
              StatusIs(absl::StatusCode::kNotFound));
  evaluation.set_form_revision("forms/call/revisions/2");
  EXPECT_THAT(Submit(ada_, "call-1", evaluation),
              StatusIs(absl::StatusCode::kNotFound));
  evaluation.set_form_revision("forms/chat");
  EXPECT_THAT(Submit(ada_, "call-1", evaluation),
              StatusIs(absl::StatusCode::kNotFound));
  v1::CreateFormRequest draft;
  draft.set_form_id("chat");
  *draft.mutable_form() = SmallForm();
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return forms_.Create(tx, quinn_, draft);
              }),
              IsOk());
  EXPECT_THAT(Submit(ada_, "call-1", evaluation),
              HasReason("FORM_NOT_PUBLISHED"));
}

TEST_P(EvaluationsTest, ADraftIsItsRatersAlone) {
  v1::Evaluation partial;
  partial.set_form_revision("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Create(ada_, "call-1", partial));
  EXPECT_EQ(draft.state(), v1::Evaluation::STATE_DRAFT);
  EXPECT_FALSE(draft.has_score());
  for (const Caller& other : {abe_, ann_, lea_, quinn_, admin_}) {
    EXPECT_THAT(Get(other, draft.name()),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(List(other), IsEmpty());
  }
  EXPECT_THAT(Update(abe_, draft), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(SubmitDraft(abe_, draft), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(ada_, draft.name()), IsOk());
  EXPECT_THAT(List(ada_), ElementsAre("people/ann/contacts/call-1"));
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, ADraftIsSavedAndSubmittedByItsEtag) {
  v1::Evaluation partial;
  partial.set_form_revision("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Evaluation draft,
                              Create(ada_, "call-1", partial));
  EXPECT_THAT(SubmitDraft(ada_, draft),
              HasViolation("evaluation.answers", "ANSWER_MISSING"));
  *draft.mutable_answers() = AnswersTo("yes", "na", "no").answers();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation saved, Update(ada_, draft));
  EXPECT_EQ(saved.etag(), "2");
  EXPECT_THAT(Update(ada_, draft), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(SubmitDraft(ada_, draft), HasReason("ETAG_MISMATCH"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation submitted,
                              SubmitDraft(ada_, saved));
  EXPECT_EQ(submitted.score().percent(), 100.0);
  EXPECT_THAT(Update(ada_, submitted), HasReason("NOT_A_DRAFT"));
  EXPECT_THAT(SubmitDraft(ada_, submitted), HasReason("NOT_A_DRAFT"));
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, EachSeesWhatTheirReachHolds) {
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  ASSERT_THAT(Submit(abe_, "call-3", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_THAT(List(ann_), ElementsAre("people/ann/contacts/call-1"));
  EXPECT_THAT(List(lea_), ElementsAre("people/ann/contacts/call-1"));
  EXPECT_THAT(List(Reading(abe_, kRated)),
              ElementsAre("people/bob/contacts/call-3"));
  EXPECT_THAT(List(quinn_), ElementsAre("people/bob/contacts/call-3",
                                        "people/ann/contacts/call-1"));
  v1::ListEvaluationsRequest request;
  request.set_rater("people/ada");
  EXPECT_THAT(List(quinn_, request), ElementsAre("people/ann/contacts/call-1"));
}

TEST_P(EvaluationsTest, APrivateNoteNeverReachesTheAgent) {
  v1::Evaluation evaluation = AnswersTo("yes", "yes", "no");
  evaluation.set_private_note("between us");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation submitted,
                              Submit(ada_, "call-1", evaluation));
  const auto note = [&](const Caller& caller) {
    const auto found = Get(caller, submitted.name());
    EXPECT_THAT(found, IsOk());
    return found->private_note();
  };
  EXPECT_EQ(note(ann_), "");
  EXPECT_EQ(note(lea_), "");
  EXPECT_EQ(note(Reading(ada_, kRated)), "between us");
  EXPECT_EQ(note(quinn_), "between us");
  // Nor an agent who is a qa_lead as well.
  EXPECT_EQ(note(CallerOf("ann", "red", v1::ROLE_QA_LEAD, kAll)), "");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation read,
                              Acknowledge(ann_, submitted.name()));
  EXPECT_EQ(read.private_note(), "");
  EXPECT_EQ(note(quinn_), "between us");
}

TEST_P(EvaluationsTest, OnlyTheAgentAcknowledgesAndOnce) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation submitted,
      Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")));
  EXPECT_THAT(Acknowledge(bob_, submitted.name()),
              StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation read,
                              Acknowledge(ann_, submitted.name()));
  EXPECT_EQ(read.state(), v1::Evaluation::STATE_ACKNOWLEDGED);
  EXPECT_EQ(read.acknowledge_comment(), "Thank you.");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation again,
                              Acknowledge(ann_, submitted.name()));
  EXPECT_EQ(again.SerializeAsString(), read.SerializeAsString());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, ABatchIsAllOrNoneAndTellsEveryViolation) {
  v1::BatchSubmitEvaluationsRequest request;
  for (const char* contact : {"call-1", "call-2", "call-3"}) {
    v1::SubmitEvaluationRequest& one = *request.add_requests();
    one.set_parent("people/-");
    *one.mutable_evaluation() = AnswersTo("yes", "yes", "no");
    one.mutable_evaluation()->set_contact(
        absl::StrCat("people/-/contacts/", contact));
  }
  const auto submit = [&] {
    return InWrite([&](Transaction& tx) {
      return evaluations_.BatchSubmit(tx, ada_, request);
    });
  };
  const auto set_warmth = [&](int i, const char* choice) {
    request.mutable_requests(i)
        ->mutable_evaluation()
        ->mutable_answers(0)
        ->set_choice_id(choice);
  };
  set_warmth(0, "x");
  set_warmth(2, "y");
  const auto status = submit();
  EXPECT_THAT(status,
              HasViolation("requests[0].evaluation.answers[0].choice_id",
                           "CHOICE_UNKNOWN"));
  EXPECT_THAT(status,
              HasViolation("requests[2].evaluation.answers[0].choice_id",
                           "CHOICE_UNKNOWN"));
  EXPECT_THAT(List(quinn_), IsEmpty());
  set_warmth(0, "yes");
  set_warmth(2, "half");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto response, submit());
  EXPECT_EQ(response.evaluations(2).score().percent(), 70.0);
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(EvaluationsTest, SubmittingIsAllOrNothingWhicheverStatementFails) {
  v1::SubmitEvaluationRequest request;
  request.set_parent("people/ann");
  *request.mutable_evaluation() = AnswersTo("yes", "yes", "no");
  request.mutable_evaluation()->set_contact("people/ann/contacts/call-1");
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 100);
    FaultyDatabase faulty(db(), nth);
    const absl::Status status = faulty.WriteAndWait([&](Transaction& tx) {
      return evaluations_.Submit(tx, ada_, request).status();
    });
    if (!faulty.fired()) {
      EXPECT_THAT(status, IsOk());
      break;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_THAT(List(quinn_), IsEmpty());
    EXPECT_EQ(VerifyDifferences(), "");
  }
  EXPECT_THAT(List(quinn_), ElementsAre("people/ann/contacts/call-1"));
}

ATTUNE_ON_EVERY_BACKEND(EvaluationsTest);

}  // namespace
}  // namespace attune
