#include "engine/voice/survey_responses.h"

#include <gmock/gmock.h>

#include "tests/engine/store/faulty_database.h"
#include "tests/engine/voice/survey_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using Response = v1::BatchCreateSurveyResponsesResponse;

class SurveyResponsesTest : public SurveyTest {
 protected:
  // `requests[0].survey_response.nps NPS_OUT_OF_RANGE`, one for each violation.
  static std::vector<std::string> Violated(const absl::Status& status) {
    std::vector<std::string> found;
    const Violations violations = Violations::FromStatus(status);
    for (const Violation& violation : violations.all()) {
      found.push_back(absl::StrCat(violation.field, " ", violation.reason));
    }
    return found;
  }
  static std::vector<Response::Outcome> Outcomes(const Response& response) {
    std::vector<Response::Outcome> outcomes;
    for (const auto& result : response.results()) {
      outcomes.push_back(result.outcome());
    }
    return outcomes;
  }
  // Whether the rollups equal the responses, and what they say of everybody.
  std::string Counted() {
    EXPECT_EQ(VerifyDifferences(), "");
    const auto report = Report(admin_, "");
    EXPECT_THAT(report, IsOk());
    const v1::SurveyFigure& all = report->overall();
    return absl::StrCat(all.responses(), " surveys, ", all.answered(),
                        " answered, ", all.promoters(), "/", all.passives(),
                        "/", all.detractors());
  }
};

TEST_P(SurveyResponsesTest, AResponseIsOfItsContactOnItsDay) {
  Batch batch;
  Add("ann/call-1",
      "source: 'mail' source_id: 'r1' status: STATUS_ANSWERED nps: 9 csat: 4 "
      "would_hire: true would_recommend: false did_refer: true "
      "insight { best_thing: 'She listened.' } verbatim: '<b>Thanks</b>' "
      "name: 'ignored' queue: 'ignored'",
      batch);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Response stored, Store(batch));
  ASSERT_EQ(stored.results_size(), 1);
  EXPECT_EQ(stored.results(0).outcome(), Response::OUTCOME_CREATED);
  v1::GetSurveyResponseRequest get;
  get.set_name(stored.results(0).survey_response());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::SurveyResponse read,
      InRead([&](Transaction& tx) { return responses_.Get(tx, ann_, get); }));
  EXPECT_EQ(read.name(), get.name());
  EXPECT_EQ(read.contact(), "people/ann/contacts/call-1");
  EXPECT_EQ(read.channel(), v1::CHANNEL_PHONE);
  EXPECT_EQ(read.queue(), "");
  EXPECT_EQ(read.nps(), 9);
  EXPECT_FALSE(read.would_recommend());
  EXPECT_TRUE(read.has_would_recommend());
  EXPECT_EQ(read.verbatim(), "<b>Thanks</b>");
  EXPECT_EQ(read.insight().best_thing(), "She listened.");
  EXPECT_EQ(FormatDay(DayOf(ToMicros(read.contact_time()))), "2026-03-02");
  EXPECT_EQ(Counted(), "1 surveys, 1 answered, 1/0/0");
}

TEST_P(SurveyResponsesTest, TheSameSourceIdIsTheSameResponse) {
  Batch batch;
  Add("ann/call-1", "source_id: '1' status: STATUS_ANSWERED nps: 9", batch);
  Add("-/call-3", "source_id: '2' status: STATUS_ANSWERED nps: 2", batch);
  ASSERT_THAT(Store(batch), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Response again, Store(batch));
  EXPECT_THAT(Outcomes(again), ElementsAre(Response::OUTCOME_UNCHANGED,
                                           Response::OUTCOME_UNCHANGED));
  EXPECT_EQ(Counted(), "2 surveys, 2 answered, 1/0/1");

  Batch other;
  Add("ann/call-1", "source_id: '1' status: STATUS_ANSWERED nps: 8", other);
  Add("ann/call-2", "source_id: '2' status: STATUS_ANSWERED nps: 2", other);
  Add("ann/call-2", "source_id: '2' source: 'b' status: STATUS_SENT", other);
  EXPECT_THAT(Violated(Store(other).status()),
              ElementsAre("requests[0].survey_response.source_id "
                          "RESPONSE_DIFFERS",
                          "requests[1].survey_response.source_id "
                          "RESPONSE_DIFFERS"));
  EXPECT_EQ(Counted(), "2 surveys, 2 answered, 1/0/1");
}

TEST_P(SurveyResponsesTest, WhatWasSentMayBeAnsweredLaterAndNotTheOtherWay) {
  Batch sent;
  Add("ann/call-1", "source_id: '1' status: STATUS_SENT", sent);
  Add("ann/call-2", "source_id: '2' status: STATUS_SENT", sent);
  ASSERT_THAT(Store(sent), IsOk());
  EXPECT_EQ(Counted(), "2 surveys, 0 answered, 0/0/0");
  Batch later;
  Add("ann/call-1", "source_id: '1' status: STATUS_ANSWERED nps: 10", later);
  Add("ann/call-2", "source_id: '2' status: STATUS_EXPIRED", later);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Response updated, Store(later));
  EXPECT_THAT(Outcomes(updated), ElementsAre(Response::OUTCOME_UPDATED,
                                             Response::OUTCOME_UPDATED));
  EXPECT_EQ(Counted(), "2 surveys, 1 answered, 1/0/0");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Response old, Store(sent));
  EXPECT_THAT(Outcomes(old), ElementsAre(Response::OUTCOME_UNCHANGED,
                                         Response::OUTCOME_UNCHANGED));
  EXPECT_EQ(Counted(), "2 surveys, 1 answered, 1/0/0");
}

TEST_P(SurveyResponsesTest, EverythingWrongInABatchIsToldAndNothingStored) {
  Batch first;
  Add("ann/call-1", "source_id: '1' status: STATUS_ANSWERED nps: 9", first);
  ASSERT_THAT(Store(first), IsOk());
  Batch batch;
  Add("bob/call-3", "source_id: 'good' status: STATUS_ANSWERED nps: 1", batch);
  Add("ann/call-2", "source_id: '3' status: STATUS_ANSWERED nps: 11", batch);
  Add("ann/call-3", "source_id: '4' status: STATUS_ANSWERED", batch);
  Add("ann/call-1", "source_id: '5' status: STATUS_ANSWERED", batch);
  Add("bob/call-3", "source_id: '6' status: STATUS_ANSWERED", batch);
  Add("ann/call-2", "source_id: 'good' status: STATUS_ANSWERED", batch);
  Add("ann/call-2", "source_id: '8' status: STATUS_ANSWERED", batch);
  *batch.mutable_requests(6)->mutable_new_contact() =
      Parse<v1::Contact>("channel: CHANNEL_CHAT start_time {}");
  Add("who/x", "source_id: '9' status: STATUS_ANSWERED", batch);
  *batch.mutable_requests(7)->mutable_new_contact() =
      batch.requests(6).new_contact();
  const std::vector<std::string> wrong = {
      "requests[1].survey_response.nps NPS_OUT_OF_RANGE",
      "requests[2].survey_response.contact CONTACT_NOT_FOUND",
      "requests[3].survey_response.contact CONTACT_ANSWERED",
      "requests[4].survey_response.contact CONTACT_ANSWERED",
      "requests[5].survey_response.source_id SOURCE_ID_REPEATED",
      "requests[6].survey_response.contact CONTACT_EXISTS",
      "requests[7].survey_response.contact PERSON_NOT_FOUND"};
  const auto refused = Store(batch);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Violated(refused.status()), wrong);
  EXPECT_EQ(Counted(), "1 surveys, 1 answered, 1/0/0");

  batch.set_validate_only(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Response looked, Store(batch));
  EXPECT_EQ(looked.results(0).outcome(), Response::OUTCOME_CREATED);
  EXPECT_EQ(looked.results(0).survey_response(), "");
  std::vector<std::string> failures;
  for (const auto& failure : looked.failures()) {
    EXPECT_EQ(looked.results(failure.index()).outcome(),
              Response::OUTCOME_UNSPECIFIED);
    failures.push_back(absl::StrCat("requests[", failure.index(), "].",
                                    failure.field(), " ", failure.reason()));
  }
  EXPECT_EQ(failures, wrong);
  EXPECT_EQ(Counted(), "1 surveys, 1 answered, 1/0/0");
}

TEST_P(SurveyResponsesTest, ABatchHasOneToAThousand) {
  EXPECT_THAT(Violated(Store(Batch()).status()),
              ElementsAre("requests BATCH_SIZE"));
  Batch batch;
  for (int i = 0; i < 1001; ++i) Add("ann/call-1", "", batch);
  EXPECT_THAT(Violated(Store(batch).status()),
              ElementsAre("requests BATCH_SIZE"));
}

TEST_P(SurveyResponsesTest, AContactOfTwoAgentsMustBeNamedInFull) {
  Answer("ann", 5, {"source_id: 'a'"});
  made_ = 0;
  Answer("bob", 5, {"source_id: 'b'"});
  Batch batch;
  Add("-/x1", "source_id: 'c' status: STATUS_ANSWERED", batch);
  EXPECT_THAT(
      Violated(Store(batch).status()),
      ElementsAre("requests[0].survey_response.contact CONTACT_AMBIGUOUS"));
}

TEST_P(SurveyResponsesTest, WhateverStatementFailsNothingIsHalfStored) {
  Batch batch;
  Add("ann/call-1", "source_id: '1' status: STATUS_ANSWERED nps: 9", batch);
  Add("ann/new", "source_id: '2' status: STATUS_ANSWERED nps: 9", batch);
  *batch.mutable_requests(1)->mutable_new_contact() =
      Parse<v1::Contact>("channel: CHANNEL_CHAT start_time {}");
  for (int nth = 1;; ++nth) {
    ASSERT_LT(nth, 50);
    FaultyDatabase faulty(db(), nth);
    const auto stored = Store(faulty, batch);
    if (!faulty.fired()) break;
    EXPECT_THAT(stored, HasReason("FAULT"));
    EXPECT_EQ(Counted(), "0 surveys, 0 answered, 0/0/0");
  }
  EXPECT_EQ(Counted(), "2 surveys, 2 answered, 2/0/0");
}

TEST_P(SurveyResponsesTest, ListsAreFilteredAndPaged) {
  Answer("ann", 2,
         {"source_id: 'a' nps: 3 verbatim: 'Slow.'", "source_id: 'b' nps: 9",
          "source_id: 'c'"});
  Answer("bob", 9, {"source_id: 'd' nps: 10 source: 's'"},
         "channel: CHANNEL_CHAT labels { key: 'queue' value: 'vip' }");
  const auto list = [&](const std::string& request) {
    return Listed(admin_, Parse<v1::ListSurveyResponsesRequest>(request));
  };
  EXPECT_THAT(list(""), ElementsAre("d", "c", "b", "a"));
  EXPECT_THAT(list("parent: 'people/ann'"), ElementsAre("c", "b", "a"));
  EXPECT_THAT(list("team: 'teams/blue'"), ElementsAre("d"));
  EXPECT_THAT(list("channel: CHANNEL_CHAT"), ElementsAre("d"));
  EXPECT_THAT(list("queue: 'vip'"), ElementsAre("d"));
  EXPECT_THAT(list("source: 's'"), ElementsAre("d"));
  EXPECT_THAT(list("max_nps: 6"), ElementsAre("a"));
  EXPECT_THAT(list("min_nps: 9"), ElementsAre("d", "b"));
  EXPECT_THAT(list("with_words: true"), ElementsAre("a"));
  EXPECT_THAT(list("contact: 'people/-/contacts/x2'"), ElementsAre("b"));
  EXPECT_THAT(list("contact: 'people/bob/contacts/x2'"), IsEmpty());
  EXPECT_THAT(list("status: STATUS_SENT"), IsEmpty());
  // 2026-03-05
  EXPECT_THAT(list("start_time { seconds: 1772668800 }"), ElementsAre("d"));
  EXPECT_THAT(list("end_time { seconds: 1772668800 }"),
              ElementsAre("c", "b", "a"));

  std::vector<std::string> paged;
  auto request =
      Parse<v1::ListSurveyResponsesRequest>("parent: 'people/-' page_size: 3");
  do {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto page, InRead([&](Transaction& tx) {
                                  return responses_.List(tx, admin_, request);
                                }));
    for (const auto& one : page.survey_responses()) {
      paged.push_back(one.source_id());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(paged, ElementsAre("d", "c", "b", "a"));
}

TEST_P(SurveyResponsesTest, EverybodySeesWhatIsTheirs) {
  Answer("ann", 2, {"source_id: 'a'"});
  Answer("bob", 2, {"source_id: 'b'"});
  const v1::ListSurveyResponsesRequest all;
  EXPECT_THAT(Listed(ann_, all), ElementsAre("a"));
  EXPECT_THAT(Listed(bob_, all), ElementsAre("b"));
  EXPECT_THAT(Listed(lea_, all), ElementsAre("a"));
  EXPECT_THAT(Listed(quinn_, all), UnorderedElementsAre("a", "b"));
  v1::ListSurveyResponsesRequest of_bob;
  of_bob.set_parent("people/bob");
  EXPECT_THAT(Listed(ann_, of_bob), IsEmpty());
  const auto list = InRead([&](Transaction& tx) {
    of_bob.set_parent("people/-");
    return responses_.List(tx, bob_, of_bob);
  });
  v1::GetSurveyResponseRequest get;
  get.set_name(list->survey_responses(0).name());
  for (const Caller& caller : {ann_, lea_}) {
    EXPECT_THAT(InRead([&](Transaction& tx) {
                  return responses_.Get(tx, caller, get);
                }),
                StatusIs(absl::StatusCode::kNotFound));
  }
}

TEST_P(SurveyResponsesTest, AWrongRollupIsNamed) {
  Answer("ann", 2, {"nps: 9", "nps: 3"}, "channel: CHANNEL_CHAT");
  ASSERT_THAT(InWrite([](Transaction& tx) {
                return tx.Send("UPDATE survey_rollup SET promoters = 5", {});
              }),
              IsOk());
  EXPECT_EQ(VerifyDifferences(),
            "survey rollup day=2026-03-02 person=ann channel=CHANNEL_CHAT "
            "queue= promoters: 1 is stored as 5\n");
  ASSERT_THAT(InWrite([](Transaction& tx) {
                return tx.Send("DELETE FROM survey_rollup", {});
              }),
              IsOk());
  EXPECT_THAT(VerifyDifferences(), HasSubstr("responses: 2 is stored as 0"));
}

ATTUNE_ON_EVERY_BACKEND(SurveyResponsesTest);

}  // namespace
}  // namespace attune
