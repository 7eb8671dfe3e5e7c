#include "engine/evaluation/contests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int64_t kDay = kMicrosPerDay;

v1::ContestItem Item(const std::string& question, const std::string& choice) {
  v1::ContestItem item;
  item.set_question_id(question);
  item.set_reason("Listen at 0:42.");
  item.mutable_proposed()->set_choice_id(choice);
  return item;
}

v1::ItemRuling Uphold(const std::string& question) {
  v1::ItemRuling item;
  item.set_question_id(question);
  item.set_outcome(v1::ItemRuling::OUTCOME_UPHELD);
  item.set_reason("It is as it was scored.");
  return item;
}

v1::ItemRuling Change(const std::string& question,
                      const std::string& choice = "") {
  v1::ItemRuling item;
  item.set_question_id(question);
  item.set_outcome(v1::ItemRuling::OUTCOME_CHANGED);
  item.set_reason("She did, at 0:42.");
  if (!choice.empty()) item.mutable_answer()->set_choice_id(choice);
  return item;
}

// Ada scored Ann's call-1: warmth half (15 of 30), solved yes, nothing leaked.
// Connection 50 %, solution 100 %: 0.6 x 50 + 0.4 x 100 = 70 %.
class ContestsTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Evaluation scored,
        Submit(ada_, "call-1", AnswersTo("half", "yes", "no")));
    name_ = scored.name();
    ASSERT_EQ(scored.score().percent(), 70.0);
  }

  absl::StatusOr<v1::Contest> Contest(const Caller& caller,
                                      std::vector<v1::ContestItem> items) {
    v1::CreateContestRequest request;
    request.set_parent(name_);
    for (v1::ContestItem& item : items) {
      *request.mutable_contest()->add_items() = std::move(item);
    }
    return InWrite(
        [&](Transaction& tx) { return contests_.Create(tx, caller, request); });
  }
  absl::StatusOr<v1::Contest> Rule(const Caller& caller,
                                   const v1::Contest& contest,
                                   std::vector<v1::ItemRuling> items) {
    v1::RuleContestRequest request;
    request.set_name(contest.name());
    request.set_etag(contest.etag());
    for (v1::ItemRuling& item : items) *request.add_items() = std::move(item);
    return InWrite(
        [&](Transaction& tx) { return contests_.Rule(tx, caller, request); });
  }
  absl::StatusOr<v1::Contest> Escalate(const Caller& caller,
                                       const v1::Contest& contest) {
    v1::EscalateContestRequest request;
    request.set_name(contest.name());
    request.set_etag(contest.etag());
    request.set_reason("It was not heard.");
    return InWrite([&](Transaction& tx) {
      return contests_.Escalate(tx, caller, request);
    });
  }
  absl::StatusOr<v1::Evaluation> Void(const Caller& caller,
                                      const std::string& reason) {
    v1::VoidEvaluationRequest request;
    request.set_name(name_);
    request.set_etag(Evaluation().etag());
    request.set_reason(reason);
    return InWrite([&](Transaction& tx) {
      return evaluations_.Void(tx, caller, request);
    });
  }

  v1::Evaluation Evaluation() {
    v1::GetEvaluationRequest request;
    request.set_name(name_);
    return InRead([&](Transaction& tx) {
             return evaluations_.Get(tx, quinn_, request);
           })
        .value_or(v1::Evaluation());
  }
  // The reasons of the violations, in order.
  std::vector<std::string> Reasons(const absl::Status& status) {
    std::vector<std::string> reasons;
    const Violations found = Violations::FromStatus(status);
    for (const Violation& violation : found.all()) {
      reasons.push_back(violation.field + " " + violation.reason);
    }
    return reasons;
  }
  // The contests that wait for this caller's ruling.
  size_t QueueOf(const Caller& caller) {
    v1::ListContestsRequest request;
    request.set_parent("people/-/evaluations/-");
    request.set_to_rule(true);
    const auto list = InRead(
        [&](Transaction& tx) { return contests_.List(tx, caller, request); });
    EXPECT_THAT(list, IsOk());
    return static_cast<size_t>(list->contests_size());
  }

  std::string name_;
};

TEST_P(ContestsTest, ARulingThatChangesRaisesTheScoreAndTheRollups) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  EXPECT_EQ(contest.state(), v1::Contest::STATE_OPEN);
  EXPECT_EQ(contest.rater(), "people/ada");
  EXPECT_EQ(Evaluation().state(), v1::Evaluation::STATE_CONTESTED);

  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest ruled,
                              Rule(abe_, contest, {Change("warmth")}));
  EXPECT_EQ(ruled.state(), v1::Contest::STATE_RULED);
  ASSERT_EQ(ruled.rulings_size(), 1);
  EXPECT_EQ(ruled.rulings(0).ruler(), "people/abe");
  EXPECT_EQ(ruled.rulings(0).percent_before(), 70.0);
  EXPECT_EQ(ruled.rulings(0).percent_after(), 100.0);
  EXPECT_EQ(ruled.rulings(0).items(0).answer().choice_id(), "yes");

  const v1::Evaluation after = Evaluation();
  EXPECT_EQ(after.state(), v1::Evaluation::STATE_SUBMITTED);
  EXPECT_EQ(after.score().percent(), 70.0);
  EXPECT_EQ(after.ruled_score().percent(), 100.0);
  ASSERT_EQ(after.ruled_answers_size(), 1);
  EXPECT_EQ(after.ruled_answers(0).comment(), "She did, at 0:42.");
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(ContestsTest, ARulingThatUpholdsLeavesEverythingAsItIs) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest ruled,
                              Rule(lea_, contest, {Uphold("warmth")}));
  EXPECT_EQ(ruled.rulings(0).percent_after(), 70.0);
  EXPECT_FALSE(Evaluation().has_ruled_score());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(ContestsTest, OneEscalationToAQaLeadWhoHasNoPartInIt) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  ATTUNE_ASSERT_OK_AND_ASSIGN(contest, Rule(abe_, contest, {Uphold("warmth")}));
  EXPECT_THAT(Escalate(bob_, contest), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(contest, Escalate(ann_, contest));
  EXPECT_EQ(contest.state(), v1::Contest::STATE_ESCALATED);
  EXPECT_EQ(Evaluation().state(), v1::Evaluation::STATE_CONTESTED);
  EXPECT_THAT(Rule(lea_, contest, {Change("warmth")}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(QueueOf(quinn_), 1u);
  EXPECT_EQ(QueueOf(abe_), 0u);
  ATTUNE_ASSERT_OK_AND_ASSIGN(contest,
                              Rule(quinn_, contest, {Change("warmth")}));
  EXPECT_EQ(contest.state(), v1::Contest::STATE_FINAL);
  EXPECT_EQ(contest.rulings_size(), 2);
  EXPECT_EQ(Evaluation().ruled_score().percent(), 100.0);
  EXPECT_THAT(Escalate(ann_, contest), HasReason("NOT_RULED"));
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(ContestsTest, WhoRuledFirstDoesNotRuleAgain) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  ATTUNE_ASSERT_OK_AND_ASSIGN(contest,
                              Rule(quinn_, contest, {Uphold("warmth")}));
  ATTUNE_ASSERT_OK_AND_ASSIGN(contest, Escalate(ann_, contest));
  EXPECT_EQ(QueueOf(quinn_), 0u);
  EXPECT_THAT(Rule(quinn_, contest, {Change("warmth")}),
              HasReason("NOT_INDEPENDENT"));
}

TEST_P(ContestsTest, NeitherRaterNorAgentNorAServiceRules) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  EXPECT_EQ(QueueOf(ada_), 0u);
  EXPECT_EQ(QueueOf(abe_), 1u);
  EXPECT_EQ(QueueOf(lea_), 1u);
  EXPECT_THAT(Rule(ada_, contest, {Uphold("warmth")}),
              HasReason("NOT_INDEPENDENT"));
  EXPECT_THAT(Rule(ann_, contest, {Change("warmth")}),
              HasReason("NOT_INDEPENDENT"));
  EXPECT_THAT(Rule(admin_, contest, {Change("warmth")}),
              HasReason("NOT_INDEPENDENT"));
  EXPECT_EQ(Evaluation().state(), v1::Evaluation::STATE_CONTESTED);
}

TEST_P(ContestsTest, WhatCannotBeContestedIsToldItemByItem) {
  EXPECT_THAT(
      Reasons(Contest(ann_, {Item("solved", "yes"), Item("charm", "yes"),
                             Item("warmth", "no"), Item("warmth", "yes"),
                             Item("warmth", "none")})
                  .status()),
      ElementsAre("contest.items[1].question_id QUESTION_UNKNOWN",
                  "contest.items[3].question_id ITEM_DUPLICATE",
                  "contest.items[4].question_id ITEM_DUPLICATE",
                  "contest.items[0].question_id FULL_POINTS"));
  EXPECT_THAT(Reasons(Contest(ann_, {Item("warmth", "half")}).status()),
              ElementsAre("contest.items[0].proposed PROPOSES_NO_MORE"));
  EXPECT_THAT(Reasons(Contest(ann_, {Item("warmth", "none")}).status()),
              ElementsAre("contest.items[0].proposed.choice_id "
                          "CHOICE_UNKNOWN"));
  v1::ContestItem silent = Item("warmth", "yes");
  silent.clear_reason();
  EXPECT_THAT(Reasons(Contest(ann_, {silent}).status()),
              ElementsAre("contest.items[0].reason REASON_MISSING"));
  EXPECT_THAT(Reasons(Contest(ann_, {}).status()),
              ElementsAre("contest.items ITEMS_SIZE"));
  EXPECT_THAT(Contest(bob_, {Item("warmth", "yes")}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Evaluation().state(), v1::Evaluation::STATE_SUBMITTED);
}

TEST_P(ContestsTest, AnItemIsContestedOnceAndOneContestIsOpenAtATime) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  EXPECT_THAT(Contest(ann_, {Item("warmth", "yes")}),
              HasReason("CONTEST_OPEN"));
  ASSERT_THAT(Rule(abe_, contest, {Uphold("warmth")}), IsOk());
  EXPECT_THAT(Reasons(Contest(ann_, {Item("warmth", "yes")}).status()),
              ElementsAre("contest.items[0].question_id CONTESTED_BEFORE"));
}

TEST_P(ContestsTest, FourteenDaysAndNotASecondMore) {
  const int64_t end_us = ToMicros(Evaluation().contest_end_time());
  EXPECT_EQ(end_us, ToMicros(Evaluation().submit_time()) + 14 * kDay);
  now_us_ = end_us - 1'000'000;
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  ATTUNE_ASSERT_OK_AND_ASSIGN(contest, Rule(abe_, contest, {Uphold("warmth")}));
  now_us_ = ToMicros(contest.escalate_end_time());
  EXPECT_THAT(Escalate(ann_, contest), HasReason("ESCALATE_TOO_LATE"));
  now_us_ = end_us;
  EXPECT_THAT(Contest(ann_, {Item("leak", "no")}),
              HasReason("CONTEST_TOO_LATE"));
}

TEST_P(ContestsTest, ARulingIsOnEveryItemAndNeverLowers) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  EXPECT_THAT(
      Reasons(Rule(abe_, contest, {Change("solved")}).status()),
      ElementsAre("items ITEM_MISSING", "items[0].question_id ITEM_UNKNOWN"));
  EXPECT_THAT(
      Reasons(Rule(abe_, contest, {Change("warmth", "no")}).status()),
      ElementsAre("items[0].answer RULING_LOWERS", "items RULING_LOWERS"));
  EXPECT_THAT(Reasons(Rule(abe_, contest, {Change("warmth", "cosy")}).status()),
              ElementsAre("items[0].answer.choice_id CHOICE_UNKNOWN"));
  v1::ItemRuling vague = Uphold("warmth");
  vague.clear_reason();
  vague.clear_outcome();
  EXPECT_THAT(Reasons(Rule(abe_, contest, {vague}).status()),
              ElementsAre("items[0].reason REASON_MISSING",
                          "items[0].outcome OUTCOME_MISSING"));
  EXPECT_FALSE(Evaluation().has_ruled_score());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(ContestsTest, ARulingOnWhatChangedMeanwhileIsRefused) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  ASSERT_THAT(Rule(abe_, contest, {Uphold("warmth")}), IsOk());
  EXPECT_THAT(Rule(lea_, contest, {Change("warmth")}), HasReason("NOT_OPEN"));
  v1::Contest stale = contest;
  stale.set_etag("7");
  EXPECT_THAT(Escalate(ann_, stale), HasReason("ETAG_MISMATCH"));
}

TEST_P(ContestsTest, WhatIsVoidCountsNowhereAndMayBeScoredAnew) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("warmth", "yes")}));
  EXPECT_THAT(Reasons(Void(quinn_, " ").status()),
              ElementsAre("reason REASON_MISSING"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation gone,
                              Void(quinn_, "The wrong call."));
  EXPECT_EQ(gone.state(), v1::Evaluation::STATE_VOID);
  EXPECT_EQ(gone.voider(), "people/quinn");
  EXPECT_EQ(VerifyDifferences(), "");
  EXPECT_EQ(QueueOf(abe_), 0u);
  EXPECT_THAT(Rule(abe_, contest, {Uphold("warmth")}), HasReason("NOT_OPEN"));
  EXPECT_THAT(Contest(ann_, {Item("warmth", "yes")}),
              HasReason("NOT_CONTESTABLE"));
  EXPECT_THAT(Void(quinn_, "Once more."), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation anew,
      Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")));
  EXPECT_EQ(anew.score().percent(), 100.0);
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(ContestsTest, ACriticalFailureThatIsRuledAwayLeavesTheRollups) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation leaked,
      Submit(ada_, "call-2", AnswersTo("yes", "yes", "yes")));
  ASSERT_GT(leaked.score().critical_failures_size(), 0);
  name_ = leaked.name();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest contest,
                              Contest(ann_, {Item("leak", "no")}));
  ASSERT_THAT(Rule(quinn_, contest, {Change("leak")}), IsOk());
  EXPECT_THAT(Evaluation().ruled_score().critical_failures(), IsEmpty());
  EXPECT_EQ(VerifyDifferences(), "");
}

ATTUNE_ON_EVERY_BACKEND(ContestsTest);

}  // namespace
}  // namespace attune
