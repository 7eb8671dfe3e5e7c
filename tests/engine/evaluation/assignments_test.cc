#include "engine/evaluation/assignments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/engine/evaluation/queue_test.h"

namespace attune {
namespace {

using testing::HasSubstr;

using AssignmentsTest = QueueTest;

TEST_P(AssignmentsTest, SubmittingCompletesWhatTheRaterWasGiven) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto mine, Add("call-1", "ada"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto other, Add("call-1", "abe"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation submitted,
      Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto done, Get(quinn_, mine.name()));
  EXPECT_EQ(done.state(), v1::Assignment::STATE_DONE);
  EXPECT_EQ(done.evaluation(), submitted.name());
  EXPECT_EQ(done.etag(), "2");
  EXPECT_EQ(done.end_time().seconds(), submitted.submit_time().seconds());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto open, Get(quinn_, other.name()));
  EXPECT_EQ(open.state(), v1::Assignment::STATE_OPEN);
  EXPECT_THAT(Claim(ada_alone_, mine.name()), HasReason("ASSIGNMENT_ENDED"));
  EXPECT_THAT(Skip(ada_alone_, mine.name()), HasReason("ASSIGNMENT_ENDED"));
  EXPECT_THAT(Reassign(quinn_, mine.name(), "abe"),
              HasReason("ASSIGNMENT_ENDED"));
  EXPECT_THAT(Add("call-1", "ada"), HasReason("SCORED_BEFORE"));
}

TEST_P(AssignmentsTest, ADraftCompletesItWhenItIsSubmitted) {
  ASSERT_THAT(Add("call-1", "ada"), IsOk());
  v1::CreateEvaluationRequest create;
  create.set_parent("people/ann");
  *create.mutable_evaluation() = AnswersTo("yes", "yes", "no");
  create.mutable_evaluation()->set_contact("people/ann/contacts/call-1");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto draft, InWrite([&](Transaction& tx) {
                                return evaluations_.Create(tx, ada_, create);
                              }));
  EXPECT_EQ(List(quinn_), "call-1 ada OPEN");
  v1::SubmitEvaluationRequest submit;
  submit.mutable_evaluation()->set_name(draft.name());
  submit.mutable_evaluation()->set_etag(draft.etag());
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Submit(tx, ada_, submit);
              }),
              IsOk());
  EXPECT_EQ(List(quinn_), "call-1 ada DONE");
}

TEST_P(AssignmentsTest, NextIsWhatIsClaimedThenWhatIsDueThenWhatIsShared) {
  ASSERT_THAT(Add("call-3", ""), IsOk());
  ASSERT_THAT(Add("call-2", "ada"), IsOk());
  ASSERT_THAT(Add("call-1", "ada"), IsOk());
  EXPECT_EQ(NextOf(ada_alone_), "call-2 ada OPEN 2");
  EXPECT_EQ(NextOf(ada_alone_, true), "call-2 ada CLAIMED 2");
  EXPECT_EQ(NextOf(ada_alone_, true), "call-2 ada CLAIMED 2");
  ASSERT_THAT(Submit(ada_, "call-2", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_EQ(NextOf(ada_alone_), "call-1 ada OPEN 1");
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_EQ(NextOf(ada_alone_), "call-3 - OPEN 0");
  EXPECT_EQ(NextOf(abe_alone_, true), "call-3 abe CLAIMED 1");
  EXPECT_EQ(NextOf(ada_alone_), "");
  EXPECT_THAT(Next(admin_), HasReason("NO_PERSON"));
}

TEST_P(AssignmentsTest, WhatNobodyHoldsIsOfferedToWhoMayTakeIt) {
  GiveRole("ann", v1::ROLE_ADVOCATE);
  ASSERT_THAT(Add("call-1", ""), IsOk());
  EXPECT_EQ(NextOf(CallerOf("ann", "red", v1::ROLE_ADVOCATE, kHolding)), "");
  EXPECT_EQ(NextOf(CallerOf("lea", "red", v1::ROLE_LEAD, kLeading)),
            "call-1 - OPEN 0");
  EXPECT_EQ(NextOf(CallerOf("leo", "blue", v1::ROLE_LEAD, kLeading)), "");
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_EQ(NextOf(ada_alone_), "");
  EXPECT_EQ(NextOf(abe_alone_), "call-1 - OPEN 0");
}

TEST_P(AssignmentsTest, APlanSharesWhatNobodyHoldsIfItSaysSo) {
  for (const bool share : {false, true}) {
    const std::string id = share ? "shared" : "closed";
    ASSERT_THAT(
        CreatePlan(absl::StrCat("advocates: ['people/ada', 'people/quinn'] "
                                "share_unheld: ",
                                share ? "true" : "false"),
                   id),
        IsOk());
    ASSERT_THAT(DrawPeriod("2026-W10", false, id), IsOk());
    const std::string filter =
        absl::StrCat("plan: 'samplingPlans/", id, "' agent: 'people/bob'");
    v1::ListAssignmentsRequest request;
    request.set_plan(absl::StrCat("samplingPlans/", id));
    request.set_agent("people/bob");
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto list, InRead([&](Transaction& tx) {
                                  return assignments_.List(tx, quinn_, request);
                                }));
    const std::string name = list.assignments(0).name();
    ASSERT_THAT(Reassign(quinn_, name, ""), IsOk());
    EXPECT_EQ(List(quinn_, filter), "call-3 - OPEN");
    EXPECT_THAT(Claim(abe_alone_, name), HasReason("NOT_SHARED"));
    if (share) {
      EXPECT_THAT(Claim(ada_alone_, name), IsOk());
    } else {
      EXPECT_THAT(Claim(ada_alone_, name), HasReason("NOT_SHARED"));
      EXPECT_THAT(NextOf(abe_alone_), "");
    }
  }
}

TEST_P(AssignmentsTest, ClaimingIsForItsAdvocateAndSaysWhoHasIt) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto mine, Add("call-1", "ada"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto free, Add("call-2", ""));
  EXPECT_THAT(Claim(ada_alone_, mine.name(), "9"), HasReason("ETAG_MISMATCH"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto claimed,
                              Claim(ada_alone_, mine.name(), "1"));
  EXPECT_EQ(Told(claimed), "call-1 ada CLAIMED");
  EXPECT_EQ(claimed.etag(), "2");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto again, Claim(ada_alone_, mine.name()));
  EXPECT_EQ(again.SerializeAsString(), claimed.SerializeAsString());
  const auto lost = Claim(abe_alone_, mine.name());
  EXPECT_THAT(lost, HasReason("ASSIGNMENT_HELD"));
  EXPECT_THAT(std::string(lost.status().message()), HasSubstr("people/ada"));
  ASSERT_THAT(Claim(abe_alone_, free.name()), IsOk());
  EXPECT_THAT(Claim(ada_alone_, "assignments/none"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Claim(ada_alone_, "none"), HasViolation("name", "NAME_INVALID"));
}

TEST_P(AssignmentsTest, OfManyWhoClaimAtOnceOneWins) {
  constexpr int kAdvocates = 8;
  for (int i = 0; i < kAdvocates; ++i) {
    AddPerson(absl::StrCat("adv", i), v1::ROLE_ADVOCATE, "");
  }
  int64_t now_us = now_us_;
  const Assignments assignments([now_us] { return now_us; });
  for (int round = 0; round < 10; ++round) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto free, Add("call-1", ""));
    std::vector<absl::Status> ended(kAdvocates);
    std::vector<std::thread> threads;
    for (int i = 0; i < kAdvocates; ++i) {
      threads.emplace_back([&, i] {
        v1::ClaimAssignmentRequest request;
        request.set_name(free.name());
        const Caller caller = Advocate(absl::StrCat("adv", i));
        ended[static_cast<size_t>(i)] = db().WriteAndWait([&](Transaction& tx) {
          return assignments.Claim(tx, caller, request).status();
        });
      });
    }
    for (std::thread& thread : threads) thread.join();
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto held, Get(quinn_, free.name()));
    int won = 0;
    for (int i = 0; i < kAdvocates; ++i) {
      const absl::Status& status = ended[static_cast<size_t>(i)];
      if (status.ok()) {
        ++won;
        EXPECT_EQ(held.advocate(), absl::StrCat("people/adv", i));
      } else {
        EXPECT_THAT(status, HasReason("ASSIGNMENT_HELD"));
        EXPECT_THAT(std::string(status.message()), HasSubstr(held.advocate()));
      }
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(held.etag(), "2");
    // Else who won would be refused what they have had.
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return tx.Run("DELETE FROM assignment", {}).status();
                }),
                IsOk());
  }
}

TEST_P(AssignmentsTest, WhatIsSharedIsTakenOnceByThoseWhoAskAtOnce) {
  const std::vector<std::string> contacts = {"call-1", "call-2", "call-3"};
  for (const std::string& contact : contacts) {
    ASSERT_THAT(Add(contact, ""), IsOk());
  }
  for (int i = 0; i < 6; ++i) {
    AddPerson(absl::StrCat("adv", i), v1::ROLE_ADVOCATE, "");
  }
  int64_t now_us = now_us_;
  const Assignments assignments([now_us] { return now_us; });
  std::vector<std::string> taken(6);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < taken.size(); ++i) {
    threads.emplace_back([&, i] {
      v1::NextAssignmentRequest request;
      request.set_claim(true);
      const Caller caller = Advocate(absl::StrCat("adv", i));
      const auto next = attune::InWrite(db(), [&](Transaction& tx) {
        return assignments.Next(tx, caller, request);
      });
      EXPECT_THAT(next, IsOk());
      if (next.ok()) taken[i] = next->assignment().contact();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(taken, testing::UnorderedElementsAre("people/ann/contacts/call-1",
                                                   "people/ann/contacts/call-2",
                                                   "people/bob/contacts/call-3",
                                                   "", "", ""));
}

TEST_P(AssignmentsTest, WhatIsSkippedGoesToWhoHasLeastAndNeverHadIt) {
  AddPerson("amy", v1::ROLE_ADVOCATE, "");
  ASSERT_THAT(Add("call-2", "amy"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto mine, Add("call-1", "ada"));
  EXPECT_THAT(Skip(ada_alone_, mine.name(), ""),
              HasViolation("reason", "REASON_MISSING"));
  EXPECT_THAT(Skip(abe_alone_, mine.name()),
              StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto first, Skip(ada_alone_, mine.name()));
  EXPECT_EQ(Told(first.assignment()), "call-1 ada SKIPPED");
  EXPECT_EQ(first.assignment().skip_reason(), "no sound");
  EXPECT_EQ(Told(first.successor()), "call-1 abe OPEN");
  EXPECT_EQ(first.successor().due_time().seconds(), mine.due_time().seconds());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto second,
                              Skip(abe_alone_, first.successor().name()));
  EXPECT_EQ(Told(second.successor()), "call-1 amy OPEN");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto third,
                              Skip(Advocate("amy"), second.successor().name()));
  EXPECT_EQ(Told(third.successor()), "call-1 - OPEN");
  // Nobody who had it is offered it again.
  EXPECT_EQ(NextOf(ada_alone_), "");
  EXPECT_THAT(Claim(ada_alone_, third.successor().name()),
              HasReason("HAD_BEFORE"));
  EXPECT_THAT(Skip(ada_alone_, third.successor().name()),
              HasReason("NOT_HELD"));
  // Who leads may still give it to somebody, or give it up.
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const auto given, Reassign(quinn_, third.successor().name(), "ada"));
  EXPECT_EQ(Told(given), "call-1 ada OPEN");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto ended, Skip(quinn_, given.name()));
  EXPECT_FALSE(ended.has_successor());
}

TEST_P(AssignmentsTest, OnlyThoseWhoMayScoreAreGivenIt) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto mine, Add("call-1", "ada"));
  AddPerson("leo", v1::ROLE_LEAD, "blue");
  GiveRole("ann", v1::ROLE_ADVOCATE);
  EXPECT_THAT(Add("call-1", "ann"), HasReason("OWN_CONTACT"));
  EXPECT_THAT(Add("call-1", "bob"), HasReason("MAY_NOT_SCORE"));
  EXPECT_THAT(Add("call-1", "leo"), HasReason("MAY_NOT_SCORE"));
  EXPECT_THAT(Add("call-1", "ada"), HasReason("IN_QUEUE"));
  EXPECT_THAT(Add("call-1", "none"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Add("call-9", "ada"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Reassign(quinn_, mine.name(), "ann"), HasReason("OWN_CONTACT"));
  EXPECT_THAT(Reassign(quinn_, mine.name(), "leo"), HasReason("MAY_NOT_SCORE"));
  ASSERT_THAT(Add("call-1", "abe"), IsOk());
  EXPECT_THAT(Reassign(quinn_, mine.name(), "abe"), HasReason("IN_QUEUE"));
  EXPECT_EQ(List(quinn_), "call-1 ada OPEN, call-1 abe OPEN");
}

TEST_P(AssignmentsTest, WhatIsWrongWithANewOneIsToldAtOnce) {
  v1::CreateAssignmentRequest request;
  v1::Assignment& wanted = *request.mutable_assignment();
  wanted.set_contact("call-1");
  wanted.set_form("call");
  wanted.set_advocate("ada");
  wanted.mutable_due_time()->set_nanos(-1);
  wanted.mutable_expire_time()->set_seconds(1);
  const auto status = InWrite([&](Transaction& tx) {
    return assignments_.Create(tx, quinn_, request);
  });
  for (const char* field : {"contact", "form", "advocate"}) {
    EXPECT_THAT(status, HasViolation(absl::StrCat("assignment.", field),
                                     "NAME_INVALID"));
  }
  for (const char* field : {"due_time", "expire_time"}) {
    EXPECT_THAT(status, HasViolation(absl::StrCat("assignment.", field),
                                     "TIME_INVALID"));
  }
}

TEST_P(AssignmentsTest, LeadsReachTheirTeamAlone) {
  const Caller lea = CallerOf("lea", "red", v1::ROLE_LEAD, kTeam);
  const Caller reading = CallerOf("lea", "red", v1::ROLE_LEAD, kLeading);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto red, Add("call-1", "ada", lea));
  EXPECT_THAT(Add("call-3", "ada", lea), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto blue, Add("call-3", "ada"));
  EXPECT_EQ(List(reading), "call-1 ada OPEN");
  EXPECT_THAT(Get(reading, blue.name()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Reassign(lea, blue.name(), "abe"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Reassign(lea, red.name(), "abe"), IsOk());
  EXPECT_EQ(List(abe_alone_), "call-1 abe OPEN");
  EXPECT_EQ(List(ada_alone_), "call-3 ada OPEN");
}

TEST_P(AssignmentsTest, NobodySeesWhatIsAboutThem) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto about_ann, Add("call-1", ""));
  for (const Reach& reach : {kHolding, kLeading, kAll}) {
    const Caller ann = CallerOf("ann", "red", v1::ROLE_QA_LEAD, reach);
    EXPECT_EQ(List(ann), "");
    EXPECT_THAT(Get(ann, about_ann.name()),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(Claim(ann, about_ann.name()),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(Skip(ann, about_ann.name()),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_THAT(Add("call-1", "ada", ann),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_EQ(NextOf(ann), "");
  }
  EXPECT_EQ(List(ada_alone_), "call-1 - OPEN");
}

TEST_P(AssignmentsTest, WhatExpiresIsToldWithoutATimerAndStaysExpired) {
  v1::CreateAssignmentRequest request;
  v1::Assignment& wanted = *request.mutable_assignment();
  wanted.set_contact("people/ann/contacts/call-1");
  wanted.set_form("forms/call");
  wanted.set_advocate("people/ada");
  wanted.mutable_expire_time()->set_seconds(now_us_ / 1'000'000 + 3600);
  const auto add = [&](Transaction& tx) {
    return assignments_.Create(tx, quinn_, request);
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto mine, InWrite(add));
  EXPECT_EQ(List(ada_alone_, "state: STATE_OPEN"), "call-1 ada OPEN");
  now_us_ += int64_t{3600} * 1'000'000;
  EXPECT_EQ(List(ada_alone_), "call-1 ada EXPIRED");
  EXPECT_EQ(List(ada_alone_, "state: STATE_OPEN"), "");
  EXPECT_EQ(List(ada_alone_, "state: STATE_EXPIRED"), "call-1 ada EXPIRED");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto read, Get(ada_alone_, mine.name()));
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_EQ(NextOf(ada_alone_), "");
  // Written down by now, and the same to its reader.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto again, Get(ada_alone_, mine.name()));
  EXPECT_EQ(again.SerializeAsString(), read.SerializeAsString());
  EXPECT_THAT(Claim(ada_alone_, mine.name()), HasReason("ASSIGNMENT_ENDED"));
  // It is in nobody's way.
  wanted.set_advocate("people/abe");
  wanted.clear_expire_time();
  EXPECT_THAT(InWrite(add), IsOk());
}

TEST_P(AssignmentsTest, TheBacklogStaysWhenThePeriodIsOver) {
  ASSERT_THAT(CreatePlan(), IsOk());
  ASSERT_THAT(DrawPeriod(), IsOk());
  const std::string before = List(quinn_);
  now_us_ += 90 * kMicrosPerDay;
  EXPECT_EQ(List(quinn_), before);
  EXPECT_EQ(List(quinn_, "plan: 'samplingPlans/weekly/draws/2026-W10'"),
            before);
  EXPECT_EQ(List(quinn_, "plan: 'samplingPlans/weekly/draws/2026-W11'"), "");
}

TEST_P(AssignmentsTest, ListsAreFilteredAndPaged) {
  ASSERT_THAT(Add("call-1", "ada"), IsOk());
  ASSERT_THAT(Add("call-2", ""), IsOk());
  ASSERT_THAT(Add("call-3", "abe"), IsOk());
  EXPECT_EQ(List(quinn_, "advocate: 'people/ada'"), "call-1 ada OPEN");
  EXPECT_EQ(List(quinn_, "advocate: 'people/-'"), "call-2 - OPEN");
  EXPECT_EQ(List(quinn_, "agent: 'people/bob'"), "call-3 abe OPEN");
  EXPECT_EQ(List(quinn_, "state: STATE_DONE"), "");
  v1::ListAssignmentsRequest request;
  request.set_page_size(2);
  const auto page = [&] {
    return InRead([&](Transaction& tx) {
      return assignments_.List(tx, quinn_, request);
    });
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto first, page());
  EXPECT_EQ(first.assignments_size(), 2);
  request.set_page_token(first.next_page_token());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto second, page());
  ASSERT_EQ(second.assignments_size(), 1);
  EXPECT_EQ(Told(second.assignments(0)), "call-3 abe OPEN");
  EXPECT_EQ(second.next_page_token(), "");
  request.Clear();
  request.set_advocate("ada");
  request.set_plan("weekly");
  request.set_agent("x");
  for (const char* field : {"advocate", "plan", "agent"}) {
    EXPECT_THAT(page(), HasViolation(field, "NAME_INVALID"));
  }
}

ATTUNE_ON_EVERY_BACKEND(AssignmentsTest);

}  // namespace
}  // namespace attune
