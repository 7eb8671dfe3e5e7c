// What self-checks put into the queue, and take out of it again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/evaluation/assignments.h"
#include "engine/names.h"
#include "tests/engine/evaluation/self_check_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

// Ada and Abe are the advocates; Ann has call-1 and call-2.
class SelfCheckAssignmentsTest : public SelfCheckTest {
 protected:
  // `call-1 abe OPEN, ...`, the oldest first.
  std::string Queue(const Caller& caller) {
    v1::ListAssignmentsRequest request;
    const auto response = InRead([&](Transaction& tx) {
      return assignments_.List(tx, caller, request);
    });
    EXPECT_THAT(response, IsOk());
    std::string text;
    if (!response.ok()) return text;
    for (const v1::Assignment& assignment : response->assignments()) {
      absl::StrAppend(&text, text.empty() ? "" : ", ",
                      ParseContactName(assignment.contact())->id, " ",
                      ParsePersonName(assignment.advocate()).value_or("-"), " ",
                      v1::Assignment::State_Name(assignment.state()).substr(6));
    }
    return text;
  }
  // What the caller is to score next, claimed.
  v1::Assignment Claim(const Caller& caller) {
    v1::NextAssignmentRequest request;
    request.set_claim(true);
    return InWrite([&](Transaction& tx) {
             return assignments_.Next(tx, caller, request);
           })
        .value_or(v1::NextAssignmentResponse())
        .assignment();
  }
  absl::StatusOr<v1::Assignment> Add(const std::string& contact,
                                     const std::string& to) {
    v1::CreateAssignmentRequest request;
    request.mutable_assignment()->set_contact("people/-/contacts/" + contact);
    request.mutable_assignment()->set_form("forms/call");
    request.mutable_assignment()->set_advocate("people/" + to);
    return InWrite([&](Transaction& tx) {
      return assignments_.Create(tx, quinn_, request);
    });
  }
  absl::Status Void(const v1::Evaluation& evaluation) {
    v1::VoidEvaluationRequest request;
    request.set_name(evaluation.name());
    request.set_etag(evaluation.etag());
    request.set_reason("Another call.");
    return InWrite([&](Transaction& tx) {
             return evaluations_.Void(tx, quinn_, request);
           })
        .status();
  }

  Assignments assignments_{clock()};
  const Caller abe_alone_ =
      CallerOf("abe", "", v1::ROLE_ADVOCATE, {.rated = true});
};

TEST_P(SelfCheckAssignmentsTest, APickWaitsForWhoHasTheLeastWaiting) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  // Of equals the first by id; then Ada has none waiting.
  EXPECT_EQ(Queue(quinn_), "call-1 abe OPEN");
  ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 abe OPEN, call-2 ada OPEN");
  ASSERT_THAT(Add("call-3", "abe"), IsOk());
  AddContact("bob", "call-4");
  ASSERT_THAT(Pick(bob_, "bob", "call-4"), IsOk());
  EXPECT_EQ(Queue(quinn_),
            "call-1 abe OPEN, call-2 ada OPEN, call-3 abe OPEN, "
            "call-4 ada OPEN");

  const v1::Assignment next = Claim(abe_alone_);
  EXPECT_EQ(next.contact(), "people/ann/contacts/call-1");
  EXPECT_EQ(next.self_check_cycle(), "selfCheckCycles/h1");
  EXPECT_EQ(next.form(), "forms/call");
  EXPECT_EQ(next.form_revision(), "forms/call/revisions/1");
  EXPECT_EQ(next.plan(), "");
  EXPECT_EQ(ToMicros(next.due_time()) - ToMicros(next.create_time()),
            7 * kMicrosPerDay);
  ASSERT_THAT(Score(abe_, "call-1", 70), IsOk());
  EXPECT_EQ(Queue(abe_alone_), "call-1 abe DONE, call-3 abe OPEN");
}

TEST_P(SelfCheckAssignmentsTest, NobodyIsGivenTheirOwnNorSeesIt) {
  SetRoles("ada", v1::ROLE_ANALYST);
  SetRoles("abe", v1::ROLE_AGENT);
  Caller both = abe_alone_;
  both.reach.all = true;
  ASSERT_THAT(InWrite([&](Transaction& tx) -> absl::Status {
                v1::UpdatePersonRequest request;
                const auto person = FindPerson(tx, "abe");
                if (!person.ok()) return person.status();
                *request.mutable_person() = *person;
                request.mutable_person()->add_roles(v1::ROLE_ADVOCATE);
                return people_.Update(tx, admin_, request).status();
              }),
              IsOk());
  AddContact("abe", "call-7");
  Caller abe = CallerOf("abe", "", v1::ROLE_AGENT, kOwn);
  ASSERT_THAT(Pick(abe, "abe", "call-7"), IsOk());
  // It waits for anybody but Abe.
  EXPECT_EQ(Queue(quinn_), "call-7 - OPEN");
  EXPECT_EQ(Queue(both), "");
  EXPECT_EQ(Claim(both).name(), "");
  EXPECT_EQ(Claim(quinn_).contact(), "people/abe/contacts/call-7");
}

TEST_P(SelfCheckAssignmentsTest, WhatIsQueuedIsNotQueuedTwice) {
  ASSERT_THAT(Add("call-1", "ada"), IsOk());
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 ada OPEN");
  // What is not the self-check's own stays when the pick changes.
  ASSERT_THAT(Pick(ann_, "ann", "call-2"), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 ada OPEN, call-2 abe OPEN");
  ASSERT_THAT(Pick(ann_, "ann", "call-2"), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 ada OPEN, call-2 abe OPEN");
}

TEST_P(SelfCheckAssignmentsTest, WhatIsScoredIsNotQueued) {
  ASSERT_THAT(Score(ada_, "call-1", 70), IsOk());
  EXPECT_THAT(Pick(ann_, "ann", "call-1"), HasReason("ALREADY_SCORED"));
  EXPECT_EQ(Queue(quinn_), "");
  ASSERT_THAT(Pick(ann_, "ann", "call-2"), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-2 abe OPEN");
}

TEST_P(SelfCheckAssignmentsTest, AnotherPickWithdrawsWhatIsUnclaimed) {
  AddContact("ann", "call-5");
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ASSERT_THAT(Pick(ann_, "ann", "call-2"), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 abe WITHDRAWN, call-2 abe OPEN");
  // Abe did not give it up, so it may come back to him.
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  EXPECT_EQ(Queue(quinn_),
            "call-1 abe WITHDRAWN, call-2 abe WITHDRAWN, call-1 abe OPEN");
  EXPECT_EQ(Claim(abe_alone_).contact(), "people/ann/contacts/call-1");
  ASSERT_THAT(Pick(ann_, "ann", "call-5"), IsOk());
  EXPECT_EQ(Queue(abe_alone_),
            "call-1 abe WITHDRAWN, call-2 abe WITHDRAWN, call-1 abe CLAIMED");
  // Where somebody is at it still, it is not queued once more.
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  EXPECT_EQ(Queue(quinn_),
            "call-1 abe WITHDRAWN, call-2 abe WITHDRAWN, call-1 abe CLAIMED, "
            "call-5 ada WITHDRAWN");
  ASSERT_THAT(Score(abe_, "call-1", 70), IsOk());
  EXPECT_THAT(Pick(ann_, "ann", "call-5"), HasReason("PICK_IN_USE"));
}

TEST_P(SelfCheckAssignmentsTest, AWithdrawnOneHasEnded) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  v1::ListAssignmentsRequest list;
  const auto all = InRead(
      [&](Transaction& tx) { return assignments_.List(tx, quinn_, list); });
  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(Pick(ann_, "ann", "call-2"), IsOk());
  v1::ClaimAssignmentRequest request;
  request.set_name(all->assignments(0).name());
  const auto refused = InWrite([&](Transaction& tx) {
    return assignments_.Claim(tx, abe_alone_, request);
  });
  EXPECT_THAT(refused, HasReason("ASSIGNMENT_ENDED"));
  EXPECT_THAT(std::string(refused.status().message()),
              testing::HasSubstr("is withdrawn"));
}

TEST_P(SelfCheckAssignmentsTest, SkippingPassesItOnWithItsReason) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  const v1::Assignment claimed = Claim(abe_alone_);
  v1::SkipAssignmentRequest request;
  request.set_name(claimed.name());
  request.set_reason("No sound.");
  const auto skipped = InWrite([&](Transaction& tx) {
    return assignments_.Skip(tx, abe_alone_, request);
  });
  ASSERT_THAT(skipped, IsOk());
  EXPECT_EQ(skipped->successor().advocate(), "people/ada");
  EXPECT_EQ(skipped->successor().self_check_cycle(), "selfCheckCycles/h1");
  EXPECT_EQ(skipped->successor().form_revision(), "forms/call/revisions/1");
  ASSERT_THAT(Pick(ann_, "ann", "call-2"), IsOk());
  EXPECT_EQ(Queue(quinn_),
            "call-1 abe SKIPPED, call-1 ada WITHDRAWN, call-2 abe OPEN");
}

TEST_P(SelfCheckAssignmentsTest, ClosingTheCycleWithdrawsWhatIsUnclaimed) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ASSERT_THAT(Pick(lea_, "ann", "call-2"), IsOk());
  Claim(abe_alone_);
  ASSERT_THAT(Close(), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 abe CLAIMED, call-2 ada WITHDRAWN");
}

TEST_P(SelfCheckAssignmentsTest, WhatIsVoidWaitsForSomebodyElse) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation first,
                              Score(abe_, "call-1", 70));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation second,
                              Score(ada_, "call-1", 70));
  // Ada's counts still.
  ASSERT_THAT(Void(first), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 abe DONE");
  ASSERT_THAT(Void(second), IsOk());
  EXPECT_EQ(Queue(quinn_), "call-1 abe DONE, call-1 ada OPEN");
}

TEST_P(SelfCheckAssignmentsTest, PickingIsAllOrNothingWhicheverStatementFails) {
  ASSERT_THAT(Pick(ann_, "ann", "call-1"), IsOk());
  v1::PickContactRequest request;
  request.set_name("people/ann/selfChecks/h1");
  request.set_contact("people/ann/contacts/call-2");
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 100);
    FaultyDatabase faulty(db(), nth);
    const absl::Status status = faulty.WriteAndWait([&](Transaction& tx) {
      return self_checks_.Pick(tx, ann_, request).status();
    });
    if (!faulty.fired()) {
      EXPECT_THAT(status, IsOk());
      break;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_EQ(Queue(quinn_), "call-1 abe OPEN");
    EXPECT_EQ(ToScore(quinn_), "ann/call-1");
  }
  EXPECT_EQ(Queue(quinn_), "call-1 abe WITHDRAWN, call-2 abe OPEN");
  EXPECT_EQ(ToScore(quinn_), "ann/call-2");
}

ATTUNE_ON_EVERY_BACKEND(SelfCheckAssignmentsTest);

}  // namespace
}  // namespace attune
