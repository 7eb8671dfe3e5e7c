// Stored themes, what is tagged with them, and which rise, on every database.

#include "engine/voice/themes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/voice/cancellations.h"
#include "engine/voice/feedbacks.h"
#include "engine/voice/great_calls.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/props.h"
#include "engine/voice/survey_responses.h"
#include "engine/voice/theme_tags.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

class ThemesTest : public CenterTest {
 protected:
  // `created updated unchanged retired`.
  std::string Apply(const std::vector<std::string>& ids,
                    const std::string& label = "A") {
    v1::ApplyThemesRequest request;
    for (const std::string& id : ids) {
      v1::Theme& theme = *request.mutable_taxonomy()->add_themes();
      theme.set_name(absl::StrCat("themes/", id));
      theme.set_label(label);
      theme.set_kind(id == "heard" ? v1::Theme::KIND_SUCCESS
                                   : v1::Theme::KIND_FRUSTRATION);
      theme.set_retired(true);  // not for the caller to say
    }
    const auto applied = InWrite(
        [&](Transaction& tx) { return themes_.Apply(tx, quinn_, request); });
    EXPECT_THAT(applied, IsOk());
    if (!applied.ok()) return "";
    return absl::StrCat(applied->created_count(), " ", applied->updated_count(),
                        " ", applied->unchanged_count(), " ",
                        applied->retired_count());
  }
  // `effort price!`: those that are retired with a `!`.
  std::string List(v1::ListThemesRequest request = {}) {
    request.set_page_size(1);
    std::string text;
    while (true) {
      const auto page = InRead(
          [&](Transaction& tx) { return themes_.List(tx, ann_, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return text;
      for (const v1::Theme& theme : page->themes()) {
        absl::StrAppend(&text, text.empty() ? "" : " ", theme.name().substr(7),
                        theme.retired() ? "!" : "");
      }
      if (page->next_page_token().empty()) return text;
      request.set_page_token(page->next_page_token());
    }
  }

  std::string Say(const Caller& caller, const std::string& theme = "") {
    v1::CreateFeedbackRequest request;
    request.set_parent("people/-");
    request.mutable_feedback()->set_text("x");
    if (!theme.empty()) {
      request.mutable_feedback()->add_themes("themes/" + theme);
    }
    const auto given = InWrite(
        [&](Transaction& tx) { return feedback_.Create(tx, caller, request); });
    EXPECT_THAT(given, IsOk());
    return given.ok() ? given->name() : "";
  }
  template <typename Request>
  static Request Of(const std::string& subject,
                    const std::vector<std::string>& themes) {
    Request request;
    request.set_subject(subject);
    for (const std::string& theme : themes) request.add_themes(theme);
    return request;
  }
  absl::StatusOr<v1::TagThemeResponse> Tag(
      const Caller& caller, const std::string& subject,
      const std::vector<std::string>& themes) {
    return InWrite([&](Transaction& tx) {
      return tags_.Tag(tx, caller, Of<v1::TagThemeRequest>(subject, themes));
    });
  }
  absl::StatusOr<v1::UntagThemeResponse> Untag(
      const std::string& subject, const std::vector<std::string>& themes) {
    return InWrite([&](Transaction& tx) {
      return tags_.Untag(tx, quinn_,
                         Of<v1::UntagThemeRequest>(subject, themes));
    });
  }
  // `effort ann 2026-04-01; ...` of every tag.
  std::string Tags(v1::ListThemeTagsRequest request = {}) {
    request.set_page_size(1);
    std::string text;
    while (true) {
      const auto page = InRead(
          [&](Transaction& tx) { return tags_.List(tx, quinn_, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return text;
      for (const v1::ThemeTag& tag : page->tags()) {
        absl::StrAppend(&text, tag.theme().substr(7), " ", tag.tagger(), " ",
                        tag.day(), "; ");
      }
      if (page->next_page_token().empty()) return text;
      request.set_page_token(page->next_page_token());
    }
  }

  Themes themes_;
  ThemeTags tags_{clock()};
  Feedbacks feedback_{clock(), revisions_};
};

TEST_P(ThemesTest, ATaxonomyIsAppliedWhole) {
  EXPECT_EQ(Apply({"effort", "heard", "price"}), "3 0 0 0");
  EXPECT_EQ(List(), "effort heard price");
  EXPECT_EQ(Apply({"effort", "heard", "price"}), "0 0 3 0");
  EXPECT_EQ(Apply({"effort", "new"}, "B"), "1 1 0 2");
  EXPECT_EQ(List(), "effort new");
  v1::ListThemesRequest all;
  all.set_show_retired(true);
  EXPECT_EQ(List(all), "effort heard! new price!");
  all.set_kind(v1::Theme::KIND_SUCCESS);
  EXPECT_EQ(List(all), "heard!");
  EXPECT_EQ(Apply({"price"}), "1 0 0 2");
  EXPECT_EQ(List(), "price");
}

TEST_P(ThemesTest, WhatIsTaggedCountsOnTheDayItWasSaid) {
  Apply({"effort", "price"});
  const std::string feedback = Say(ann_);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Evaluation scored,
      Submit(ada_, "call-1", AnswersTo("yes", "yes", "no")));
  now_us_ += 5 * kMicrosPerDay;
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto tagged,
                              Tag(quinn_, feedback, {"themes/price"}));
  EXPECT_EQ(tagged.tags_size(), 1);
  ASSERT_THAT(Tag(ann_, feedback, {"themes/effort", "themes/price"}), IsOk());
  ASSERT_THAT(Tag(admin_, scored.name(), {"themes/effort"}), IsOk());
  // The call was on 2026-03-02; who tagged first stays.
  EXPECT_EQ(Tags(),
            "effort  2026-03-02; effort people/ann 2026-04-01; "
            "price people/quinn 2026-04-01; ");
  v1::ListThemeTagsRequest march;
  march.mutable_period()->set_last_day("2026-03-31");
  EXPECT_EQ(Tags(march), "effort  2026-03-02; ");
  v1::ListThemeTagsRequest price;
  price.set_theme("themes/price");
  EXPECT_EQ(Tags(price), "price people/quinn 2026-04-01; ");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto left,
                              Untag(feedback, {"themes/effort"}));
  ASSERT_EQ(left.tags_size(), 1);
  EXPECT_EQ(left.tags(0).theme(), "themes/price");
  // All or none.
  EXPECT_THAT(Untag(feedback, {"themes/price", "themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Tags(price), "price people/quinn 2026-04-01; ");
}

TEST_P(ThemesTest, WhateverACustomerSaidIsTaggedUntilItMayNotBeTold) {
  Apply({"effort"});
  const std::string contact = "people/ann/contacts/call-1";
  v1::BatchCreateSurveyResponsesRequest answers;
  v1::SurveyResponse& answer =
      *answers.add_requests()->mutable_survey_response();
  answer.set_contact(contact);
  answer.set_status(v1::SurveyResponse::STATUS_ANSWERED);
  answer.set_nps(2);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::BatchCreateSurveyResponsesResponse answered,
      InWrite([&](Transaction& tx) {
        return SurveyResponses(clock()).BatchCreate(tx, admin_, answers);
      }));
  v1::CreatePropInviteRequest invite;
  invite.set_contact(contact);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::CreatePropInviteResponse invited, InWrite([&](Transaction& tx) {
        return PropInvites(clock()).Create(tx, ann_, invite);
      }));
  v1::SubmitPropRequest said;
  said.set_token(invited.token());
  said.set_text("She stayed.");
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::SubmitPropResponse submitted, InWrite([&](Transaction& tx) {
        return Props(clock()).Submit(tx, Caller(), said);
      }));
  v1::ListPropsRequest props;
  props.set_parent("people/ann");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListPropsResponse listed,
                              InRead([&](Transaction& tx) {
                                return Props(clock()).List(tx, quinn_, props);
                              }));
  v1::NominateGreatCallRequest nominate;
  nominate.mutable_great_call()->set_contact(contact);
  nominate.mutable_great_call()->set_form("forms/call");
  nominate.mutable_great_call()->set_section_id("connection");
  nominate.mutable_great_call()->set_reason("Listen.");
  const GreatCalls calls(clock());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall nominated,
                              InWrite([&](Transaction& tx) {
                                return calls.Nominate(tx, ann_, nominate);
                              }));
  v1::RecordCancellationRequest record;
  v1::Cancellation& left = *record.mutable_cancellation();
  left.set_name(contact + "/cancellation");
  left.set_reason_code(v1::Cancellation::REASON_MOVED);
  left.set_permission_asked(false);
  left.set_offers_made(0);
  left.set_result(v1::Cancellation::RESULT_STAYED);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Cancellation leaving, InWrite([&](Transaction& tx) {
        return Cancellations(clock()).Record(tx, ann_, record);
      }));
  for (const std::string& subject :
       {answered.results(0).survey_response(), listed.props(0).name(),
        nominated.name(), leaving.name()}) {
    EXPECT_THAT(Tag(lea_, subject, {"themes/effort"}), IsOk()) << subject;
    EXPECT_THAT(Tag(bob_, subject, {"themes/effort"}),
                StatusIs(absl::StatusCode::kNotFound))
        << subject;
  }
  v1::RevokePropRequest revoke;
  revoke.set_receipt(submitted.receipt());
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return Props(clock()).Revoke(tx, Caller(), revoke).status();
              }),
              IsOk());
  v1::DeclineGreatCallRequest decline;
  decline.set_name(nominated.name());
  decline.set_reason("Another one shows it better.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return calls.Decline(tx, ada_, decline).status();
              }),
              IsOk());
  EXPECT_THAT(Untag(listed.props(0).name(), {"themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Untag(nominated.name(), {"themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Untag(answered.results(0).survey_response(), {"themes/effort"}),
              IsOk());
  EXPECT_THAT(Untag(leaving.name(), {"themes/effort"}), IsOk());
  EXPECT_EQ(Tags(), "");
}

TEST_P(ThemesTest, OnlyWhatIsThereAndInReachIsTagged) {
  Apply({"effort", "old"});
  Apply({"effort"});
  const std::string feedback = Say(ann_);
  EXPECT_THAT(Tag(bob_, feedback, {"themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Tag(lea_, feedback, {"themes/effort"}), IsOk());
  const auto wrong =
      Tag(ann_, feedback, {"themes/old", "themes/none", "themes/effort"})
          .status();
  EXPECT_THAT(wrong, HasViolation("themes[0]", "THEME_RETIRED"));
  EXPECT_THAT(wrong, HasViolation("themes[1]", "THEME_UNKNOWN"));
  EXPECT_THAT(Tag(ann_, feedback, {}), HasViolation("themes", "THEME_COUNT"));
  EXPECT_THAT(Tag(ann_, feedback, {"effort"}),
              HasViolation("themes[0]", "NAME_INVALID"));
  EXPECT_THAT(Tag(ann_, "people/ann", {"themes/effort"}),
              HasViolation("subject", "SUBJECT_UNKNOWN_KIND"));
  EXPECT_THAT(Tag(quinn_, "people/ann/feedback/none", {"themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
  // A draft is nobody's but its rater's.
  v1::CreateEvaluationRequest draft;
  draft.set_parent("people/-");
  *draft.mutable_evaluation() = AnswersTo("yes", "yes", "no");
  draft.mutable_evaluation()->set_contact("people/-/contacts/call-1");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation drafted,
                              InWrite([&](Transaction& tx) {
                                return evaluations_.Create(tx, ada_, draft);
                              }));
  EXPECT_THAT(Tag(quinn_, drafted.name(), {"themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
  // What is for the leadership is not the lead's.
  v1::CreateFeedbackRequest top;
  top.set_parent("people/-");
  top.mutable_feedback()->set_text("x");
  top.mutable_feedback()->set_audience(v1::Feedback::AUDIENCE_LEADERSHIP);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Feedback to_top,
                              InWrite([&](Transaction& tx) {
                                return feedback_.Create(tx, ann_, top);
                              }));
  EXPECT_THAT(Tag(lea_, to_top.name(), {"themes/effort"}),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(ThemesTest, AThemeRisesAgainstItsOwnPast) {
  Apply({"effort", "heard", "price"});
  // 210 days, seven periods of 30: one of `effort` in each of six, then seven;
  // two of `price` in each, then five.
  const int64_t first = now_us_;
  for (int period = 0; period < 6; ++period) {
    now_us_ = first + period * 30 * kMicrosPerDay;
    Say(ann_, "effort");
    Say(ann_, "price");
    Say(bob_, "price");
  }
  now_us_ = first + 180 * kMicrosPerDay;
  for (int i = 0; i < 7; ++i) Say(bob_, "effort");
  for (int i = 0; i < 5; ++i) Say(ann_, "price");
  Say(ann_, "heard");
  now_us_ = first + 209 * kMicrosPerDay;  // the period's last day, by default
  const auto report = [&](const Caller& caller,
                          const v1::GetThemeReportRequest& request = {}) {
    return InRead(
        [&](Transaction& tx) { return tags_.Report(tx, caller, request); });
  };
  const auto text = [](const absl::StatusOr<v1::ThemeReport>& told) {
    EXPECT_THAT(told, IsOk());
    std::string lines;
    for (const auto& line : told->themes()) {
      absl::StrAppend(&lines, line.theme().substr(7), " ", line.count(), " ",
                      line.usual(), line.rising() ? " RISING" : "", "; ");
    }
    return lines;
  };
  const auto all = report(quinn_);
  EXPECT_EQ(text(all), "effort 7 1 RISING; price 5 2; heard 1 0; ");
  EXPECT_EQ(all->period().first_day(), "2026-09-28");
  EXPECT_EQ(all->period().last_day(), "2026-10-27");
  // P(X >= 7 | 1) = 1 - (1 + 1 + 1/2 + 1/6 + 1/24 + 1/120 + 1/720) / e
  //               = 1 - 1957 / 720 / e = 0.0000832
  EXPECT_EQ(all->themes(0).p(), 0.000083);
  // P(X >= 5 | 2) = 1 - (1 + 2 + 2 + 4/3 + 2/3) / e^2 = 1 - 7 / e^2 = 0.0526530
  EXPECT_EQ(all->themes(1).p(), 0.052653);
  Caller lea = lea_;
  lea.reach = {.team = true};
  EXPECT_EQ(text(report(lea)), "price 5 1 RISING; effort 0 1; heard 1 0; ");
  v1::GetThemeReportRequest request;
  request.mutable_period()->set_first_day("2026-09-28");
  EXPECT_THAT(report(quinn_, request), HasViolation("period", "PERIOD_OPEN"));
  request.mutable_period()->set_last_day("2026-09-28");
  EXPECT_EQ(text(report(quinn_, request)),
            "effort 7 0 RISING; price 5 0 RISING; heard 1 0; ");
  request.mutable_period()->set_last_day("2028-09-28");
  EXPECT_THAT(report(quinn_, request),
              HasViolation("period", "PERIOD_TOO_LONG"));
}

ATTUNE_ON_EVERY_BACKEND(ThemesTest);

}  // namespace
}  // namespace attune
