// The month's top successes and frustrations.

#include "engine/voice/voice_reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/voice/cancellations.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/props.h"
#include "engine/voice/stories.h"
#include "engine/voice/theme_tags.h"
#include "engine/voice/themes.h"
#include "tests/engine/voice/survey_test.h"

namespace attune {
namespace {

constexpr char kProp[] = "She asked after my <garden>.";

// It is April 2026.
class VoiceReportsTest : public SurveyTest {
 protected:
  void SetUp() override {
    SurveyTest::SetUp();
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return Themes()
                      .Apply(tx, quinn_, Parse<v1::ApplyThemesRequest>(R"pb(
                               taxonomy {
                                 themes {
                                   name: "themes/heard"
                                   label: "Heard"
                                   kind: KIND_SUCCESS
                                 }
                                 themes {
                                   name: "themes/effort"
                                   label: "Effort"
                                   kind: KIND_FRUSTRATION
                                   exit_reasons: REASON_PRICE
                                 }
                               })pb"))
                      .status();
                }),
                IsOk());
  }

  void Tag(const std::string& subject, const std::string& theme) {
    v1::TagThemeRequest request;
    request.set_subject(subject);
    request.add_themes(theme);
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return ThemeTags(clock()).Tag(tx, quinn_, request).status();
                }),
                IsOk());
  }
  // Stores an answer about a new contact of Ann's, `days` after the first of
  // March, and tags it.
  void Answered(const std::string& contact, int64_t days, int nps,
                const std::string& theme) {
    Batch batch;
    Add("ann/" + contact, absl::StrCat("status: STATUS_ANSWERED nps: ", nps),
        batch);
    v1::Contact& made = *batch.mutable_requests(0)->mutable_new_contact();
    made.set_channel(v1::CHANNEL_PHONE);
    made.mutable_start_time()->set_seconds((kMarch + days) * 86'400);
    const auto stored = Store(batch);
    ASSERT_THAT(stored, IsOk());
    Tag(stored->results(0).survey_response(), theme);
  }
  // A published prop of Ann's for a contact; its receipt.
  std::string Praised(const std::string& contact, bool consent) {
    v1::CreatePropInviteRequest invite;
    invite.set_contact("people/ann/contacts/" + contact);
    const auto invited = InWrite([&](Transaction& tx) {
      return PropInvites(clock()).Create(tx, ann_, invite);
    });
    EXPECT_THAT(invited, IsOk());
    v1::SubmitPropRequest said;
    said.set_token(invited->token());
    said.set_text(kProp);
    said.set_consent_to_share(consent);
    const auto receipt = InWrite(
        [&](Transaction& tx) { return props_.Submit(tx, Caller(), said); });
    EXPECT_THAT(receipt, IsOk());
    v1::ListPropsRequest list;
    list.set_parent("people/ann");
    const auto listed =
        InRead([&](Transaction& tx) { return props_.List(tx, quinn_, list); });
    EXPECT_THAT(listed, IsOk());
    prop_ = listed->props(0).name();
    v1::ModeratePropRequest moderate;
    moderate.set_name(prop_);
    moderate.set_state(v1::Prop::STATE_PUBLISHED);
    moderate.set_etag("1");
    EXPECT_THAT(InWrite([&](Transaction& tx) {
                  return props_.Moderate(tx, lea_, moderate).status();
                }),
                IsOk());
    return receipt->receipt();
  }
  void Left(const std::string& contact) {
    ASSERT_THAT(
        InWrite([&](Transaction& tx) {
          return Cancellations(clock())
              .Record(tx, ann_,
                      Parse<v1::RecordCancellationRequest>(absl::StrCat(
                          "cancellation { name: 'people/ann/contacts/", contact,
                          "/cancellation' permission_asked: false "
                          "reason_code: REASON_PRICE offers_made: 0 "
                          "minutes_to_processed: 5 "
                          "result: RESULT_CANCELLED }")))
              .status();
        }),
        IsOk());
  }
  absl::StatusOr<v1::VoiceReport> Voice(const Caller& caller,
                                        const std::string& request = "") {
    return InRead([&](Transaction& tx) {
      return VoiceReports(clock()).Get(
          tx, caller, Parse<v1::GetVoiceReportRequest>(request));
    });
  }
  absl::StatusOr<v1::VoiceStory> Tell(const Caller& caller,
                                      const std::string& subject) {
    v1::TellStoryRequest request;
    request.set_subject(subject);
    return InWrite([&](Transaction& tx) {
      return Stories(clock()).Tell(tx, caller, request);
    });
  }

  Props props_{clock()};
  std::string prop_;  // the last one
};

TEST_P(VoiceReportsTest, ThemesAreRankedByWeight) {
  Answered("f1", -20, 3, "themes/effort");  // in February
  Answered("m1", 1, 9, "themes/heard");
  Answered("m2", 2, 10, "themes/heard");
  Answered("m3", 3, 6, "themes/effort");
  Answered("m4", 30, 7, "themes/effort");
  Answered("a1", 31, 0, "themes/effort");  // in April
  Praised("m1", true);
  Tag(prop_, "themes/heard");
  Left("m3");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceReport report, Voice(quinn_));
  EXPECT_EQ(report.month(), "2026-03");
  EXPECT_EQ(report.period().first_day(), "2026-03-01");
  EXPECT_EQ(report.period().last_day(), "2026-03-31");
  ASSERT_EQ(report.successes_size(), 1);
  const v1::VoiceTheme& heard = report.successes(0);
  EXPECT_EQ(heard.label(), "Heard");
  EXPECT_EQ(heard.counts().promoters(), 2);
  EXPECT_EQ(heard.counts().props(), 1);
  EXPECT_EQ(heard.weight(), 2 + 3);
  EXPECT_EQ(heard.weight_before(), 0);
  EXPECT_EQ(absl::StrJoin(heard.months(), " "), "0 0 0 0 0 0 3");
  EXPECT_EQ(heard.story().text(), kProp);
  EXPECT_EQ(heard.story().day(), "2026-03-02");
  ASSERT_EQ(report.frustrations_size(), 1);
  const v1::VoiceTheme& effort = report.frustrations(0);
  EXPECT_EQ(effort.counts().detractors(), 1);
  EXPECT_EQ(effort.counts().losses(), 1);  // untagged, by its reason
  EXPECT_EQ(effort.counts().others(), 1);  // a passive
  EXPECT_EQ(effort.weight(), 1 + 3 + 1);
  EXPECT_EQ(effort.weight_before(), 1);
  EXPECT_EQ(absl::StrJoin(effort.months(), " "), "0 0 0 0 0 1 3");
  EXPECT_EQ(effort.usual(), 0.17);
  EXPECT_FALSE(effort.rising());
  EXPECT_FALSE(effort.has_story());
  ASSERT_EQ(report.outcomes_size(), 1);
  EXPECT_EQ(report.outcomes(0).measure(), v1::SURVEY_MEASURE_NPS);
  EXPECT_EQ(report.outcomes(0).figure().promoters(), 2);
  EXPECT_EQ(report.outcomes(0).figure().detractors(), 1);
  EXPECT_EQ(report.outcomes(0).months_size(), 7);
  EXPECT_EQ(report.outcomes(0).months(5).figure().detractors(), 1);
  EXPECT_EQ(report.totals().props(), 1);
  EXPECT_EQ(report.totals().cancellations(), 1);
  EXPECT_EQ(report.totals().losses(), 1);
}

// Poisson with 0.5, the least that counts as usual:
// 1 - e^-0.5 (1 + 1/2 + 1/8 + 1/48 + 1/384) = 0.000172.
TEST_P(VoiceReportsTest, WhatComesUpMoreThanUsualRises) {
  for (int i = 0; i < 5; ++i) {
    Answered(absl::StrCat("m", i), i, 2, "themes/effort");
  }
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceReport report, Voice(quinn_));
  EXPECT_TRUE(report.frustrations(0).rising());
  EXPECT_EQ(report.frustrations(0).p(), 0.000172);
}

TEST_P(VoiceReportsTest, OnlyWhatCustomersAgreedToIsTold) {
  Answered("m1", 1, 9, "themes/heard");
  const std::string receipt = Praised("m1", true);
  Tag(prop_, "themes/heard");
  ASSERT_EQ(Voice(ann_)->successes(0).story().text(), kProp);
  ASSERT_EQ(Voice(ann_)->insights_size(), 1);
  v1::RevokePropRequest revoke;
  revoke.set_receipt(receipt);
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return props_.Revoke(tx, Caller(), revoke).status();
              }),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceReport after, Voice(ann_));
  EXPECT_FALSE(after.successes(0).has_story());
  EXPECT_EQ(after.successes(0).weight(), 1);
  EXPECT_EQ(after.insights_size(), 0);
  EXPECT_THAT(Tell(lea_, prop_), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(VoiceReportsTest, WithoutConsentItCountsAndIsNotTold) {
  Answered("m1", 1, 9, "themes/heard");
  Praised("m1", false);
  Tag(prop_, "themes/heard");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceReport report, Voice(quinn_));
  EXPECT_EQ(report.successes(0).counts().props(), 1);
  EXPECT_FALSE(report.successes(0).has_story());
  EXPECT_EQ(report.insights_size(), 0);
}

TEST_P(VoiceReportsTest, AnInsightIsToldOnce) {
  Answered("m1", 1, 9, "themes/heard");
  Answered("m2", 2, 9, "themes/heard");
  Praised("m1", true);
  const std::string first = prop_;
  Praised("m2", true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceReport before, Voice(quinn_));
  ASSERT_EQ(before.insights_size(), 1);
  EXPECT_EQ(before.insights(0).team(), "teams/red");
  EXPECT_EQ(before.insights(0).subject(), prop_);  // the newer one
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceStory told, Tell(lea_, prop_));
  EXPECT_EQ(told.teller(), "people/lea");
  // Telling again changes nothing.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::VoiceStory again, Tell(quinn_, prop_));
  EXPECT_EQ(again.DebugString(), told.DebugString());
  EXPECT_EQ(Voice(quinn_)->insights(0).subject(), first);
  EXPECT_THAT(Tell(quinn_, "people/ann"),
              HasViolation("subject", "SUBJECT_UNKNOWN_KIND"));
}

TEST_P(VoiceReportsTest, ATeamsIsForThoseWhoReachIt) {
  Answered("m1", 1, 9, "themes/heard");
  EXPECT_EQ(Voice(lea_, "team: 'teams/red'")->successes_size(), 1);
  EXPECT_EQ(Voice(quinn_, "team: 'teams/blue'")->successes_size(), 0);
  EXPECT_THAT(Voice(lea_, "team: 'teams/blue'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Voice(lea_)->successes_size(), 1);
}

TEST_P(VoiceReportsTest, AMonthIsOneThatHasBegun) {
  EXPECT_EQ(Voice(quinn_, "month: '2026-04'")->period().last_day(),
            "2026-04-30");
  EXPECT_THAT(Voice(quinn_, "month: '2026-05'"),
              HasViolation("month", "MONTH_IN_FUTURE"));
  for (const char* month : {"2026-13", "2026", "26-04", "2026-4", "x"}) {
    EXPECT_THAT(Voice(quinn_, absl::StrCat("month: '", month, "'")),
                HasViolation("month", "MONTH_INVALID"))
        << month;
  }
}

ATTUNE_ON_EVERY_BACKEND(VoiceReportsTest);

}  // namespace
}  // namespace attune
