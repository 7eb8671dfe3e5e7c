// Owing time on the floor keeps from submitting, if a quota says so.

#include "engine/coaching/floor_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/access/tokens.h"
#include "tests/engine/coaching/floor_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using testing::HasSubstr;

class FloorGateTest : public FloorTest {
 protected:
  void SetUp() override {
    FloorTest::SetUp();
    amy_.reach = kAll;  // she scores everybody
  }
  void Block(v1::Role role, bool blocks = true) {
    v1::SetFloorQuotaRequest request;
    request.set_role(role);
    request.set_blocks_submitting(blocks);
    ASSERT_THAT(SetQuota(request), IsOk());
  }
  // As a token of hers is recognised.
  Caller Recognised(const std::string& person) {
    v1::CreateTokenRequest request;
    request.mutable_token()->set_display_name("desk");
    request.mutable_token()->set_person("people/" + person);
    const auto caller = InWrite([&](Transaction& tx) -> absl::StatusOr<Caller> {
      const Tokens tokens(clock());
      auto made = tokens.Create(tx, admin_, request);
      if (!made.ok()) return made.status();
      return tokens.Authenticate(tx, made->secret());
    });
    EXPECT_THAT(caller, IsOk());
    Caller result = caller.value_or(Caller());
    result.reach = kAll;
    return result;
  }
};

TEST_P(FloorGateTest, WhoFellShortSubmitsNothingUntilItIsLogged) {
  EXPECT_TRUE(Recognised("amy").floor_blocks.empty());
  ASSERT_THAT(
      Submit(Recognised("amy"), "call-1", AnswersTo("yes", "yes", "no")),
      IsOk());
  Block(v1::ROLE_ADVOCATE);
  const Caller amy = Recognised("amy");
  EXPECT_TRUE(amy.floor_blocks.Has(v1::ROLE_ADVOCATE));
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-23", 540, 180)), IsOk());
  const auto refused = Submit(amy, "call-2", AnswersTo("yes", "yes", "no"));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("FLOOR_HOURS_OWED"));
  EXPECT_THAT(
      std::string(refused.status().message()),
      HasSubstr("120 of 300 minutes on the floor are missing in 2026-W13"));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("attune floor log"));
  // Leave on Thursday and Friday: 180 are enough.
  ASSERT_THAT(Store(quinn_, {LeaveOf("amy", "2026-03-26"),
                             LeaveOf("amy", "2026-03-27")}),
              IsOk());
  EXPECT_THAT(Submit(amy, "call-2", AnswersTo("yes", "yes", "no")), IsOk());
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(FloorGateTest, OnlyTheLastWeekThatEndedCounts) {
  Block(v1::ROLE_ADVOCATE);
  const Caller amy = Recognised("amy");
  // W12 is empty, W13 full; what W14 has so far does not matter.
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-23", 540, 300)), IsOk());
  EXPECT_THAT(Submit(amy, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  now_us_ += 7 * kMicrosPerDay;
  EXPECT_THAT(Submit(amy, "call-2", AnswersTo("yes", "yes", "no")),
              HasReason("FLOOR_HOURS_OWED"));
  // Credit of another week does not help.
  ASSERT_THAT(Log(amy_, "amy", Of("2026-03-24", 540, 300)), IsOk());
  EXPECT_THAT(Submit(amy, "call-2", AnswersTo("yes", "yes", "no")),
              HasReason("FLOOR_HOURS_OWED"));
  Block(v1::ROLE_ADVOCATE, false);
  EXPECT_THAT(
      Submit(Recognised("amy"), "call-2", AnswersTo("yes", "yes", "no")),
      IsOk());
}

TEST_P(FloorGateTest, NewPeopleAndOtherRolesGoOn) {
  Block(v1::ROLE_ADVOCATE);
  // Ada was entered today; she owes nothing of last week.
  EXPECT_THAT(
      Submit(Recognised("ada"), "call-1", AnswersTo("yes", "yes", "no")),
      IsOk());
  EXPECT_TRUE(Recognised("quinn").floor_blocks.empty());
  EXPECT_THAT(
      Submit(Recognised("quinn"), "call-2", AnswersTo("yes", "yes", "no")),
      IsOk());
}

TEST_P(FloorGateTest, DraftsBatchesAndImportsAreSubmittingToo) {
  Block(v1::ROLE_ADVOCATE);
  const Caller amy = Recognised("amy");
  v1::Evaluation wanted = AnswersTo("yes", "yes", "no");
  wanted.set_contact("people/ann/contacts/call-1");
  v1::CreateEvaluationRequest create;
  create.set_parent("people/-");
  *create.mutable_evaluation() = wanted;
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation draft,
                              InWrite([&](Transaction& tx) {
                                return evaluations_.Create(tx, amy, create);
                              }));
  v1::SubmitEvaluationRequest submit;
  submit.mutable_evaluation()->set_name(draft.name());
  submit.mutable_evaluation()->set_etag(draft.etag());
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Submit(tx, amy, submit);
              }),
              HasReason("FLOOR_HOURS_OWED"));
  wanted.set_contact("people/ann/contacts/call-2");
  v1::BatchSubmitEvaluationsRequest batch;
  batch.add_requests()->set_parent("people/-");
  *batch.mutable_requests(0)->mutable_evaluation() = wanted;
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.BatchSubmit(tx, amy, batch);
              }),
              HasReason("FLOOR_HOURS_OWED"));
  v1::ImportEvaluationsRequest import;
  *import.mutable_evaluation() = wanted;
  import.set_skip_bad(true);
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Import(tx, amy, {import});
              }),
              HasReason("FLOOR_HOURS_OWED"));
  // The draft is still there, and changes.
  v1::UpdateEvaluationRequest update;
  *update.mutable_evaluation() = draft;
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Update(tx, amy, update);
              }),
              IsOk());
  // A service account imports others' history.
  *import.mutable_evaluation() = wanted;
  import.mutable_evaluation()->set_rater("people/amy");
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Import(tx, admin_, {import});
              }),
              IsOk());
}

TEST_P(FloorGateTest, ItReadsOnceAndOnlyWhereAQuotaBlocks) {
  FaultyDatabase no_statement(db(), 1);
  EXPECT_THAT(InRead(no_statement,
                     [&](Transaction& tx) {
                       FloorGate gate;
                       return gate.Check(tx, amy_, now_us_);
                     }),
              IsOk());
  EXPECT_FALSE(no_statement.fired());
  Caller amy = amy_;
  amy.floor_blocks.Add(v1::ROLE_ADVOCATE);
  // Quotas, the person, sessions, leave; asked again, none.
  FaultyDatabase no_fifth(db(), 5);
  EXPECT_THAT(InRead(no_fifth,
                     [&](Transaction& tx) {
                       FloorGate gate;
                       EXPECT_THAT(gate.Check(tx, amy, now_us_),
                                   HasReason("FLOOR_HOURS_OWED"));
                       return gate.Check(tx, amy, now_us_);
                     }),
              HasReason("FLOOR_HOURS_OWED"));
  EXPECT_FALSE(no_fifth.fired());
}

ATTUNE_ON_EVERY_BACKEND(FloorGateTest);

}  // namespace
}  // namespace attune
