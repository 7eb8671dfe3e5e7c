// Stored recovery actions and their report, on every database.

#include "engine/voice/recovery_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/voice/feedbacks.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using Action = v1::RecoveryAction;
using testing::ElementsAre;

constexpr Reach kOwnRated{.own = true, .rated = true};
constexpr Reach kNotAll{.own = true, .rated = true, .team = true};

class RecoveryActionsTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    ann_.reach = bob_.reach = kOwnRated;
    lea_.reach = kNotAll;
  }

  static Action Of(const std::string& contact,
                   Action::Kind kind = Action::KIND_CALL_BACK) {
    Action action;
    action.set_contact(contact);
    action.set_kind(kind);
    action.set_note("Say sorry.");
    return action;
  }
  absl::StatusOr<Action> Open(const Caller& caller, const Action& action,
                              const std::string& parent = "people/-") {
    v1::CreateRecoveryActionRequest request;
    request.set_parent(parent);
    *request.mutable_recovery_action() = action;
    return InWrite(
        [&](Transaction& tx) { return actions_.Create(tx, caller, request); });
  }
  absl::StatusOr<Action> Close(const Caller& caller, const std::string& name,
                               Action::Outcome outcome, int64_t cost = -1) {
    v1::CloseRecoveryActionRequest request;
    request.set_name(name);
    request.set_state(outcome == Action::OUTCOME_UNSPECIFIED
                          ? Action::STATE_ABANDONED
                          : Action::STATE_DONE);
    request.set_outcome(outcome);
    request.set_words("So it went.");
    if (cost >= 0) {
      request.mutable_cost()->set_minor_units(cost);
      request.mutable_cost()->set_currency_code("EUR");
    }
    return InWrite(
        [&](Transaction& tx) { return actions_.Close(tx, caller, request); });
  }
  absl::StatusOr<Action> Get(const Caller& caller, const std::string& name) {
    v1::GetRecoveryActionRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return actions_.Get(tx, caller, request); });
  }
  // Ids of contacts of what a list gives.
  std::vector<std::string> Calls(const Caller& caller,
                                 v1::ListRecoveryActionsRequest request = {}) {
    if (request.parent().empty()) request.set_parent("people/-");
    request.set_page_size(1);
    std::vector<std::string> calls;
    while (true) {
      const auto page = InRead(
          [&](Transaction& tx) { return actions_.List(tx, caller, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return calls;
      for (const Action& action : page->recovery_actions()) {
        calls.push_back(
            action.contact().substr(action.contact().rfind('/') + 1));
      }
      if (page->next_page_token().empty()) return calls;
      request.set_page_token(page->next_page_token());
    }
  }

  RecoveryActions actions_{clock()};
};

TEST_P(RecoveryActionsTest, AnAgentOpensAndClosesTheirOwn) {
  Action refund = Of("people/-/contacts/call-1", Action::KIND_REFUND);
  refund.mutable_cost()->set_minor_units(1250);
  refund.mutable_cost()->set_currency_code("EUR");
  refund.set_prompted(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Action opened, Open(ann_, refund));
  EXPECT_EQ(opened.name().rfind("people/ann/recoveryActions/", 0), 0u);
  EXPECT_EQ(opened.contact(), "people/ann/contacts/call-1");
  EXPECT_EQ(opened.owner(), "people/ann");
  EXPECT_EQ(opened.opener(), "people/ann");
  EXPECT_EQ(opened.state(), Action::STATE_OPEN);
  EXPECT_EQ(ToMicros(opened.due_time()) - ToMicros(opened.create_time()),
            7 * kMicrosPerDay);
  EXPECT_EQ(Get(ann_, opened.name())->DebugString(), opened.DebugString());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const Action closed,
      Close(ann_, opened.name(), Action::OUTCOME_FIXED, 1000));
  EXPECT_EQ(closed.state(), Action::STATE_DONE);
  EXPECT_EQ(closed.cost().minor_units(), 1000);
  EXPECT_EQ(closed.close_words(), "So it went.");
  EXPECT_EQ(closed.etag(), "2");
  EXPECT_THAT(Close(ann_, opened.name(), Action::OUTCOME_FIXED),
              HasReason("NOT_OPEN"));
}

TEST_P(RecoveryActionsTest, WhatIsOutOfReachIsNotThere) {
  EXPECT_THAT(Open(ann_, Of("people/bob/contacts/call-3")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Open(lea_, Of("people/bob/contacts/call-3")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Open(quinn_, Of("people/bob/contacts/none")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Open(quinn_, Of("people/bob/contacts/call-3"), "people/ann"),
              HasViolation("recovery_action.contact", "CONTACT_OF_ANOTHER"));
  Action given = Of("people/ann/contacts/call-1");
  given.set_owner("people/bob");
  EXPECT_THAT(Open(ann_, given), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Open(lea_, given), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Open(quinn_, given), IsOk());
  EXPECT_THAT(Open(admin_, Of("people/ann/contacts/call-1")),
              HasViolation("recovery_action.owner", "OWNER_MISSING"));
  Action negative = Of("people/ann/contacts/call-1");
  negative.mutable_cost()->set_minor_units(-1);
  EXPECT_THAT(
      Open(ann_, negative),
      HasViolation("recovery_action.cost.minor_units", "COST_OUT_OF_RANGE"));
  EXPECT_EQ(Calls(quinn_).size(), 1u);
}

TEST_P(RecoveryActionsTest, OwnersAgentsAndLeadsSeeIt) {
  Action given = Of("people/ann/contacts/call-1");
  given.set_owner("people/bob");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Action action, Open(quinn_, given));
  ASSERT_THAT(Open(quinn_, Of("people/bob/contacts/call-3")), IsOk());
  const Caller ada = CallerOf("ada", "", v1::ROLE_ADVOCATE, kOwnRated);
  EXPECT_THAT(Calls(ann_), ElementsAre("call-1"));
  EXPECT_THAT(Calls(bob_), ElementsAre("call-1", "call-3"));
  EXPECT_THAT(Calls(lea_), ElementsAre("call-1"));
  EXPECT_TRUE(Calls(ada).empty());
  EXPECT_THAT(Get(ada, action.name()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(bob_, action.name()), IsOk());
  // Ann reads it, and Bob closes it.
  Caller ann = ann_;
  ann.reach = {.rated = true};
  EXPECT_THAT(Close(ann, action.name(), Action::OUTCOME_FIXED),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Close(bob_, action.name(), Action::OUTCOME_UNSPECIFIED), IsOk());
}

TEST_P(RecoveryActionsTest, AnOriginIsThereAndOfTheSameContact) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation scored,
      Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")));
  v1::CreateFeedbackRequest give;
  give.set_parent("people/-");
  give.mutable_feedback()->set_text("He was angry.");
  give.mutable_feedback()->set_contact("people/ann/contacts/call-2");
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Feedback feedback, InWrite([&](Transaction& tx) {
        return Feedbacks(clock(), revisions_).Create(tx, ann_, give);
      }));
  const auto open = [&](const std::string& contact, const std::string& origin) {
    Action action = Of(contact);
    action.set_origin(origin);
    return Open(quinn_, action);
  };
  EXPECT_THAT(open("people/ann/contacts/call-1", scored.name()), IsOk());
  EXPECT_THAT(open("people/ann/contacts/call-2", scored.name()),
              HasViolation("recovery_action.origin", "ORIGIN_OF_ANOTHER"));
  EXPECT_THAT(open("people/ann/contacts/call-2", feedback.name()), IsOk());
  EXPECT_THAT(open("people/ann/contacts/call-1", "people/ann/evaluations/none"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(open("people/ann/contacts/call-1", "people/ann"),
              HasViolation("recovery_action.origin", "SUBJECT_UNKNOWN_KIND"));
}

TEST_P(RecoveryActionsTest, ListsAreFiltered) {
  Action soon = Of("people/ann/contacts/call-1");
  *soon.mutable_due_time() = ToTimestamp(now_us_ + kMicrosPerDay);
  ASSERT_THAT(Open(lea_, soon), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Action closed,
                              Open(ann_, Of("people/ann/contacts/call-2")));
  ASSERT_THAT(Close(ann_, closed.name(), Action::OUTCOME_NOT_FIXED), IsOk());
  ASSERT_THAT(Open(quinn_, Of("people/bob/contacts/call-3")), IsOk());
  now_us_ += 2 * kMicrosPerDay;
  const auto with = [&](auto set) {
    v1::ListRecoveryActionsRequest request;
    set(request);
    return Calls(quinn_, request);
  };
  EXPECT_THAT(with([](auto& r) { r.set_overdue_only(true); }),
              ElementsAre("call-1"));
  EXPECT_THAT(with([](auto& r) { r.set_state(Action::STATE_OPEN); }),
              ElementsAre("call-1", "call-3"));
  EXPECT_THAT(with([](auto& r) { r.set_owner("people/lea"); }),
              ElementsAre("call-1"));
  EXPECT_THAT(with([](auto& r) { r.set_team("teams/blue"); }),
              ElementsAre("call-3"));
  EXPECT_THAT(with([](auto& r) { r.set_parent("people/ann"); }),
              ElementsAre("call-1", "call-2"));
  EXPECT_THAT(with([](auto& r) { r.set_contact("people/-/contacts/call-2"); }),
              ElementsAre("call-2"));
  v1::ListRecoveryActionsRequest wrong;
  wrong.set_parent("x");
  wrong.set_owner("x");
  wrong.set_contact("x");
  wrong.set_team("x");
  const auto status =
      InRead([&](Transaction& tx) { return actions_.List(tx, quinn_, wrong); });
  for (const char* field : {"parent", "owner", "contact", "team"}) {
    EXPECT_THAT(status, HasViolation(field, "NAME_INVALID"));
  }
}

TEST_P(RecoveryActionsTest, TheReportAddsUp) {
  const auto report = [&](const Caller& caller,
                          const v1::GetRecoveryReportRequest& request = {}) {
    return InRead(
        [&](Transaction& tx) { return actions_.Report(tx, caller, request); });
  };
  const auto empty = report(quinn_);
  ASSERT_THAT(empty, IsOk());
  EXPECT_EQ(empty->overall().opened(), 0);
  EXPECT_FALSE(empty->overall().has_mean_days_to_done());

  // Two refunds of Ann's, done after 1 and 4 days: mean 2.5, median 2.5.
  const int64_t start = now_us_;
  for (const int days : {1, 4}) {
    now_us_ = start;
    Action refund = Of("people/ann/contacts/call-1", Action::KIND_REFUND);
    refund.set_prompted(days == 1);
    refund.mutable_cost()->set_minor_units(700);
    refund.mutable_cost()->set_currency_code("EUR");
    ATTUNE_ASSERT_OK_AND_ASSIGN(const Action opened, Open(lea_, refund));
    now_us_ = ToMicros(opened.create_time()) + days * kMicrosPerDay - 1'000'000;
    ASSERT_THAT(
        Close(lea_, opened.name(),
              days == 1 ? Action::OUTCOME_FIXED : Action::OUTCOME_PARTLY_FIXED,
              days == 1 ? 500 : -1),
        IsOk());
  }
  // A call back to Bob's customer that is given up, and one that is overdue.
  now_us_ = start;
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Action gone,
                              Open(bob_, Of("people/bob/contacts/call-3")));
  ASSERT_THAT(Close(bob_, gone.name(), Action::OUTCOME_UNSPECIFIED), IsOk());
  ASSERT_THAT(Open(bob_, Of("people/bob/contacts/call-3")), IsOk());
  now_us_ = start + 10 * kMicrosPerDay;

  const auto all = report(quinn_);
  ASSERT_THAT(all, IsOk());
  const v1::RecoveryFigures& figures = all->overall();
  EXPECT_EQ(figures.opened(), 4);
  EXPECT_EQ(figures.prompted(), 1);
  EXPECT_EQ(figures.unprompted(), 3);
  EXPECT_EQ(figures.open(), 1);
  EXPECT_EQ(figures.overdue(), 1);
  EXPECT_EQ(figures.done(), 2);
  EXPECT_EQ(figures.abandoned(), 1);
  EXPECT_EQ(figures.fixed(), 1);
  EXPECT_EQ(figures.partly_fixed(), 1);
  EXPECT_EQ(figures.not_fixed(), 0);
  ASSERT_EQ(figures.costs_size(), 1);
  EXPECT_EQ(figures.costs(0).minor_units(),
            1200);  // 500 as it was, 700 planned
  EXPECT_EQ(figures.costs(0).currency_code(), "EUR");
  EXPECT_EQ(figures.mean_days_to_done(), 2.5);
  EXPECT_EQ(figures.median_days_to_done(), 2.5);
  ASSERT_EQ(all->kinds_size(), 2);
  EXPECT_EQ(all->kinds(0).kind(), Action::KIND_CALL_BACK);
  EXPECT_EQ(all->kinds(1).figures().done(), 2);
  ASSERT_EQ(all->teams_size(), 2);
  EXPECT_EQ(all->teams(0).team(), "teams/blue");
  EXPECT_EQ(all->teams(0).figures().abandoned(), 1);

  Caller lea = lea_;
  lea.reach = {.team = true};
  EXPECT_EQ(report(lea)->overall().opened(), 2);
  v1::GetRecoveryReportRequest request;
  request.set_team("teams/blue");
  EXPECT_THAT(report(lea, request), StatusIs(absl::StatusCode::kNotFound));
  request.mutable_period()->set_last_day("2026-03-31");  // the day before
  EXPECT_EQ(report(quinn_, request)->overall().opened(), 0);
  request.mutable_period()->set_last_day("2026-04-01");
  EXPECT_EQ(report(quinn_, request)->overall().opened(), 2);
  request.mutable_period()->set_first_day("2026-04-02");
  EXPECT_THAT(report(quinn_, request),
              HasViolation("period", "PERIOD_BACKWARDS"));
}

ATTUNE_ON_EVERY_BACKEND(RecoveryActionsTest);

}  // namespace
}  // namespace attune
