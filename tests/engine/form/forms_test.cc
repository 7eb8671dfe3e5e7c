#include "engine/form/forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

class FormsTest : public CenterTest {
 protected:
  absl::StatusOr<v1::Form> Create(const std::string& id, const v1::Form& form) {
    v1::CreateFormRequest request;
    request.set_form_id(id);
    *request.mutable_form() = form;
    return InWrite(
        [&](Transaction& tx) { return forms_.Create(tx, quinn_, request); });
  }
  absl::StatusOr<v1::Form> Get(const Caller& caller, const std::string& name) {
    v1::GetFormRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return forms_.Get(tx, caller, request); });
  }
  absl::StatusOr<v1::Form> Update(const v1::Form& form) {
    v1::UpdateFormRequest request;
    *request.mutable_form() = form;
    return InWrite(
        [&](Transaction& tx) { return forms_.Update(tx, quinn_, request); });
  }
  absl::StatusOr<v1::FormRevision> Publish(const v1::Form& draft,
                                           int64_t effective_us = 0) {
    v1::PublishFormRequest request;
    request.set_name(draft.name());
    request.set_etag(draft.etag());
    request.set_change_note("because");
    if (effective_us > 0) {
      *request.mutable_effective_time() = ToTimestamp(effective_us);
    }
    return InWrite(
        [&](Transaction& tx) { return forms_.Publish(tx, quinn_, request); });
  }
  absl::StatusOr<v1::FormRevision> GetRevision(const std::string& name) {
    v1::GetFormRevisionRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return forms_.GetRevision(tx, ann_, request); });
  }
  absl::StatusOr<v1::Score> Preview(const std::string& name,
                                    const v1::Evaluation& answers) {
    v1::PreviewScoreRequest request;
    request.set_name(name);
    *request.mutable_answers() = answers.answers();
    return InRead([&](Transaction& tx) {
      return forms_.PreviewScore(tx, ann_, request);
    });
  }
  // The draft of `call` with another title and warmth worth less.
  v1::Form Changed() {
    v1::Form draft = Get(quinn_, "forms/call").value();
    draft.set_title("Changed");
    draft.mutable_sections(0)->set_weight(50);
    draft.mutable_sections(1)->set_weight(30);
    return draft;
  }
};

TEST_P(FormsTest, PublishingMakesTheNextRevisionAndKeepsTheOldOnes) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form draft, Update(Changed()));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormRevision second, Publish(draft));
  EXPECT_EQ(second.name(), "forms/call/revisions/2");
  EXPECT_EQ(second.publisher(), "people/quinn");
  EXPECT_EQ(second.change_note(), "because");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormRevision first,
                              GetRevision("forms/call/revisions/1"));
  EXPECT_EQ(first.form().title(), "Small");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormRevision newest,
                              GetRevision("forms/call/revisions/-"));
  EXPECT_EQ(newest.name(), second.name());
  v1::ListFormRevisionsRequest list;
  list.set_parent("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListFormRevisionsResponse revisions,
                              InRead([&](Transaction& tx) {
                                return forms_.ListRevisions(tx, ann_, list);
                              }));
  ASSERT_EQ(revisions.revisions_size(), 2);
  EXPECT_EQ(revisions.revisions(0).name(), "forms/call/revisions/2");
}

TEST_P(FormsTest, AnUnchangedDraftIsNotPublished) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form draft, Get(quinn_, "forms/call"));
  EXPECT_THAT(Publish(draft), HasReason("NOTHING_CHANGED"));
}

TEST_P(FormsTest, ADraftChangesOnlyByItsEtag) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form read, Get(quinn_, "forms/call"));
  ASSERT_THAT(Update(Changed()), IsOk());
  EXPECT_THAT(Update(read), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(Publish(read), HasReason("ETAG_MISMATCH"));
  v1::Form blind = read;
  blind.clear_etag();
  EXPECT_THAT(Update(blind), HasViolation("form.etag", "ETAG_MISSING"));
}

TEST_P(FormsTest, LintErrorsStopPublishingAndNotDrafting) {
  v1::Form form = SmallForm();
  form.mutable_sections(1)->set_weight(-1);
  form.set_leading_value("nothing_like_it");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form draft, Create("bad", form));
  EXPECT_THAT(Publish(draft),
              HasViolation("form.sections[1].weight", "WEIGHT_NEGATIVE"));
  EXPECT_THAT(GetRevision("forms/bad/revisions/1"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(FormsTest, ConnectionMustWeighMost) {
  v1::Form form = SmallForm();
  form.mutable_sections(1)->set_weight(60);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form draft, Create("tied", form));
  EXPECT_THAT(Publish(draft), StatusIs(absl::StatusCode::kInvalidArgument));
  form = draft;
  form.clear_leading_value();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form free, Update(form));
  EXPECT_THAT(Publish(free), IsOk());
}

TEST_P(FormsTest, AFormOverTheLimitsIsNotEvenADraft) {
  v1::Form form = SmallForm();
  form.mutable_sections(0)->mutable_questions(0)->set_text(
      std::string(5000, 'x'));
  EXPECT_THAT(
      Create("long", form),
      HasViolation("form.sections[0].questions[0].text", "TEXT_TOO_LONG"));
  EXPECT_THAT(Get(quinn_, "forms/long"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(FormsTest, ARevisionCountsFromItsEffectiveTimeOn) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form draft, Update(Changed()));
  ASSERT_THAT(Publish(draft, now_us_ + 100'000'000), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormRevision now,
                              GetRevision("forms/call/revisions/-"));
  EXPECT_EQ(now.name(), "forms/call/revisions/1");
  v1::Evaluation early = AnswersTo("half", "yes", "no");
  early.set_form_revision("forms/call/revisions/2");
  EXPECT_THAT(Submit(ada_, "call-1", early),
              HasReason("REVISION_NOT_IN_EFFECT"));
  now_us_ += 200'000'000;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation late,
      Submit(ada_, "call-1", AnswersTo("half", "yes", "no")));
  EXPECT_EQ(late.form_revision(), "forms/call/revisions/2");
  EXPECT_EQ(late.score().percent(), 68.75);  // (50 x 0.5 + 30) / 80
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(FormsTest, AgentsSeeWhatIsPublishedAndNoDrafts) {
  ASSERT_THAT(Update(Changed()), IsOk());
  ASSERT_THAT(Create("secret", SmallForm()), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Form seen, Get(ann_, "forms/call"));
  EXPECT_EQ(seen.title(), "Small");
  EXPECT_EQ(seen.name(), "forms/call");
  EXPECT_THAT(Get(ann_, "forms/secret"), StatusIs(absl::StatusCode::kNotFound));
  const auto names = [&](const Caller& caller) {
    const auto list = InRead([&](Transaction& tx) {
      return forms_.List(tx, caller, v1::ListFormsRequest());
    });
    EXPECT_THAT(list, IsOk());
    std::vector<std::string> found;
    for (const auto& form : list->forms()) found.push_back(form.name());
    return found;
  };
  EXPECT_THAT(names(ann_), ElementsAre("forms/call"));
  EXPECT_THAT(names(quinn_), ElementsAre("forms/call", "forms/secret"));
}

TEST_P(FormsTest, PreviewingTellsWhatIsMissingAndWhatThereIsSoFar) {
  v1::Evaluation answers = AnswersTo("half", "yes", "no");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Score whole,
                              Preview("forms/call/revisions/1", answers));
  EXPECT_EQ(whole.percent(), 70.0);
  answers.mutable_answers()->DeleteSubrange(1, 2);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Score part,
                              Preview("forms/call", answers));
  EXPECT_FALSE(part.has_percent());
  EXPECT_THAT(part.unanswered(), ElementsAre("solved", "leak"));
  EXPECT_EQ(part.percent_so_far(), 50.0);
  answers.mutable_answers(0)->set_choice_id("x");
  EXPECT_THAT(Preview("forms/call", answers),
              HasViolation("answers[0].choice_id", "CHOICE_UNKNOWN"));
}

TEST_P(FormsTest, ComparingNamesWhatChanged) {
  ASSERT_THAT(Update(Changed()), IsOk());
  v1::CompareFormsRequest request;
  request.set_base("forms/call/revisions/1");
  request.set_other("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormComparison comparison,
                              InRead([&](Transaction& tx) {
                                return forms_.Compare(tx, quinn_, request);
                              }));
  EXPECT_THAT(comparison.fields(), ElementsAre("title"));
  ASSERT_EQ(comparison.sections_size(), 2);
  EXPECT_EQ(comparison.sections(0).share_before(), 60.0);
  EXPECT_EQ(comparison.sections(0).share_after(), 62.5);
}

ATTUNE_ON_EVERY_BACKEND(FormsTest);

}  // namespace
}  // namespace attune
