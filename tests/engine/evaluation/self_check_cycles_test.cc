#include "engine/evaluation/self_check_cycles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "tests/engine/evaluation/self_check_test.h"

namespace attune {
namespace {

using testing::HasSubstr;

class SelfCheckCyclesTest : public SelfCheckTest {
 protected:
  absl::StatusOr<v1::SelfCheckCycle> Create(
      const v1::CreateSelfCheckCycleRequest& request) {
    return InWrite(
        [&](Transaction& tx) { return cycles_.Create(tx, quinn_, request); });
  }
  std::string List(v1::SelfCheckCycle::State state) {
    v1::ListSelfCheckCyclesRequest request;
    request.set_state(state);
    request.set_page_size(1);
    std::string ids;
    do {
      const auto page = InRead(
          [&](Transaction& tx) { return cycles_.List(tx, quinn_, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return ids;
      for (const v1::SelfCheckCycle& cycle : page->cycles()) {
        absl::StrAppend(&ids, cycle.title(), " ");
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }
};

v1::FormFeedback Feedback(v1::QuestionFeedback::Verdict warmth,
                          const std::string& idea) {
  v1::FormFeedback feedback;
  v1::QuestionFeedback& question = *feedback.add_questions();
  question.set_question_id("warmth");
  question.set_verdict(warmth);
  question.set_comment("Say how.");
  feedback.set_idea(idea);
  return feedback;
}

TEST_P(SelfCheckCyclesTest, OpensForSixMonthsWithItsIdAsTitle) {
  const v1::SelfCheckCycle cycle = Cycle(quinn_);
  EXPECT_EQ(cycle.title(), "h1");
  EXPECT_EQ(cycle.state(), v1::SelfCheckCycle::STATE_OPEN);
  EXPECT_EQ(FormatMinute(ToMicros(cycle.open_time())), "2026-04-01 00:00 UTC");
  EXPECT_EQ(FormatMinute(ToMicros(cycle.close_time())), "2026-10-01 00:00 UTC");
  ASSERT_THAT(Close(), IsOk());
  v1::CreateSelfCheckCycleRequest request;
  request.set_cycle_id("h2");
  request.mutable_cycle()->set_form("forms/call");
  *request.mutable_cycle()->mutable_open_time() =
      ToTimestamp(*ParseDay("2026-08-31") * kMicrosPerDay);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheckCycle clamped,
                              Create(request));
  EXPECT_EQ(FormatMinute(ToMicros(clamped.close_time())),
            "2027-02-28 00:00 UTC");
  EXPECT_THAT(Pick(ann_, "ann", "call-1", "h2"),
              HasReason("CYCLE_NOT_OPEN_YET"));
  EXPECT_EQ(List(v1::SelfCheckCycle::STATE_UNSPECIFIED), "h2 h1 ");
  EXPECT_EQ(List(v1::SelfCheckCycle::STATE_OPEN), "h2 ");
  EXPECT_EQ(List(v1::SelfCheckCycle::STATE_CLOSED), "h1 ");
}

TEST_P(SelfCheckCyclesTest, OneIsOpenAFormAtATime) {
  EXPECT_THAT(Open("h2", "forms/call"), HasReason("CYCLE_OPEN"));
  EXPECT_THAT(Open("h1", "forms/call"),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Open("h2", "forms/none"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(Close(), IsOk());
  EXPECT_THAT(Open("h1", "forms/call"),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Open("h2", "forms/call"), IsOk());
}

TEST_P(SelfCheckCyclesTest, EverythingWrongIsToldAtOnce) {
  v1::CreateSelfCheckCycleRequest request;
  request.set_cycle_id("H 1");
  v1::SelfCheckCycle& cycle = *request.mutable_cycle();
  cycle.set_title(std::string(257, 'x'));
  cycle.set_form("call");
  cycle.mutable_open_time()->set_seconds(2'000'000'000);
  cycle.mutable_close_time()->set_seconds(2'000'000'000);
  const auto refused = Create(request);
  EXPECT_THAT(refused, HasViolation("cycle_id", "ID_INVALID"));
  EXPECT_THAT(refused, HasViolation("cycle.title", "TEXT_TOO_LONG"));
  EXPECT_THAT(refused, HasViolation("cycle.form", "NAME_INVALID"));
  EXPECT_THAT(refused, HasViolation("cycle.close_time", "TIME_ORDER"));
  cycle.mutable_open_time()->set_nanos(-1);
  cycle.mutable_close_time()->set_nanos(-1);
  EXPECT_THAT(Create(request), HasViolation("cycle.open_time", "TIME_INVALID"));
  EXPECT_THAT(Create(request),
              HasViolation("cycle.close_time", "TIME_INVALID"));
  EXPECT_EQ(List(v1::SelfCheckCycle::STATE_UNSPECIFIED), "h1 ");
}

TEST_P(SelfCheckCyclesTest, ClosingShowsWhatOneSideAloneGraded) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-1", 100));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation graded,
                              Grade(ann_, "call-2", 70));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ann_, "call-1"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheckCycle closed, Close());
  EXPECT_EQ(closed.state(), v1::SelfCheckCycle::STATE_CLOSED);
  EXPECT_TRUE(Sees(ann_, scored.name()));
  EXPECT_TRUE(Sees(quinn_, graded.name()));
  EXPECT_EQ(ToMicros(Stored(ann_, scored.name()).contest_end_time()) -
                ToMicros(closed.actual_close_time()),
            14 * kMicrosPerDay);
  EXPECT_EQ(Scorecard("ann"), "n=1 rows=1");
  EXPECT_EQ(VerifyDifferences(), "");
  EXPECT_EQ(closed.tally().done_count(), 0);
  EXPECT_EQ(closed.tally().begun_count(), 1);
  EXPECT_EQ(closed.tally().missing_count(), 1);
  EXPECT_EQ(closed.tally().gap().n(), 0);

  // A score that comes later is shown, and there is no blind gap of it.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation later,
                              Score(abe_, "call-2", 100));
  EXPECT_TRUE(Sees(ann_, later.name()));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheck check, Check(ann_, "ann"));
  EXPECT_FALSE(check.has_gap());

  // Nothing of it changes any more.
  AddContact("bob", "call-4");
  EXPECT_THAT(SubmitDraft(ann_, draft, 70), HasReason("CYCLE_CLOSED"));
  EXPECT_EQ(Stored(ann_, draft.name()).DebugString(), draft.DebugString());
  EXPECT_THAT(Begin(ann_, "call-1"), HasReason("CYCLE_CLOSED"));
  EXPECT_THAT(Pick(bob_, "bob", "call-4"), HasReason("CYCLE_CLOSED"));
  EXPECT_THAT(Say(ann_, Feedback(v1::QuestionFeedback::VERDICT_DROP, "")),
              HasReason("CYCLE_CLOSED"));
  EXPECT_THAT(Close(), HasReason("CYCLE_CLOSED"));
  EXPECT_EQ(Cycle(quinn_).DebugString(), closed.DebugString());
}

TEST_P(SelfCheckCyclesTest, TheTallyIsFrozenAndNotForEveryone) {
  AddAgent("cid", "teams/red");
  AddContact("bob", "call-4");
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  ASSERT_THAT(Pick(bob_, "bob", "call-3"), IsOk());
  ASSERT_THAT(Grade(ann_, "call-1", 70), IsOk());
  ASSERT_THAT(Grade(ann_, "call-2", 70), IsOk());
  ASSERT_THAT(Grade(bob_, "call-3", 100), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-1", 100));
  ASSERT_THAT(Score(ada_, "call-2", 70), IsOk());
  ASSERT_THAT(Score(ada_, "call-3", 50), IsOk());
  ASSERT_THAT(
      Say(ann_, Feedback(v1::QuestionFeedback::VERDICT_DROP, "Ask for names.")),
      IsOk());
  // Said again, it takes the place of what was said.
  ASSERT_THAT(Say(ann_, Feedback(v1::QuestionFeedback::VERDICT_CHANGE,
                                 "Ask for first names.")),
              IsOk());
  ASSERT_THAT(Say(bob_, Feedback(v1::QuestionFeedback::VERDICT_KEEP, "")),
              IsOk());
  EXPECT_FALSE(Cycle(quinn_).has_tally());

  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheckCycle closed, Close());
  const v1::SelfCheckTally& tally = closed.tally();
  EXPECT_EQ(tally.done_count(), 1);
  EXPECT_EQ(tally.begun_count(), 1);
  EXPECT_EQ(tally.missing_count(), 1);
  // 70 - 100, 70 - 70, 100 - 50: (-30 + 0 + 50) / 3.
  EXPECT_EQ(tally.gap().gap(), 6.67);
  EXPECT_EQ(tally.gap().n(), 3);
  ASSERT_EQ(tally.section_gaps_size(), 2);
  // connection: -50, 0, 100 - 50; solution: 0, 0, 100 - 50.
  EXPECT_EQ(tally.section_gaps(0).section_id(), "connection");
  EXPECT_EQ(tally.section_gaps(0).gap(), 0.0);
  EXPECT_EQ(tally.section_gaps(1).gap(), 16.67);
  // Ann's session is at -15, Bob's at +50.
  EXPECT_EQ(tally.too_kind_count(), 1);
  EXPECT_EQ(tally.too_harsh_count(), 0);
  EXPECT_EQ(tally.feedback_count(), 2);
  EXPECT_EQ(tally.idea_count(), 1);
  ASSERT_EQ(tally.questions_size(), 1);
  EXPECT_EQ(tally.questions(0).question_id(), "warmth");
  EXPECT_EQ(tally.questions(0).keep_count(), 1);
  EXPECT_EQ(tally.questions(0).change_count(), 1);
  EXPECT_EQ(tally.questions(0).drop_count(), 0);

  v1::VoidEvaluationRequest request;
  request.set_name(scored.name());
  request.set_etag(Stored(quinn_, scored.name()).etag());
  request.set_reason("Another call.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, request);
              }),
              IsOk());
  EXPECT_EQ(Cycle(quinn_).DebugString(), closed.DebugString());
  for (const Caller& caller : {ann_, lea_}) {
    EXPECT_FALSE(Cycle(caller).has_tally()) << caller.person;
  }
}

TEST_P(SelfCheckCyclesTest, FeedbackIsReadByWhomItConcerns) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ASSERT_THAT(Pick(bob_, "bob", "call-3"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      v1::FormFeedback said,
      Say(ann_, Feedback(v1::QuestionFeedback::VERDICT_UNCLEAR, "")));
  EXPECT_EQ(said.name(), "people/ann/selfChecks/h1/formFeedback");
  EXPECT_EQ(said.form_revision(), "forms/call/revisions/1");
  ASSERT_THAT(Say(bob_, Feedback(v1::QuestionFeedback::VERDICT_KEEP, "")),
              IsOk());
  said.set_idea("More.");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::FormFeedback more, Say(ann_, said));
  EXPECT_EQ(more.etag(), "2");
  EXPECT_EQ(more.create_time().seconds(), said.create_time().seconds());
  EXPECT_THAT(Say(ann_, said), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Say(ann_, v1::FormFeedback()),
              HasViolation("feedback", "FEEDBACK_EMPTY"));
  const auto count = [&](const Caller& caller, const std::string& parent) {
    v1::ListFormFeedbackRequest request;
    request.set_parent(parent);
    request.set_cycle("selfCheckCycles/h1");
    const auto list = InRead(
        [&](Transaction& tx) { return feedbacks_.List(tx, caller, request); });
    EXPECT_THAT(list, IsOk());
    return list->feedback_size();
  };
  EXPECT_EQ(count(ann_, "people/-"), 1);
  EXPECT_EQ(count(ann_, "people/bob"), 0);
  EXPECT_EQ(count(lea_, "people/-"), 1);
  EXPECT_EQ(count(quinn_, "people/-"), 2);
  EXPECT_EQ(count(quinn_, "people/bob"), 1);
}

TEST_P(SelfCheckCyclesTest, FormHealthCountsTheVerdictsOfItsPeriodAndTeam) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ASSERT_THAT(Pick(bob_, "bob", "call-3"), IsOk());
  ASSERT_THAT(Say(ann_, Feedback(v1::QuestionFeedback::VERDICT_UNCLEAR, "")),
              IsOk());
  ASSERT_THAT(Say(bob_, Feedback(v1::QuestionFeedback::VERDICT_KEEP, "")),
              IsOk());
  // `keep unclear` of warmth; nothing if nobody gave a verdict.
  const auto verdicts = [&](v1::GetFormHealthRequest request) -> std::string {
    if (request.name().empty()) request.set_name("forms/call");
    const auto health = InRead([&](Transaction& tx) {
      return reports_.GetFormHealth(tx, quinn_, request);
    });
    EXPECT_THAT(health, IsOk());
    if (!health.ok()) return "";
    for (const v1::QuestionHealth& question : health->questions()) {
      if (question.question_id() != "warmth") {
        EXPECT_FALSE(question.has_feedback()) << question.question_id();
      } else if (question.has_feedback()) {
        return absl::StrCat(question.feedback().keep_count(), " ",
                            question.feedback().unclear_count());
      }
    }
    return "";
  };
  v1::GetFormHealthRequest request;
  EXPECT_EQ(verdicts(request), "1 1");
  request.set_team("teams/red");
  EXPECT_EQ(verdicts(request), "0 1");
  request.clear_team();
  request.set_name("forms/call/revisions/1");
  EXPECT_EQ(verdicts(request), "1 1");
  request.mutable_period()->set_last_day("2026-03-31");
  EXPECT_EQ(verdicts(request), "");
}

ATTUNE_ON_EVERY_BACKEND(SelfCheckCyclesTest);

}  // namespace
}  // namespace attune
