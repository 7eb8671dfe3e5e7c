#include "engine/report/backtests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/center_test.h"

namespace attune {
namespace {

class BacktestsTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    // 100, 50 (a leak) and, of Bob in team blue, 40.
    ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
    ASSERT_THAT(Submit(ada_, "call-2", AnswersTo("half", "yes", "yes")),
                IsOk());
    ASSERT_THAT(Submit(ada_, "call-3", AnswersTo("no", "na", "no")), IsOk());
  }

  static v1::BacktestFormRequest Heavier() {
    v1::BacktestFormRequest request;
    *request.mutable_form() = SmallForm();
    request.mutable_form()->mutable_sections(0)->set_weight(80);
    request.mutable_form()->mutable_sections(1)->set_weight(20);
    request.set_against("forms/call");
    return request;
  }

  absl::StatusOr<v1::Backtest> Run(
      const v1::BacktestFormRequest& request, const Caller& caller,
      const Backtests::Tell& tell = [](const v1::BacktestFormResponse&) {
        return absl::OkStatus();
      }) {
    const auto response = InRead([&](Transaction& tx) {
      return backtests_.Run(tx, caller, request, tell);
    });
    if (!response.ok()) return response.status();
    return response->result();
  }

  Backtests backtests_{clock()};
};

TEST_P(BacktestsTest, ScoresWhatIsStoredUnderAnotherForm) {
  std::vector<std::string> progress;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Backtest result,
      Run(Heavier(), quinn_, [&](const v1::BacktestFormResponse& response) {
        progress.push_back(response.progress().ShortDebugString());
        return absl::OkStatus();
      }));
  EXPECT_THAT(progress, testing::ElementsAre("total: 3", "done: 3 total: 3"));
  EXPECT_EQ(result.compared(), 3);
  EXPECT_EQ(result.before().mean_percent(), 63.33);
  EXPECT_EQ(result.after().mean_percent(), 56.67);
  EXPECT_EQ(result.agents_with_too_few(), 2);
}

TEST_P(BacktestsTest, ReadsTheTeamAndTheDaysThatAreAskedFor) {
  v1::BacktestFormRequest request = Heavier();
  request.set_team("teams/red");
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Backtest result, Run(request, quinn_));
  EXPECT_EQ(result.compared(), 2);
  EXPECT_EQ(result.before().mean_percent(), 75);
  request.mutable_period()->set_first_day("2026-03-03");
  ATTUNE_ASSERT_OK_AND_ASSIGN(result, Run(request, quinn_));
  EXPECT_EQ(result.compared(), 1);
  EXPECT_EQ(result.before().mean_percent(), 50);
  request.mutable_period()->set_last_day("2026-03-02");
  request.mutable_period()->clear_first_day();
  ATTUNE_ASSERT_OK_AND_ASSIGN(result, Run(request, quinn_));
  EXPECT_EQ(result.before().mean_percent(), 100);
}

TEST_P(BacktestsTest, TheStoredRevisionChangesNothingAndTheDraftIsTheForms) {
  v1::BacktestFormRequest request;
  request.set_name("forms/call/revisions/1");
  request.set_against("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Backtest result, Run(request, quinn_));
  EXPECT_EQ(result.raised() + result.lowered(), 0);
  v1::UpdateFormRequest update;
  *update.mutable_form() = Heavier().form();
  update.mutable_form()->set_name("forms/call");
  update.mutable_form()->set_etag("2");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return forms_.Update(tx, quinn_, update);
              }),
              IsOk());
  request.set_name("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(result, Run(request, quinn_));
  EXPECT_EQ(result.after().mean_percent(), 56.67);
}

TEST_P(BacktestsTest, RuledAnswersCountAndVoidEvaluationsDoNot) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation scored,
      Submit(abe_, "call-1", AnswersTo("no", "yes", "no")));  // 40
  v1::CreateContestRequest contest;
  contest.set_parent(scored.name());
  v1::ContestItem& item = *contest.mutable_contest()->add_items();
  item.set_question_id("warmth");
  item.set_reason("Listen.");
  item.mutable_proposed()->set_choice_id("half");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contest open,
                              InWrite([&](Transaction& tx) {
                                return contests_.Create(tx, ann_, contest);
                              }));
  v1::RuleContestRequest rule;
  rule.set_name(open.name());
  rule.set_etag(open.etag());
  v1::ItemRuling& ruling = *rule.add_items();
  ruling.set_question_id("warmth");
  ruling.set_outcome(v1::ItemRuling::OUTCOME_CHANGED);
  ruling.set_reason("So it is.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return contests_.Rule(tx, quinn_, rule);
              }),
              IsOk());
  v1::BacktestFormRequest request;
  request.set_name("forms/call/revisions/1");
  request.set_against("forms/call");
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Backtest result, Run(request, quinn_));
  EXPECT_EQ(result.compared(), 4);
  EXPECT_EQ(result.raised() + result.lowered(), 0);
  EXPECT_EQ(result.before().mean_percent(), 65);  // 100, 50, 40, 70

  v1::GetEvaluationRequest get;
  get.set_name(scored.name());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation ruled,
                              InRead([&](Transaction& tx) {
                                return evaluations_.Get(tx, quinn_, get);
                              }));
  v1::VoidEvaluationRequest withdraw;
  withdraw.set_name(scored.name());
  withdraw.set_etag(ruled.etag());
  withdraw.set_reason("The wrong call.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, withdraw);
              }),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(result, Run(request, quinn_));
  EXPECT_EQ(result.evaluations(), 3);
}

TEST_P(BacktestsTest, StopsWhenProgressIsNotWanted) {
  int told = 0;
  EXPECT_THAT(Run(Heavier(), quinn_,
                  [&](const v1::BacktestFormResponse&) {
                    ++told;
                    return absl::CancelledError("gone");
                  }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(told, 1);
}

TEST_P(BacktestsTest, WhatIsWrongIsToldAtOnce) {
  v1::BacktestFormRequest bad;
  bad.set_against("call");
  bad.set_team("red");
  bad.mutable_period()->set_first_day("March");
  const auto answer = Run(bad, quinn_);
  EXPECT_THAT(answer, HasViolation("against", "NAME_INVALID"));
  EXPECT_THAT(answer, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(answer, HasViolation("period.first_day", "DATE_INVALID"));
  EXPECT_THAT(answer, HasViolation("source", "SOURCE_MISSING"));

  v1::BacktestFormRequest request = Heavier();
  request.set_against("forms/none");
  EXPECT_THAT(Run(request, quinn_), StatusIs(absl::StatusCode::kNotFound));
  request.set_against("forms/call");
  request.set_team("teams/green");
  EXPECT_THAT(Run(request, quinn_), StatusIs(absl::StatusCode::kNotFound));
  request.clear_team();
  request.set_name("forms/call/revisions/9");
  EXPECT_THAT(Run(request, quinn_), StatusIs(absl::StatusCode::kNotFound));
  request.set_name("call");
  EXPECT_THAT(Run(request, quinn_), HasViolation("name", "NAME_INVALID"));
  *request.mutable_form() = SmallForm();
  request.mutable_form()->mutable_sections(0)->set_weight(-1);
  EXPECT_THAT(Run(request, quinn_),
              HasViolation("form.sections[0].weight", "WEIGHT_NEGATIVE"));
}

ATTUNE_ON_EVERY_BACKEND(BacktestsTest);

}  // namespace
}  // namespace attune
