// What people tell of the half-year: ideas, losses, what is made good, and what
// hurts many.

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"

namespace attune::half_year {
namespace {

using Voice = v1::VoiceService::Stub;
using Inbox = v1::InboxService::Stub;

// Agent a04 says what is wrong with the form, and reads what became of it.
void AnIdea(Center& center) {
  const std::string name =
      center
          .Do("a04", &Inbox::CreateFeedback,
              std::string("parent: 'people/-' feedback { text: 'Say what a "
                          "greeting is.' form: 'forms/call' question_id: "
                          "'greeting' }"))
          .name();
  const std::string named = absl::StrCat("name: '", name, "'");
  EXPECT_THAT(center.Try("a05", &Inbox::GetFeedback, named),
              StatusIs(absl::StatusCode::kNotFound));
  const v1::Feedback given = center.Do("quinn", &Inbox::GetFeedback, named);
  EXPECT_EQ(given.owner(), "people/quinn");
  EXPECT_EQ(given.side(), v1::Feedback::SIDE_AGENT);
  EXPECT_THAT(center.Try("a04", &Inbox::DecideFeedback,
                         absl::StrCat(named,
                                      " state: STATE_ACCEPTED words: "
                                      "'Yes.' etag: '1'")),
              StatusIs(absl::StatusCode::kPermissionDenied));
  center.Do("quinn", &Inbox::DecideFeedback,
            absl::StrCat(named,
                         " state: STATE_ACCEPTED words: 'In revision "
                         "3.' etag: '",
                         given.etag(), "'"));
  const v1::Feedback read = center.Do("a04", &Inbox::GetFeedback, named);
  ASSERT_EQ(read.decisions_size(), 1);
  EXPECT_EQ(read.decisions(0).words(), "In revision 3.");
  EXPECT_EQ(read.state(), v1::Feedback::STATE_ACCEPTED);
}

void ACustomerLeaves(Center& center) {
  const std::string cancellation =
      "cancellation { name: 'people/a01/contacts/m6-2/cancellation' "
      "permission_asked: true permission_given: true reason_code: "
      "REASON_PRICE reason_text: 'It doubled.' offers_made: 2 "
      "minutes_to_processed: 4 result: RESULT_CANCELLED }";
  center.Do("ada", &Voice::RecordCancellation, cancellation);
  EXPECT_THAT(center.Try("ada", &Voice::RecordCancellation, cancellation),
              StatusIs(absl::StatusCode::kAlreadyExists));
  const v1::CancellationReport report =
      center.Do("lead-red", &Voice::GetCancellationReport, std::string());
  EXPECT_EQ(report.n(), 1);
  EXPECT_EQ(report.permission_given().percent(), 100);
  EXPECT_EQ(report.offers_made(), 2);
  EXPECT_EQ(report.over_offered().hits(), 1);
  EXPECT_EQ(report.median_minutes(), 4);
  ASSERT_EQ(report.months_size(), 1);
  EXPECT_EQ(report.months(0).month(), "2026-06");
}

void SomethingIsMadeGood(Center& center) {
  const v1::RecoveryAction opened = center.Do(
      "lead-red", &Inbox::CreateRecoveryAction,
      std::string("parent: 'people/-' recovery_action { contact: "
                  "'people/a01/contacts/m6-2' kind: KIND_REFUND note: 'Half "
                  "of June.' cost { minor_units: 1250 currency_code: 'EUR' } "
                  "}"));
  EXPECT_THAT(center.Try("lead-green", &Inbox::GetRecoveryAction,
                         absl::StrCat("name: '", opened.name(), "'")),
              StatusIs(absl::StatusCode::kNotFound));
  center.Do("lead-red", &Inbox::CloseRecoveryAction,
            absl::StrCat("name: '", opened.name(),
                         "' state: STATE_DONE outcome: OUTCOME_FIXED words: "
                         "'She thanked us.' etag: '",
                         opened.etag(), "'"));
  const v1::RecoveryFigures figures =
      center.Do("quinn", &Inbox::GetRecoveryReport, std::string()).overall();
  EXPECT_EQ(figures.opened(), 1);
  EXPECT_EQ(figures.unprompted(), 1);
  EXPECT_EQ(figures.done(), 1);
  EXPECT_EQ(figures.fixed(), 1);
  ASSERT_EQ(figures.costs_size(), 1);
  EXPECT_EQ(figures.costs(0).minor_units(), 1250);
}

// Three agents raise the same practice: with three calls it is the QA lead's to
// answer.
void APracticeHurts(Center& center) {
  v1::HarmFlag flag;
  for (const char* agent : {"a05", "a06", "a07"}) {
    flag = center.Do(agent, &Inbox::RaiseHarmFlag,
                     absl::StrCat("practice: 'Hidden fee' text: 'It is on "
                                  "page nine.' contacts: 'people/",
                                  agent, "/contacts/m6-0'"));
  }
  const std::string named = absl::StrCat("name: '", flag.name(), "'");
  flag = center.Do("quinn", &Inbox::GetHarmFlag, named);
  EXPECT_EQ(flag.raiser_count(), 3);
  EXPECT_EQ(flag.contact_count(), 3);
  EXPECT_EQ(flag.level(), v1::HarmFlag::LEVEL_QA_LEAD);
  const std::string answer =
      absl::StrCat(named,
                   " changed: 'It stands on page one.' changer: 'people/quinn' "
                   "etag: '",
                   flag.etag(), "'");
  EXPECT_THAT(center.Try("lead-red", &Inbox::AnswerHarmFlag, answer),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(center.Try("quinn", &Inbox::AnswerHarmFlag,
                         absl::StrCat(named, " changer: 'people/quinn'")),
              StatusIs(absl::StatusCode::kInvalidArgument));
  center.Do("quinn", &Inbox::AnswerHarmFlag, answer);
  EXPECT_EQ(center.Do("a06", &Inbox::GetHarmFlag, named).answer().changed(),
            "It stands on page one.");
}

// What was said is tagged with themes, which are counted by the day of the
// call.
void Themes(Center& center) {
  center.Do(
      "quinn", &Inbox::ApplyThemes, std::string(R"pb(
        taxonomy {
          themes { name: "themes/price" label: "Price" kind: KIND_FRUSTRATION }
          themes { name: "themes/heard" label: "Heard" kind: KIND_SUCCESS }
        })pb"));
  center.Do("quinn", &Inbox::TagTheme,
            std::string("subject: 'people/a01/contacts/m6-2/cancellation' "
                        "themes: 'themes/price'"));
  const std::string great_call = center
                                     .Do("quinn", &Voice::ListGreatCalls,
                                         std::string("parent: 'people/a02'"))
                                     .great_calls(0)
                                     .name();
  center.Do("lead-red", &Inbox::TagTheme,
            absl::StrCat("subject: '", great_call, "' themes: 'themes/heard'"));
  const v1::ThemeReport report =
      center.Do("lead-red", &Inbox::GetThemeReport,
                std::string("period { first_day: '2026-06-01' last_day: "
                            "'2026-06-30' }"));
  ASSERT_EQ(report.themes_size(), 2);
  EXPECT_EQ(report.themes(0).theme(), "themes/price");
  EXPECT_EQ(report.themes(0).count(), 1);
  EXPECT_FALSE(report.themes(0).rising());
  EXPECT_EQ(report.themes(1).theme(), "themes/heard");
}

}  // namespace

void WhatPeopleTell(Center& center) {
  center.At("2026-07-01", 17);
  AnIdea(center);
  ACustomerLeaves(center);
  SomethingIsMadeGood(center);
  APracticeHurts(center);
  Themes(center);
}

}  // namespace attune::half_year
