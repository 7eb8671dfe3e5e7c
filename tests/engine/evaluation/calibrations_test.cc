#include "engine/evaluation/calibrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "engine/evaluation/self_checks.h"
#include "engine/store/rollups.h"
#include "tests/engine/evaluation/calibration_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kCall1[] = "people/ann/contacts/call-1";
constexpr char kCall2[] = "people/ann/contacts/call-2";

class CalibrationsTest : public CalibrationTest {
 protected:
  v1::Calibration Session() {
    const auto session = Create(Wanted({"call-1", "call-2"}));
    EXPECT_THAT(session, IsOk());
    return session.value_or(v1::Calibration());
  }
  // "ada 1, abe 0".
  static std::vector<int> Progress(const v1::Calibration& session) {
    std::vector<int> progress;
    for (const auto& one : session.progress()) {
      progress.push_back(one.submitted());
    }
    return progress;
  }
  absl::StatusOr<v1::Evaluation> Update(const Caller& rater,
                                        const v1::Evaluation& draft,
                                        const std::string& path = "") {
    v1::UpdateEvaluationRequest request;
    *request.mutable_evaluation() = draft;
    if (!path.empty()) request.mutable_update_mask()->add_paths(path);
    return InWrite([&](Transaction& tx) {
      return evaluations_.Update(tx, rater, request);
    });
  }
  // How many sessions the caller is shown.
  int Sessions(const Caller& caller) {
    const auto list = InRead([&](Transaction& tx) {
      return calibrations_.List(tx, caller, v1::ListCalibrationsRequest());
    });
    EXPECT_THAT(list, IsOk());
    return list->calibrations_size();
  }
  // Rows of rollups, whatever their kind.
  std::vector<Tally> Rollups() {
    std::vector<Tally> tallies;
    EXPECT_THAT(InRead([&](Transaction& tx) {
                  tallies.clear();
                  return ScanRollups(tx, {},
                                     [&](const RollupKey&, const Tally& one) {
                                       tallies.push_back(one);
                                       return absl::OkStatus();
                                     });
                }),
                IsOk());
    return tallies;
  }
};

TEST_P(CalibrationsTest, ASessionIsFrozenWhenItIsMade) {
  v1::Calibration wanted = Wanted({"call-1", "call-3"});
  wanted.clear_seed();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration session, Create(wanted));
  EXPECT_EQ(session.form_revision(), "forms/call/revisions/1");
  EXPECT_THAT(session.contacts(),
              ElementsAre(kCall1, "people/bob/contacts/call-3"));
  EXPECT_EQ(session.tolerance(), 5);
  EXPECT_TRUE(session.has_seed());
  EXPECT_EQ(session.state(), v1::Calibration::STATE_OPEN);
  EXPECT_EQ(session.creator(), "people/quinn");
  EXPECT_THAT(Progress(session), ElementsAre(0, 0));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration stored,
                              Get(quinn_, session.name()));
  EXPECT_EQ(stored.SerializeAsString(), session.SerializeAsString());
}

TEST_P(CalibrationsTest, WhatIsWrongIsToldAndNothingIsStored) {
  const struct {
    const char* field;
    const char* reason;
    std::function<void(v1::Calibration&)> spoil;
  } kTable[] = {
      {"calibration.title", "TITLE_MISSING",
       [](v1::Calibration& c) { c.clear_title(); }},
      {"calibration.form_revision", "NAME_INVALID",
       [](v1::Calibration& c) { c.set_form_revision("call"); }},
      {"calibration.contacts", "CONTACTS_SIZE",
       [](v1::Calibration& c) { c.clear_contacts(); }},
      {"calibration.contacts", "CONTACTS_SIZE",
       [](v1::Calibration& c) {
         for (int i = 0; i < 50; ++i) {
           c.add_contacts(absl::StrCat("people/ann/contacts/x", i));
         }
       }},
      {"calibration.contacts[1]", "NAME_INVALID",
       [](v1::Calibration& c) { c.add_contacts("call-2"); }},
      {"calibration.contacts[1]", "CONTACT_DUPLICATE",
       [](v1::Calibration& c) { c.add_contacts(c.contacts(0)); }},
      {"calibration.contacts[1]", "CONTACT_DUPLICATE",
       [](v1::Calibration& c) { c.add_contacts(kCall1); }},
      {"calibration.raters", "RATERS_SIZE",
       [](v1::Calibration& c) { c.mutable_raters()->RemoveLast(); }},
      {"calibration.raters[2]", "RATER_DUPLICATE",
       [](v1::Calibration& c) { c.add_raters("people/ada"); }},
      {"calibration.raters[2]", "NAME_INVALID",
       [](v1::Calibration& c) { c.add_raters("abe"); }},
      {"calibration.raters[2]", "RATER_IS_AGENT",
       [](v1::Calibration& c) { c.add_raters("people/ann"); }},
      {"calibration.raters[2]", "RATER_ROLE",
       [](v1::Calibration& c) { c.add_raters("people/bob"); }},
      {"calibration.reference_rater", "REFERENCE_NOT_A_RATER",
       [](v1::Calibration& c) { c.set_reference_rater("people/quinn"); }},
      {"calibration.tolerance", "TOLERANCE_OUT_OF_RANGE",
       [](v1::Calibration& c) { c.set_tolerance(-1); }},
      {"calibration.tolerance", "TOLERANCE_OUT_OF_RANGE",
       [](v1::Calibration& c) {
         c.set_tolerance(std::numeric_limits<double>::quiet_NaN());
       }},
  };
  for (const auto& row : kTable) {
    v1::Calibration wanted = Wanted({"call-1"});
    row.spoil(wanted);
    EXPECT_THAT(Create(wanted), HasViolation(row.field, row.reason));
  }
  v1::Calibration wanted = Wanted({"call-9"});
  EXPECT_THAT(Create(wanted), StatusIs(absl::StatusCode::kNotFound));
  wanted = Wanted({"call-1"});
  wanted.add_raters("people/nobody");
  EXPECT_THAT(Create(wanted), StatusIs(absl::StatusCode::kNotFound));
  wanted = Wanted({"call-1"});
  wanted.set_form_revision("forms/call/revisions/9");
  EXPECT_THAT(Create(wanted), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Sessions(quinn_), 0);
}

TEST_P(CalibrationsTest, OnlyItsRatersRateAndOnlyItsContacts) {
  const v1::Calibration session = Session();
  EXPECT_THAT(Begin(quinn_, session, kCall1), HasReason("NOT_A_RATER"));
  EXPECT_THAT(Begin(lea_reads_, session, kCall1),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Begin(ada_reads_, session, "people/bob/contacts/call-3"),
              HasViolation("contact", "CONTACT_NOT_RATED_HERE"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ada_reads_, session, kCall1));
  EXPECT_EQ(draft.kind(), v1::Evaluation::KIND_CALIBRATION);
  EXPECT_EQ(draft.calibration(), session.name());
  EXPECT_TRUE(draft.withheld());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation again,
                              Begin(ada_reads_, session, kCall1));
  EXPECT_EQ(again.name(), draft.name());
  v1::Evaluation other = draft;
  other.set_form_revision("forms/call");
  EXPECT_THAT(Update(ada_, other, "form_revision"),
              HasViolation("update_mask", "REVISION_FIXED"));
  ASSERT_THAT(SubmitDraft(ada_, draft, AnswersTo("half", "yes", "no")), IsOk());
  EXPECT_THAT(Begin(ada_reads_, session, kCall1), HasReason("SCORED_BEFORE"));
}

TEST_P(CalibrationsTest, NobodyPeeksBeforeItIsClosed) {
  const v1::Calibration session = Session();
  const std::vector<Caller> others = {abe_reads_, lea_reads_, ann_,    bob_,
                                      quinn_,     admin_,     analyst_};
  const auto expect_blind = [&](const std::string& name) {
    EXPECT_THAT(Read(ada_reads_, name), IsOk());
    EXPECT_EQ(Listed(ada_reads_), 1);
    for (const Caller& other : others) {
      EXPECT_THAT(Read(other, name), StatusIs(absl::StatusCode::kNotFound))
          << other.token;
      EXPECT_EQ(Listed(other), 0) << other.token;
    }
    for (const Caller& caller : {ada_reads_, abe_reads_, quinn_, admin_}) {
      EXPECT_THAT(Result(caller, session), HasReason("CALIBRATION_OPEN"));
    }
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ada_reads_, session, kCall1));
  expect_blind(draft.name());
  ASSERT_THAT(SubmitDraft(ada_, draft, AnswersTo("half", "yes", "no")), IsOk());
  expect_blind(draft.name());
  for (const Caller& caller : {ada_reads_, abe_reads_, quinn_, analyst_}) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration told,
                                Get(caller, session.name()));
    EXPECT_THAT(Progress(told), ElementsAre(1, 0));
  }
  for (const Caller& caller : {lea_reads_, ann_, bob_}) {
    EXPECT_THAT(Get(caller, session.name()),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_EQ(Sessions(caller), 0);
  }
  EXPECT_EQ(Sessions(abe_reads_), 1);

  ASSERT_THAT(Close(quinn_, session), IsOk());
  for (const Caller& caller : {ada_reads_, abe_reads_, quinn_, admin_}) {
    EXPECT_THAT(Read(caller, draft.name()), IsOk()) << caller.token;
    EXPECT_EQ(Listed(caller), 1) << caller.token;
    EXPECT_THAT(Result(caller, session), IsOk());
  }
  for (const Caller& caller : {lea_reads_, ann_, bob_, analyst_}) {
    EXPECT_THAT(Read(caller, draft.name()),
                StatusIs(absl::StatusCode::kNotFound))
        << caller.token;
    EXPECT_EQ(Listed(caller), 0) << caller.token;
  }
  EXPECT_THAT(Result(lea_reads_, session),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Result(analyst_, session), IsOk());
}

TEST_P(CalibrationsTest, ClosedWithoutEverybodyItSaysWhoIsMissing) {
  v1::Calibration wanted = Wanted({"call-1", "call-2"});
  wanted.add_raters("people/lea");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration session, Create(wanted));
  ASSERT_THAT(Rate(ada_, session, kCall1, AnswersTo("half", "yes", "no")),
              IsOk());
  ASSERT_THAT(Begin(ada_, session, kCall2), IsOk());
  ASSERT_THAT(Rate(abe_, session, kCall1, AnswersTo("yes", "yes", "no")),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration closed,
                              Close(quinn_, session));
  EXPECT_EQ(closed.closer(), "people/quinn");
  EXPECT_THAT(Progress(closed), ElementsAre(1, 1, 0));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CalibrationResult result,
                              Result(quinn_, session));
  EXPECT_EQ(result.ratings(), 2);
  EXPECT_EQ(result.unsubmitted(), 1);
  EXPECT_THAT(result.absent_raters(), ElementsAre("people/lea"));
  EXPECT_EQ(Text(result.percent_agreement()), "0.00");
  EXPECT_EQ(result.totals().icc_single().reason(), "one_target");
  EXPECT_EQ(result.distances_size(), 2);
}

TEST_P(CalibrationsTest, AfterTheCloseNothingChanges) {
  const v1::Calibration session = Session();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              Begin(ada_, session, kCall1));
  v1::Calibration stale = session;
  stale.set_etag("9");
  EXPECT_THAT(Close(quinn_, stale), HasReason("ETAG_MISMATCH"));
  stale.set_etag("");
  EXPECT_THAT(Close(quinn_, stale), HasViolation("etag", "ETAG_MISSING"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration closed,
                              Close(quinn_, session));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CalibrationResult before,
                              Result(quinn_, session));
  EXPECT_THAT(SubmitDraft(ada_, draft, AnswersTo("half", "yes", "no")),
              HasReason("CALIBRATION_CLOSED"));
  EXPECT_THAT(Update(ada_, draft), HasReason("CALIBRATION_CLOSED"));
  EXPECT_THAT(Begin(ada_, session, kCall2), HasReason("CALIBRATION_CLOSED"));
  EXPECT_THAT(Close(quinn_, closed), HasReason("CALIBRATION_CLOSED"));
  EXPECT_EQ(Read(ada_, draft.name())->state(), v1::Evaluation::STATE_DRAFT);
  EXPECT_THAT(Read(quinn_, draft.name()),
              StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CalibrationResult after,
                              Result(quinn_, session));
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

TEST_P(CalibrationsTest, RatingsNeverEnterAverages) {
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("half", "yes", "no")), IsOk());
  const std::vector<Tally> before = Rollups();
  const v1::Calibration session = Session();
  ASSERT_THAT(Rate(ada_, session, kCall1, AnswersTo("no", "yes", "yes")),
              IsOk());
  ASSERT_THAT(Rate(abe_, session, kCall1, AnswersTo("yes", "yes", "no")),
              IsOk());
  EXPECT_EQ(Rollups(), before);
  ASSERT_THAT(Close(quinn_, session), IsOk());
  EXPECT_EQ(Rollups(), before);
  EXPECT_EQ(VerifyDifferences(), "");
  v1::VoidEvaluationRequest request;
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CalibrationResult result,
                              Result(quinn_, session));
  request.set_name(result.all_ratings(0).evaluation());
  request.set_etag(Read(quinn_, request.name())->etag());
  request.set_reason("A slip.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, request);
              }),
              IsOk());
  EXPECT_EQ(Rollups(), before);
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(CalibrationsTest, AgentsNeitherAcknowledgeNorContestIt) {
  const v1::Calibration session = Session();
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation rating,
      Rate(ada_, session, kCall1, AnswersTo("half", "yes", "no")));
  ASSERT_THAT(Close(quinn_, session), IsOk());
  EXPECT_FALSE(rating.has_contest_end_time());
  v1::AcknowledgeEvaluationRequest acknowledge;
  acknowledge.set_name(rating.name());
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Acknowledge(tx, ann_, acknowledge);
              }),
              StatusIs(absl::StatusCode::kNotFound));
  v1::CreateContestRequest contest;
  contest.set_parent(rating.name());
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return contests_.Create(tx, ann_, contest);
              }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(CalibrationsTest, ACallIsRatedInEverySessionAnewBesideItsScore) {
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("half", "yes", "no")), IsOk());
  for (int i = 0; i < 2; ++i) {
    const v1::Calibration session = Session();
    EXPECT_THAT(Rate(ada_, session, kCall1, AnswersTo("yes", "yes", "no")),
                IsOk());
  }
  EXPECT_EQ(Listed(ada_reads_), 2);
}

TEST_P(CalibrationsTest, ASelfCheckOfTheSameCallShowsNothing) {
  v1::CreateSelfCheckCycleRequest cycle;
  cycle.set_cycle_id("h1");
  cycle.mutable_cycle()->set_form("forms/call");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return cycles_.Create(tx, quinn_, cycle);
              }),
              IsOk());
  v1::PickContactRequest pick;
  pick.set_name("people/ann/selfChecks/h1");
  pick.set_contact(kCall1);
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return self_checks_.Pick(tx, ann_, pick);
              }),
              IsOk());
  v1::BeginSelfEvaluationRequest begin;
  begin.set_name(pick.name());
  begin.set_contact(kCall1);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation own,
                              InWrite([&](Transaction& tx) {
                                return self_checks_.Begin(tx, ann_, begin);
                              }));
  ASSERT_THAT(SubmitDraft(ann_, own, AnswersTo("yes", "yes", "no")), IsOk());
  const v1::Calibration session = Session();
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation rating,
      Rate(ada_, session, kCall1, AnswersTo("half", "yes", "no")));
  EXPECT_TRUE(rating.withheld());
  EXPECT_THAT(Read(abe_reads_, rating.name()),
              StatusIs(absl::StatusCode::kNotFound));
  // Nor is it the advocate's side of the self-check.
  EXPECT_THAT(Read(quinn_, own.name()), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(CalibrationsTest, WhatARaterVoidsTheyRateAnew) {
  v1::Calibration wanted = Wanted({"call-1"});
  wanted.add_raters("people/quinn");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration session, Create(wanted));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation slip,
      Rate(quinn_, session, kCall1, AnswersTo("no", "no", "no")));
  v1::VoidEvaluationRequest request;
  request.set_name(slip.name());
  request.set_etag(slip.etag());
  request.set_reason("The wrong call.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, request);
              }),
              IsOk());
  EXPECT_THAT(Rate(quinn_, session, kCall1, AnswersTo("yes", "yes", "no")),
              IsOk());
  ASSERT_THAT(Close(quinn_, session), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CalibrationResult result,
                              Result(quinn_, session));
  EXPECT_EQ(result.ratings(), 1);
  EXPECT_EQ(result.distances(0).mean(), 100.0);
  EXPECT_EQ(Text(result.distances(0).signed_distance()), "- one_rater");
}

TEST_P(CalibrationsTest, ListsPageAndFilter) {
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) names.push_back(Session().name());
  ASSERT_THAT(Close(quinn_, *Get(quinn_, names[1])), IsOk());
  const auto list = [&](const Caller& caller,
                        const v1::ListCalibrationsRequest& request) {
    std::vector<std::string> found;
    const auto page = InRead([&](Transaction& tx) {
      return calibrations_.List(tx, caller, request);
    });
    EXPECT_THAT(page, IsOk());
    for (const auto& one : page->calibrations()) {
      EXPECT_EQ(one.progress_size(), 2);
      found.push_back(one.name());
    }
    found.push_back(page->next_page_token());
    return found;
  };
  v1::ListCalibrationsRequest request;
  request.set_page_size(2);
  const std::vector<std::string> first = list(abe_reads_, request);
  EXPECT_THAT(first, ElementsAre(names[2], names[1], testing::Not("")));
  request.set_page_token(first.back());
  EXPECT_THAT(list(abe_reads_, request), ElementsAre(names[0], ""));
  request.Clear();
  request.set_state(v1::Calibration::STATE_CLOSED);
  EXPECT_THAT(list(quinn_, request), ElementsAre(names[1], ""));
  request.Clear();
  request.set_rater("people/lea");
  EXPECT_THAT(list(quinn_, request), ElementsAre(""));
  request.set_rater("lea");
  EXPECT_THAT(InRead([&](Transaction& tx) {
                return calibrations_.List(tx, quinn_, request);
              }),
              HasViolation("rater", "NAME_INVALID"));
}

TEST_P(CalibrationsTest, ClosingIsAllOrNothingWhicheverStatementFails) {
  const v1::Calibration session = Session();
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation rating,
      Rate(ada_, session, kCall1, AnswersTo("half", "yes", "no")));
  v1::CloseCalibrationRequest request;
  request.set_name(session.name());
  request.set_etag(session.etag());
  bool failed = true;
  for (int nth = 1; failed; ++nth) {
    ASSERT_LT(nth, 50);
    FaultyDatabase faulty(db(), nth);
    const auto closed = InWrite(faulty, [&](Transaction& tx) {
      return calibrations_.Close(tx, quinn_, request);
    });
    failed = faulty.fired();
    EXPECT_EQ(closed.ok(), !failed) << closed.status();
    EXPECT_EQ(Result(quinn_, session).ok(), !failed);
    EXPECT_EQ(Read(abe_reads_, rating.name()).ok(), !failed);
  }
}

ATTUNE_ON_EVERY_BACKEND(CalibrationsTest);

}  // namespace
}  // namespace attune
