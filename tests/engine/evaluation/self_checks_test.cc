#include "engine/evaluation/self_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tests/engine/evaluation/self_check_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SelfChecksTest : public SelfCheckTest {
 protected:
  // Ann picks call-1, and her lead call-2.
  void PickBoth() {
    ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
    ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  }
  void PublishSecondRevision() {
    ASSERT_THAT(InWrite([&](Transaction& tx) -> absl::Status {
                  v1::GetFormRequest get;
                  get.set_name("forms/call");
                  ASSIGN_OR_RETURN(v1::Form draft, forms_.Get(tx, quinn_, get));
                  v1::PublishFormRequest publish;
                  publish.set_name("forms/call");
                  publish.set_etag(draft.etag());
                  publish.set_change_note("The second.");
                  return forms_.Publish(tx, quinn_, publish).status();
                }),
                IsOk());
  }
};

TEST_P(SelfChecksTest, TheAdvocateFirstNeitherSideSeesTheOther) {
  PickBoth();
  EXPECT_EQ(ToScore(ada_), "ann/call-1 ann/call-2");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-1", 100));
  EXPECT_TRUE(scored.withheld());
  EXPECT_FALSE(scored.has_contest_end_time());
  EXPECT_EQ(ToScore(ada_), "ann/call-2");
  EXPECT_FALSE(Sees(ann_, scored.name()));
  for (const Caller& caller : {ada_, lea_, quinn_}) {
    EXPECT_TRUE(Sees(caller, scored.name())) << caller.person;
  }
  EXPECT_EQ(Scorecard("ann"), "n=0 rows=0");
  EXPECT_EQ(VerifyDifferences(), "");

  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ann_, "call-1"));
  for (const Caller& caller : {ada_, lea_, quinn_}) {
    EXPECT_FALSE(Sees(caller, draft.name())) << caller.person;
  }
  EXPECT_FALSE(Sees(ann_, scored.name()));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation graded,
                              SubmitDraft(ann_, draft, 70));
  EXPECT_FALSE(graded.withheld());
  EXPECT_FALSE(graded.has_contest_end_time());
  for (const Caller& caller : {ann_, lea_, quinn_}) {
    EXPECT_TRUE(Sees(caller, graded.name())) << caller.person;
    EXPECT_TRUE(Sees(caller, scored.name())) << caller.person;
  }
  const v1::Evaluation shown = Stored(ann_, scored.name());
  EXPECT_FALSE(shown.withheld());
  EXPECT_EQ(ToMicros(shown.contest_end_time()) - ToMicros(graded.submit_time()),
            14 * kMicrosPerDay);
  EXPECT_NE(shown.etag(), scored.etag());
  EXPECT_EQ(Scorecard("ann"), "n=1 rows=1");
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(SelfChecksTest, TheAgentFirstNeitherSideSeesTheOther) {
  PickBoth();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation graded,
                              Grade(ann_, "call-2", 40));
  EXPECT_TRUE(graded.withheld());
  EXPECT_TRUE(Sees(ann_, graded.name()));
  for (const Caller& caller : {ada_, lea_, quinn_, admin_}) {
    EXPECT_FALSE(Sees(caller, graded.name())) << caller.person;
  }
  EXPECT_EQ(ToScore(ada_), "ann/call-1 ann/call-2");

  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-2", 70));
  EXPECT_FALSE(scored.withheld());
  EXPECT_TRUE(scored.has_contest_end_time());
  for (const Caller& caller : {ann_, lea_, quinn_}) {
    EXPECT_TRUE(Sees(caller, graded.name())) << caller.person;
    EXPECT_TRUE(Sees(caller, scored.name())) << caller.person;
  }
  EXPECT_EQ(Scorecard("ann"), "n=1 rows=1");
  EXPECT_EQ(VerifyDifferences(), "");
  // What comes later is shown as usual.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation later,
                              Score(abe_, "call-2", 100));
  EXPECT_FALSE(later.withheld());
  EXPECT_TRUE(Sees(ann_, later.name()));
}

TEST_P(SelfChecksTest, ADraftBegunBeforeThePickIsWithheldWhenSubmitted) {
  v1::CreateEvaluationRequest create;
  create.set_parent("people/-");
  *create.mutable_evaluation() = Answers(100);
  create.mutable_evaluation()->set_contact("people/-/contacts/call-1");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              InWrite([&](Transaction& tx) {
                                return evaluations_.Create(tx, ada_, create);
                              }));
  PickBoth();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              SubmitDraft(ada_, draft, 100));
  EXPECT_TRUE(scored.withheld());
  EXPECT_FALSE(Sees(ann_, scored.name()));
  EXPECT_EQ(Scorecard("ann"), "n=0 rows=0");
}

TEST_P(SelfChecksTest, WhatIsImportedIsWithheldAndShownLikewise) {
  PickBoth();
  ASSERT_THAT(Grade(ann_, "call-2", 40), IsOk());
  std::vector<v1::ImportEvaluationsRequest> messages(3);
  const char* const contacts[] = {"call-1", "call-2", "call-3"};
  for (size_t i = 0; i < messages.size(); ++i) {
    *messages[i].mutable_evaluation() = Answers(70);
    messages[i].mutable_evaluation()->set_contact(
        absl::StrCat("people/-/contacts/", contacts[i]));
  }
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Import(tx, ada_, messages);
              }),
              IsOk());
  EXPECT_EQ(Scorecard("ann"), "n=1 rows=1");
  EXPECT_EQ(Scorecard("bob"), "n=1 rows=1");
  EXPECT_EQ(VerifyDifferences(), "");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheck check, Check(lea_, "ann"));
  EXPECT_FALSE(check.picks(0).has_done_time());
  EXPECT_TRUE(check.picks(1).has_done_time());
}

TEST_P(SelfChecksTest, OtherContactsAndOtherFormsAreAsEver) {
  PickBoth();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-3", 70));
  EXPECT_FALSE(scored.withheld());
  EXPECT_TRUE(Sees(bob_, scored.name()));
}

TEST_P(SelfChecksTest, StatesAndGapsByHand) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::SelfCheck check, Check(ann_, "ann"));
  EXPECT_EQ(check.state(), v1::SelfCheck::STATE_NOT_BEGUN);
  EXPECT_EQ(check.form_revision(), "");
  PickBoth();
  ASSERT_THAT(Grade(ann_, "call-1", 70), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(check, Check(ann_, "ann"));
  EXPECT_EQ(check.state(), v1::SelfCheck::STATE_BEGUN);
  ASSERT_THAT(Grade(ann_, "call-2", 50), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(check, Check(ann_, "ann"));
  EXPECT_EQ(check.state(), v1::SelfCheck::STATE_WAITING_FOR_ADVOCATE);
  EXPECT_FALSE(check.has_gap());
  ASSERT_THAT(Score(ada_, "call-1", 100), IsOk());
  ASSERT_THAT(Score(ada_, "call-2", 40), IsOk());

  for (const Caller& caller : {ann_, lea_, quinn_}) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(check, Check(caller, "ann"));
    EXPECT_EQ(check.state(), v1::SelfCheck::STATE_DONE);
    EXPECT_TRUE(check.has_done_time());
    ASSERT_EQ(check.picks_size(), 2);
    EXPECT_EQ(check.picks(0).chooser(), v1::SelfCheckPick::CHOOSER_AGENT);
    EXPECT_EQ(check.picks(1).picker(), "people/lea");
    // 70 - 100; connection 50 - 100, solution 100 - 100.
    EXPECT_EQ(check.picks(0).gap().gap(), -30.0);
    EXPECT_EQ(check.picks(0).gap().reading(),
              v1::SelfCheckGap::READING_TOO_HARSH);
    EXPECT_EQ(check.picks(0).gap().sections(0).gap(), -50.0);
    EXPECT_EQ(check.picks(0).gap().sections(1).gap(), 0.0);
    // 50 - 40; connection 50 - 0, solution 50 - 100.
    EXPECT_EQ(check.picks(1).gap().gap(), 10.0);
    EXPECT_EQ(check.picks(1).gap().reading(), v1::SelfCheckGap::READING_NORMAL);
    EXPECT_EQ(check.picks(1).gap().sections(0).gap(), 50.0);
    EXPECT_EQ(check.picks(1).gap().sections(1).gap(), -50.0);
    // (-30 + 10) / 2; (-50 + 50) / 2; (0 - 50) / 2.
    EXPECT_EQ(check.gap().gap(), -10.0);
    EXPECT_EQ(check.gap().n(), 2);
    EXPECT_EQ(check.gap().reading(), v1::SelfCheckGap::READING_NORMAL);
    EXPECT_EQ(check.gap().sections(0).gap(), 0.0);
    EXPECT_EQ(check.gap().sections(1).gap(), -25.0);
  }
  // Abe's 70 of call-2 makes the advocates' mean 55: 50 - 55, and
  // (-30 - 5) / 2.
  ASSERT_THAT(Score(abe_, "call-2", 70), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(check, Check(ann_, "ann"));
  EXPECT_EQ(check.picks(1).gap().gap(), -5.0);
  EXPECT_EQ(check.picks(1).gap().n(), 2);
  EXPECT_EQ(check.gap().gap(), -17.5);
  EXPECT_EQ(check.gap().reading(), v1::SelfCheckGap::READING_TOO_HARSH);
}

TEST_P(SelfChecksTest, GapsOverCyclesAreASeries) {
  PickBoth();
  ASSERT_THAT(Grade(ann_, "call-1", 70), IsOk());
  ASSERT_THAT(Score(ada_, "call-1", 100), IsOk());
  ASSERT_THAT(Close(), IsOk());
  ASSERT_THAT(Open("h2", "forms/call"), IsOk());
  AddContact("ann", "call-5");
  ASSERT_THAT(Pick(ann_, "ann", "call-5", "h2"), IsOk());
  ASSERT_THAT(Grade(ann_, "call-5", 100, "h2"), IsOk());
  ASSERT_THAT(Score(ada_, "call-5", 70), IsOk());
  v1::GetSelfGapsRequest request;
  request.set_person("people/ann");
  for (const Caller& caller : {ann_, lea_, quinn_}) {
    const auto gaps = InRead([&](Transaction& tx) {
      return self_checks_.Gaps(tx, caller, request);
    });
    ASSERT_THAT(gaps, IsOk());
    ASSERT_EQ(gaps->cycles_size(), 2);
    EXPECT_EQ(gaps->cycles(0).cycle(), "selfCheckCycles/h1");
    EXPECT_EQ(gaps->cycles(0).gap().gap(), -30.0);
    EXPECT_EQ(gaps->cycles(1).cycle(), "selfCheckCycles/h2");
    EXPECT_EQ(gaps->cycles(1).gap().gap(), 30.0);
    EXPECT_EQ(gaps->cycles(1).gap().reading(),
              v1::SelfCheckGap::READING_TOO_KIND);
  }
  EXPECT_THAT(InRead([&](Transaction& tx) {
                return self_checks_.Gaps(tx, bob_, request);
              }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(SelfChecksTest, ASessionKeepsTheRevisionItBeganOn) {
  AddContact("bob", "call-4");
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  PublishSecondRevision();
  ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  ASSERT_THAT(Pick(bob_, "bob", "call-4"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Evaluation of_ann, Begin(ann_, "call-2"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Evaluation of_bob, Begin(bob_, "call-4"));
  EXPECT_EQ(of_ann.form_revision(), "forms/call/revisions/1");
  EXPECT_EQ(of_bob.form_revision(), "forms/call/revisions/2");

  v1::UpdateEvaluationRequest update;
  *update.mutable_evaluation() = of_ann;
  update.mutable_evaluation()->set_form_revision("forms/call/revisions/2");
  update.mutable_update_mask()->add_paths("form_revision");
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Update(tx, ann_, update);
              }),
              HasViolation("update_mask", "REVISION_FIXED"));
  // An advocate's on the new revision is the other side all the same.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-2", 100));
  EXPECT_EQ(scored.form_revision(), "forms/call/revisions/2");
  EXPECT_TRUE(scored.withheld());
  ASSERT_THAT(SubmitDraft(ann_, of_ann, 70), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheck check, Check(ann_, "ann"));
  EXPECT_EQ(check.gap().gap(), -30.0);
  EXPECT_EQ(check.form_revision(), "forms/call/revisions/1");
}

TEST_P(SelfChecksTest, AgentsUpdateAndSubmitTheirOwnDraftsAndNothingElse) {
  PickBoth();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ann_, "call-1"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation again,
                              Begin(ann_, "call-1"));
  EXPECT_EQ(again.name(), draft.name());
  v1::UpdateEvaluationRequest update;
  *update.mutable_evaluation() = draft;
  *update.mutable_evaluation()->mutable_answers() = Answers(50).answers();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation saved,
                              InWrite([&](Transaction& tx) {
                                return evaluations_.Update(tx, ann_, update);
                              }));
  EXPECT_EQ(saved.answers_size(), 3);
  EXPECT_THAT(SubmitDraft(bob_, saved, 50),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Score(ann_, "call-1", 100),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Score(ann_, "call-3", 100),
              StatusIs(absl::StatusCode::kPermissionDenied));
  // Who was an advocate once has no use for the drafts left from then.
  v1::CreateEvaluationRequest create;
  create.set_parent("people/-");
  *create.mutable_evaluation() = Answers(100);
  create.mutable_evaluation()->set_contact("people/-/contacts/call-3");
  Caller advocate = ann_;
  advocate.reach = kAll;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation left, InWrite([&](Transaction& tx) {
        return evaluations_.Create(tx, advocate, create);
      }));
  EXPECT_THAT(SubmitDraft(ann_, left, 100),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(SubmitDraft(ann_, saved, 50), IsOk());
  EXPECT_THAT(Begin(ann_, "call-1"), HasReason("SCORED_BEFORE"));
}

TEST_P(SelfChecksTest, BadInputIsToldAndChangesNothing) {
  ASSERT_THAT(Score(ada_, "call-2", 70), IsOk());
  AddContact("ann", "call-5");
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheck before, Check(ann_, "ann"));
  const auto pick = [&](const Caller& caller, const std::string& name,
                        const std::string& contact) {
    v1::PickContactRequest request;
    request.set_name(name);
    request.set_contact(contact);
    return InWrite([&](Transaction& tx) {
      return self_checks_.Pick(tx, caller, request);
    });
  };
  const struct {
    const Caller& caller;
    const char* name;
    const char* contact;
    const char* reason;  // or of the first violation
  } kTable[] = {{ann_, "people/ann/selfChecks/h1", "people/bob/contacts/call-3",
                 "CONTACT_OF_ANOTHER"},
                {ann_, "people/ann/selfChecks/h1", "people/-/contacts/call-3",
                 "NOT_FOUND"},
                {ann_, "people/bob/selfChecks/h1", "people/bob/contacts/call-3",
                 "NOT_FOUND"},
                {lea_, "people/bob/selfChecks/h1", "people/bob/contacts/call-3",
                 "NOT_FOUND"},
                {ann_, "people/ann/selfChecks/h9", "people/ann/contacts/call-5",
                 "NOT_FOUND"},
                {ann_, "people/ann/selfChecks", "call-5", "NAME_INVALID"},
                {ann_, "people/ann/selfChecks/h1", "people/ann/contacts/call-2",
                 "ALREADY_SCORED"},
                {lea_, "people/ann/selfChecks/h1", "people/ann/contacts/call-2",
                 "ALREADY_SCORED"},
                {lea_, "people/ann/selfChecks/h1", "people/ann/contacts/call-1",
                 "PICKED_BEFORE"},
                {quinn_, "people/lea/selfChecks/h1",
                 "people/lea/contacts/call-5", "NOT_AN_AGENT"}};
  for (const auto& row : kTable) {
    const auto refused = pick(row.caller, row.name, row.contact);
    const Violations violations = Violations::FromStatus(refused.status());
    EXPECT_EQ(violations.empty() ? ReasonOf(refused.status())
                                 : violations.all()[0].reason,
              row.reason)
        << row.caller.person << " " << row.name << " " << row.contact;
  }
  EXPECT_THAT(pick(ann_, "x", "y"), HasViolation("contact", "NAME_INVALID"));
  EXPECT_THAT(Begin(ann_, "call-5"), HasReason("NOT_PICKED"));
  EXPECT_THAT(Begin(bob_, "call-3"), HasReason("NOT_PICKED"));
  EXPECT_THAT(Say(bob_, v1::FormFeedback()), HasReason("SESSION_NOT_BEGUN"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SelfCheck after, Check(ann_, "ann"));
  EXPECT_EQ(after.DebugString(), before.DebugString());
}

TEST_P(SelfChecksTest, APickChangesUntilSomebodyGradesIt) {
  AddContact("ann", "call-5");
  AddContact("ann", "call-6");
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::SelfCheck check, Pick(ann_, "ann", "call-5"));
  ASSERT_EQ(check.picks_size(), 1);
  EXPECT_EQ(check.picks(0).contact(), "people/ann/contacts/call-5");
  EXPECT_EQ(ToScore(ada_), "ann/call-5");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation shown,
                              Score(ada_, "call-1", 70));
  EXPECT_FALSE(shown.withheld());
  ASSERT_THAT(Score(ada_, "call-5", 70), IsOk());
  EXPECT_THAT(Pick(ann_, "ann", "call-6"), HasReason("PICK_IN_USE"));
  EXPECT_THAT(Pick(ann_, "ann", "call-5"), IsOk());
  ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  ASSERT_THAT(Begin(ann_, "call-2"), IsOk());
  EXPECT_THAT(Pick(lea_, "ann", "call-6"), HasReason("PICK_IN_USE"));
}

TEST_P(SelfChecksTest, AVoidedScoreIsNoOtherSide) {
  PickBoth();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-1", 100));
  v1::VoidEvaluationRequest request;
  request.set_name(scored.name());
  request.set_etag(scored.etag());
  request.set_reason("Another call.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, request);
              }),
              IsOk());
  EXPECT_EQ(ToScore(abe_), "ann/call-1 ann/call-2");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation graded,
                              Grade(ann_, "call-1", 70));
  EXPECT_TRUE(graded.withheld());
  ASSERT_THAT(Score(ada_, "call-1", 40), IsOk());
  EXPECT_TRUE(Sees(quinn_, graded.name()));
  EXPECT_EQ(Scorecard("ann").substr(0, 3), "n=1");
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(SelfChecksTest, DueAndOverdueFollowAgentsAndTheCalendar) {
  EXPECT_EQ(Due(quinn_), "ann not_begun 2026-04-01; bob not_begun 2026-04-01");
  EXPECT_EQ(Due(ann_), "ann not_begun 2026-04-01");
  EXPECT_EQ(Due(lea_), "ann not_begun 2026-04-01");
  v1::ListSelfChecksRequest blue;
  blue.set_team("teams/blue");
  EXPECT_EQ(Due(quinn_, blue), "bob not_begun 2026-04-01");
  AddAgent("cid", "teams/red");
  EXPECT_EQ(Due(lea_), "ann not_begun 2026-04-01; cid not_begun 2026-04-01");

  v1::ListSelfChecksRequest overdue;
  overdue.set_overdue_only(true);
  EXPECT_EQ(Due(quinn_, overdue), "");
  PickBoth();
  for (const char* contact : {"call-1", "call-2"}) {
    ASSERT_THAT(Grade(ann_, contact, 70), IsOk());
    ASSERT_THAT(Score(ada_, contact, 70), IsOk());
  }
  ASSERT_THAT(Pick(bob_, "bob", "call-3"), IsOk());
  EXPECT_EQ(Due(quinn_),
            "ann done 2026-10-01; bob begun 2026-04-01; "
            "cid not_begun 2026-04-01");
  // Who left without a session is not waited for; who began is still there.
  SetRoles("cid", v1::ROLE_ADVOCATE);
  SetRoles("bob", v1::ROLE_ADVOCATE);
  EXPECT_EQ(Due(quinn_), "ann done 2026-10-01; bob begun 2026-04-01");

  now_us_ = ToMicros(Cycle(quinn_).close_time());
  EXPECT_EQ(FormatDay(DayOf(now_us_)), "2026-10-01");
  EXPECT_EQ(Due(quinn_), "ann done 2026-10-01; bob begun 2026-04-01!");
  EXPECT_EQ(Due(quinn_, overdue), "bob begun 2026-04-01!");

  // The next cycle: Ann's is due six months after her last, Bob's at once.
  ASSERT_THAT(Close(), IsOk());
  SetRoles("bob", v1::ROLE_AGENT);
  now_us_ += int64_t{3'600} * 1'000'000;
  ASSERT_THAT(Open("h2", "forms/call"), IsOk());
  EXPECT_EQ(Due(quinn_, overdue), "ann not_begun 2026-10-01!");
  EXPECT_EQ(Due(quinn_), "ann not_begun 2026-10-01!; bob not_begun 2026-10-01");
  v1::ListSelfChecksRequest closed;
  closed.set_cycle("selfCheckCycles/h1");
  EXPECT_EQ(Due(quinn_, closed), "ann done 2026-10-01; bob begun 2026-04-01!");
}

TEST_P(SelfChecksTest, ListsGoOnWhereAPageEnds) {
  for (const char* id : {"cid", "dan", "eve"}) AddAgent(id, "teams/red");
  v1::ListSelfChecksRequest request;
  request.set_parent("people/-");
  request.set_page_size(2);
  std::vector<std::string> people;
  do {
    const auto page = InRead([&](Transaction& tx) {
      return self_checks_.List(tx, quinn_, request);
    });
    ASSERT_THAT(page, IsOk());
    for (const v1::SelfCheck& check : page->self_checks()) {
      people.push_back(ParseSelfCheckName(check.name())->person);
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(people, ElementsAre("ann", "bob", "cid", "dan", "eve"));

  PickBoth();
  v1::ListCallsToScoreRequest calls;
  calls.set_page_size(1);
  std::vector<std::string> contacts;
  do {
    const auto page = InRead([&](Transaction& tx) {
      return self_checks_.ListCallsToScore(tx, ada_, calls);
    });
    ASSERT_THAT(page, IsOk());
    for (const v1::CallToScore& call : page->calls()) {
      contacts.push_back(call.contact());
    }
    calls.set_page_token(page->next_page_token());
  } while (!calls.page_token().empty());
  EXPECT_THAT(contacts, ElementsAre("people/ann/contacts/call-1",
                                    "people/ann/contacts/call-2"));
}

TEST_P(SelfChecksTest, ShowingIsAllOrNothingWhicheverStatementFails) {
  PickBoth();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation scored,
                              Score(ada_, "call-1", 100));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ann_, "call-1"));
  v1::SubmitEvaluationRequest request;
  *request.mutable_evaluation() = draft;
  *request.mutable_evaluation()->mutable_answers() = Answers(70).answers();
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 100);
    FaultyDatabase faulty(db(), nth);
    const absl::Status status = faulty.WriteAndWait([&](Transaction& tx) {
      return evaluations_.Submit(tx, ann_, request).status();
    });
    if (!faulty.fired()) {
      EXPECT_THAT(status, IsOk());
      break;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_FALSE(Sees(ann_, scored.name()));
    EXPECT_FALSE(Sees(quinn_, draft.name()));
    EXPECT_EQ(Scorecard("ann"), "n=0 rows=0");
  }
  EXPECT_TRUE(Sees(ann_, scored.name()));
  EXPECT_EQ(VerifyDifferences(), "");
}

ATTUNE_ON_EVERY_BACKEND(SelfChecksTest);

}  // namespace
}  // namespace attune
