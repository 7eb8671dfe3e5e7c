#include "engine/evaluation/draws.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "engine/evaluation/raters.h"
#include "tests/engine/evaluation/queue_test.h"
#include "tests/engine/store/faulty_database.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;

using DrawsTest = QueueTest;

// `ann 2 of 2, 1 drawn, 0 done, 0 lost, 0 short; ...`
std::string Agents(const v1::Draw& draw) {
  std::string text;
  for (const v1::Draw::Agent& agent : draw.agents()) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", agent.agent().substr(7),
                    " ", agent.wanted_count(), " of ", agent.frame_count(),
                    ", ", agent.drawn_count(), " drawn, ", agent.done_count(),
                    " done, ", agent.lost_count(), " lost, ",
                    agent.shortfall_count(), " short");
  }
  return text;
}

TEST_P(DrawsTest, DrawsTheSmallestHashesAndQueuesThem) {
  ASSERT_THAT(CreatePlan(), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw draw, DrawPeriod());
  EXPECT_EQ(draw.name(), "samplingPlans/weekly/draws/2026-W10");
  EXPECT_EQ(draw.frame_count(), 3);
  // python3: sha256 of the three names in order, a line feed after each
  EXPECT_EQ(draw.frame_hash(),
            "5e7c3caafad4a7e1ed9f585dee9d559208c7ce6e82f2c2edebdd4fedcda40e7c");
  EXPECT_EQ(draw.seed(), 7);
  EXPECT_EQ(draw.drawn_count(), 2);
  // sha256("7\npeople/ann/contacts/call-2") is the smaller of ann's two.
  ASSERT_EQ(draw.picks_size(), 2);
  EXPECT_EQ(draw.picks(0).contact(), "people/ann/contacts/call-2");
  EXPECT_EQ(draw.picks(1).contact(), "people/bob/contacts/call-3");
  ASSERT_EQ(draw.loads_size(), 2);
  EXPECT_EQ(draw.loads(0).count(), 1);
  EXPECT_EQ(draw.loads(1).count(), 1);
  EXPECT_EQ(Agents(draw),
            "ann 1 of 2, 1 drawn, 0 done, 0 lost, 0 short; "
            "bob 1 of 1, 1 drawn, 0 done, 0 lost, 0 short");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw found, GetDraw());
  EXPECT_TRUE(MessageDifferencer::Equals(found, draw));
  const std::string queue = List(quinn_);
  EXPECT_THAT(queue, testing::MatchesRegex("call-2 a.. OPEN, call-3 a.. OPEN"));
  EXPECT_EQ(VerifyDifferences(), "");
}

TEST_P(DrawsTest, APeriodIsDrawnOnce) {
  ASSERT_THAT(CreatePlan(), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw first, DrawPeriod());
  // What the plan has become changes nothing any more.
  v1::UpdateSamplingPlanRequest update;
  *update.mutable_sampling_plan() = first.plan();
  update.mutable_sampling_plan()->set_count_per_agent(2);
  update.mutable_sampling_plan()->set_seed(8);
  update.mutable_sampling_plan()->set_state(v1::SamplingPlan::STATE_ENDED);
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return plans_.Update(tx, quinn_, update);
              }),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw again, DrawPeriod());
  EXPECT_TRUE(MessageDifferencer::Equals(again, first));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw preview,
                              DrawPeriod("2026-W10", true));
  EXPECT_TRUE(MessageDifferencer::Equals(preview, first));
  EXPECT_THAT(List(quinn_), testing::MatchesRegex("[^,]*, [^,]*"));
  EXPECT_THAT(DrawPeriod("2026-W09"), HasReason("PLAN_ENDED"));
}

TEST_P(DrawsTest, AskedForAtOnceItIsDrawnOnce) {
  ASSERT_THAT(CreatePlan("count_per_agent: 2 overlap_percent: 100"), IsOk());
  const int64_t now_us = now_us_;
  const Draws draws([now_us] { return now_us; });
  v1::DrawSampleRequest request;
  request.set_name("samplingPlans/weekly");
  request.set_period("2026-W10");
  std::vector<std::string> answers(6);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) {
    threads.emplace_back([&] {
      const auto draw = attune::InWrite(db(), [&](Transaction& tx) {
        return draws.Make(tx, quinn_, request);
      });
      EXPECT_THAT(draw, IsOk());
      if (draw.ok()) answer = draw->SerializeAsString();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(answers, testing::Each(answers[0]));
  EXPECT_EQ(List(quinn_, "advocate: 'people/ada'"),
            "call-1 ada OPEN, call-2 ada OPEN, call-3 ada OPEN");
}

TEST_P(DrawsTest, APreviewIsTheDrawAndStoresNothing) {
  ASSERT_THAT(CreatePlan("overlap_percent: 50"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Draw preview, DrawPeriod("2026-W10", true));
  EXPECT_FALSE(preview.has_create_time());
  EXPECT_EQ(preview.overlap_count(), 1);
  EXPECT_TRUE(preview.connected());
  EXPECT_EQ(List(quinn_), "");
  EXPECT_THAT(GetDraw(), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw draw, DrawPeriod());
  *preview.mutable_create_time() = draw.create_time();
  EXPECT_TRUE(MessageDifferencer::Equals(preview, draw));
  EXPECT_THAT(List(quinn_), testing::MatchesRegex("[^,]*, [^,]*, [^,]*"));
}

TEST_P(DrawsTest, WhatCannotBeDrawnIsSaidAndChangesNothing) {
  EXPECT_THAT(DrawPeriod(), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(CreatePlan(), IsOk());
  EXPECT_THAT(DrawPeriod("2026-11"), HasViolation("period", "PERIOD_INVALID"));
  EXPECT_THAT(DrawPeriod("2026-W20"), HasReason("PERIOD_NOT_OVER"));
  EXPECT_THAT(DrawPeriod("2026-W20", true), HasReason("FRAME_EMPTY"));
  // The last week that is over, which has no contacts.
  EXPECT_THAT(DrawPeriod(""), HasReason("FRAME_EMPTY"));
  ASSERT_THAT(CreatePlan("population { channels: CHANNEL_CHAT }", "chats"),
              IsOk());
  EXPECT_THAT(DrawPeriod("2026-W10", false, "chats"), HasReason("FRAME_EMPTY"));
  ASSERT_THAT(CreatePlan("advocates: 'people/bob'", "bobs"), IsOk());
  EXPECT_THAT(DrawPeriod("2026-W10", false, "bobs"), HasReason("NO_ADVOCATES"));
  EXPECT_EQ(List(quinn_), "");
}

TEST_P(DrawsTest, PlansNameWhatIsNotThere) {
  const auto status = CreatePlan(
      "form: 'forms/none' population { teams: ['teams/red', 'teams/none'] "
      "people: 'people/none' } advocates: ['people/ada', 'people/none']");
  EXPECT_THAT(status, HasViolation("sampling_plan.form", "FORM_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("sampling_plan.population.teams[1]",
                                   "TEAM_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("sampling_plan.population.people[0]",
                                   "PERSON_UNKNOWN"));
  EXPECT_THAT(status,
              HasViolation("sampling_plan.advocates[1]", "PERSON_UNKNOWN"));
  EXPECT_THAT(CreatePlan("", "Weekly"),
              HasViolation("sampling_plan_id", "ID_INVALID"));
  ASSERT_THAT(CreatePlan(), IsOk());
  EXPECT_THAT(CreatePlan(), StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(DrawsTest, APlanKeepsItsSeedAndRefusesAStaleEtag) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SamplingPlan made,
                              CreatePlan("seed: 0"));
  EXPECT_EQ(made.seed(), 7);  // merging a 0 changes nothing
  v1::CreateSamplingPlanRequest create;
  create.set_sampling_plan_id("other");
  *create.mutable_sampling_plan() = made;
  create.mutable_sampling_plan()->set_seed(0);
  const auto make = [&](Transaction& tx) {
    return plans_.Create(tx, quinn_, create);
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SamplingPlan other, InWrite(make));
  EXPECT_GT(other.seed(), 0);
  v1::UpdateSamplingPlanRequest update;
  *update.mutable_sampling_plan() = other;
  update.mutable_sampling_plan()->set_seed(0);
  update.mutable_sampling_plan()->set_title("Other");
  const auto change = [&](Transaction& tx) {
    return plans_.Update(tx, quinn_, update);
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SamplingPlan changed, InWrite(change));
  EXPECT_EQ(changed.seed(), other.seed());
  EXPECT_EQ(changed.title(), "Other");
  EXPECT_EQ(changed.etag(), "2");
  EXPECT_THAT(InWrite(change), HasReason("ETAG_MISMATCH"));
}

TEST_P(DrawsTest, NobodyIsGivenTheirOwnOrWhatTheyHaveScored) {
  GiveRole("ann", v1::ROLE_ADVOCATE);
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  ASSERT_THAT(Submit(abe_, "call-2", AnswersTo("yes", "yes", "no")), IsOk());
  ASSERT_THAT(CreatePlan("count_per_agent: 5 overlap_percent: 100"), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw draw, DrawPeriod());
  EXPECT_EQ(List(quinn_, "agent: 'people/ann'"),
            "call-1 abe OPEN, call-2 ada OPEN");
  EXPECT_EQ(draw.overlap_count(), 1);  // bob's alone
  EXPECT_EQ(Agents(draw),
            "ann 5 of 2, 2 drawn, 0 done, 0 lost, 3 short; "
            "bob 5 of 1, 1 drawn, 0 done, 0 lost, 4 short");
}

TEST_P(DrawsTest, TellsWhatHasBecomeOfIt) {
  ASSERT_THAT(CreatePlan("count_per_agent: 2 expire_after { seconds: 86400 } "
                         "advocates: 'people/ada'"),
              IsOk());
  ASSERT_THAT(DrawPeriod(), IsOk());
  ASSERT_EQ(List(quinn_), "call-1 ada OPEN, call-2 ada OPEN, call-3 ada OPEN");
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto next, Next(ada_alone_));
  ASSERT_THAT(Skip(quinn_, next.assignment().name()), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw soon, GetDraw());
  EXPECT_EQ(Agents(soon),
            "ann 2 of 2, 2 drawn, 1 done, 1 lost, 1 short; "
            "bob 2 of 1, 1 drawn, 0 done, 0 lost, 1 short");
  now_us_ += 2 * kMicrosPerDay;
  EXPECT_EQ(List(quinn_),
            "call-1 ada DONE, call-2 ada SKIPPED, "
            "call-3 ada EXPIRED");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Draw late, GetDraw());
  EXPECT_EQ(Agents(late),
            "ann 2 of 2, 2 drawn, 1 done, 1 lost, 1 short; "
            "bob 2 of 1, 1 drawn, 0 done, 1 lost, 2 short");
  v1::ListDrawsRequest request;
  request.set_parent("samplingPlans/weekly");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto list, InRead([&](Transaction& tx) {
                                return draws_.List(tx, quinn_, request);
                              }));
  ASSERT_EQ(list.draws_size(), 1);
  EXPECT_EQ(list.draws(0).done_count(), 1);
  EXPECT_EQ(list.draws(0).lost_count(), 2);
  EXPECT_EQ(list.draws(0).shortfall_count(), 3);
  EXPECT_EQ(list.draws(0).picks_size(), 0);
}

TEST_P(DrawsTest, DrawsAreListedByPageTheLatestFirst) {
  ASSERT_THAT(CreatePlan("period: PERIOD_DAY"), IsOk());
  for (const char* day : {"2026-03-03", "2026-03-02", "2026-03-04"}) {
    ASSERT_THAT(DrawPeriod(day), IsOk());
  }
  v1::ListDrawsRequest request;
  request.set_parent("samplingPlans/weekly");
  request.set_page_size(2);
  std::string text;
  do {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto page, InRead([&](Transaction& tx) {
                                  return draws_.List(tx, quinn_, request);
                                }));
    for (const auto& draw : page.draws()) {
      absl::StrAppend(&text, draw.name().substr(draw.name().size() - 2), " ");
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(text, "04 03 02 ");
}

TEST_P(DrawsTest, DrawingIsAllOrNothingWhicheverStatementFails) {
  ASSERT_THAT(CreatePlan("count_per_agent: 2 overlap_percent: 100"), IsOk());
  v1::DrawSampleRequest request;
  request.set_name("samplingPlans/weekly");
  request.set_period("2026-W10");
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 100);
    FaultyDatabase faulty(db(), nth);
    const absl::Status status = faulty.WriteAndWait([&](Transaction& tx) {
      return draws_.Make(tx, quinn_, request).status();
    });
    if (!faulty.fired()) {
      EXPECT_THAT(status, IsOk());
      break;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_EQ(List(quinn_), "");
    EXPECT_THAT(GetDraw(), StatusIs(absl::StatusCode::kNotFound));
  }
  EXPECT_THAT(GetDraw(), IsOk());
}

ATTUNE_ON_EVERY_BACKEND(DrawsTest);

TEST(DrawsUpgradeTest, AStoreFromBeforeKeepsItsPeopleAndCanDraw) {
  TempDir dir;
  const SqliteOptions options = {.folder = dir.file("store")};
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const auto before, OpenSqlite(options, Migrations().subspan(0, 1)));
    ASSERT_THAT(InWrite(*before,
                        [](Transaction& tx) {
                          return tx.Send(
                              "INSERT INTO person VALUES ($1, NULL, 2, 1, $2)",
                              {"ann", Bytes{}});
                        }),
                IsOk());
  }
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto after, OpenSqlite(options));
  EXPECT_THAT(
      InRead(*after,
             [](Transaction& tx) { return FindRater(tx, "ann").status(); }),
      IsOk());
  v1::DrawSampleRequest request;
  request.set_name("samplingPlans/weekly");
  EXPECT_THAT(InWrite(*after,
                      [&](Transaction& tx) {
                        return Draws([] { return int64_t{0}; })
                            .Make(tx, Caller(), request)
                            .status();
                      }),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace attune
