// The pure rules of feedback, harm flags, recovery actions, themes and their
// names.

#include "engine/voice/feedback.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "engine/clock.h"
#include "engine/names.h"
#include "engine/texts.h"
#include "engine/voice/harm_flag.h"
#include "engine/voice/recovery_action.h"
#include "engine/voice/theme.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using Feedback = v1::Feedback;

RoleSet Roles(std::initializer_list<v1::Role> roles) {
  RoleSet set;
  for (const v1::Role role : roles) set.Add(role);
  return set;
}

template <typename Message>
Message Text(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

// `field REASON; ...`
std::string Told(const Violations& bad) {
  std::string text;
  for (const Violation& violation : bad.all()) {
    text += violation.field + " " + violation.reason + "; ";
  }
  return text;
}

std::string Wrong(const std::string& feedback,
                  RoleSet giver = Roles({v1::ROLE_AGENT})) {
  Violations bad;
  CheckNewFeedback(Text<Feedback>(feedback), giver, bad);
  return Told(bad);
}

TEST(InboxNamesTest, NamesAreExactlyTheirShape) {
  EXPECT_EQ(FeedbackName("28", "01"), "people/28/feedback/01");
  EXPECT_EQ(RecoveryActionName("28", "01"), "people/28/recoveryActions/01");
  EXPECT_EQ(HarmFlagName("01"), "harmFlags/01");
  EXPECT_EQ(ThemeName("effort"), "themes/effort");
  const auto feedback = ParseFeedbackName("people/28/feedback/01");
  ASSERT_TRUE(feedback);
  EXPECT_EQ(feedback->person + " " + feedback->id, "28 01");
  EXPECT_EQ(ParseFeedbackName("people/-/feedback/01")->person, "-");
  for (const char* name :
       {"people/28/feedback/", "people//feedback/01", "people/28/feedback/0/1",
        "people/28/feedbacks/01", "feedback/01", "people/28/feedback/01/",
        "people/A/feedback/01", "people/-/feedback/-", ""}) {
    EXPECT_FALSE(ParseFeedbackName(name)) << name;
  }
  EXPECT_TRUE(ParseRecoveryActionName("people/-/recoveryActions/01"));
  EXPECT_FALSE(ParseRecoveryActionName("people/28/feedback/01"));
  EXPECT_EQ(ParseHarmFlagName("harmFlags/01").value_or(""), "01");
  EXPECT_FALSE(ParseHarmFlagName("harmFlags/-"));
  EXPECT_FALSE(ParseThemeName("themes/Effort"));
}

TEST(TextsTest, PlainTextIsShortAndHasNoControls) {
  const auto wrong = [](const std::string& text) {
    Violations bad;
    CheckPlainText(text, 8, "t", bad);
    return Told(bad);
  };
  EXPECT_EQ(wrong(""), "");
  EXPECT_EQ(wrong("a\tb\r\nc\n"), "");
  EXPECT_EQ(wrong("<b>&amp;"), "");  // text, and never markup
  EXPECT_EQ(wrong("\xC3\xA9\xC3\xA8"), "");
  EXPECT_EQ(wrong("123456789"), "t TEXT_TOO_LONG; ");
  EXPECT_EQ(wrong("a\x1B[31m"), "t TEXT_CONTROL; ");
  EXPECT_EQ(wrong("a\rb"), "t TEXT_CONTROL; ");
  EXPECT_EQ(wrong("a\xC2\x85"), "t TEXT_CONTROL; ");
  EXPECT_EQ(wrong("a\xFF"), "t TEXT_NOT_CLEAN; ");
}

TEST(FeedbackTest, WhatItIsAboutFollowsFromWhatIsNamed) {
  EXPECT_EQ(AboutOf(Text<Feedback>("form: 'forms/call'")),
            Feedback::ABOUT_FORM);
  EXPECT_EQ(AboutOf(Text<Feedback>("process: 'IVR'")), Feedback::ABOUT_PROCESS);
  EXPECT_EQ(AboutOf(Text<Feedback>("contact: 'people/a/contacts/b'")),
            Feedback::ABOUT_CONTACT);
  EXPECT_EQ(AboutOf(Text<Feedback>("person: 'people/a'")),
            Feedback::ABOUT_PERSON);
  EXPECT_EQ(AboutOf(Feedback()), Feedback::ABOUT_IDEA);
}

TEST(FeedbackTest, EverythingWrongIsToldAtOnce) {
  EXPECT_EQ(Wrong("text: 'More tea.'"), "");
  EXPECT_EQ(
      Wrong("kind: KIND_STORY side: SIDE_LEAD text: ' ' form: 'call' "
            "process: 'IVR' question_id: 'q' owner: 'lea' themes: 'effort' "
            "tags: '' showing { section_id: 's' value: 'A B' }"),
      "feedback.side SIDE_NOT_YOURS; feedback.text TEXT_MISSING; "
      "feedback SUBJECT_AMBIGUOUS; feedback.kind STORY_OF_NOBODY; "
      "feedback.form NAME_INVALID; "
      "feedback.showing SECTION_INCOMPLETE; "
      "feedback.showing.value ID_INVALID; feedback.themes[0] NAME_INVALID; "
      "feedback.tags[0] TAG_MISSING; feedback.owner NAME_INVALID; ");
  EXPECT_EQ(Wrong("text: 'x' question_id: 'q'"),
            "feedback.question_id FORM_MISSING; ");
  EXPECT_EQ(Wrong("text: 'x' showing { value: 'solution' }"),
            "feedback.showing NOT_A_STORY; ");
  EXPECT_EQ(Wrong("text: 'x' themes: 'themes/a' themes: 'themes/a'"),
            "feedback.themes[1] THEME_REPEATED; ");
  EXPECT_EQ(Wrong("text: 'bell\\007' process: 'line\\033' tags: '\\001'"),
            "feedback.text TEXT_CONTROL; feedback.process TEXT_CONTROL; "
            "feedback.tags[0] TEXT_CONTROL; ");
  Feedback large;
  large.set_text(std::string(1 << 20, 'x'));
  for (int i = 0; i < 17; ++i) {
    large.add_themes("themes/a");
    large.add_tags("t");
  }
  Violations bad;
  CheckNewFeedback(large, Roles({v1::ROLE_AGENT}), bad);
  EXPECT_EQ(Told(bad),
            "feedback.text TEXT_TOO_LONG; feedback.themes THEME_COUNT; "
            "feedback.tags TOO_MANY; ");
}

TEST(FeedbackTest, OneSpeaksForACustomerOrForTheSideOfOnesRoles) {
  EXPECT_EQ(SideOf(Roles({v1::ROLE_AGENT})), Feedback::SIDE_AGENT);
  EXPECT_EQ(SideOf(Roles({v1::ROLE_AGENT, v1::ROLE_ADVOCATE})),
            Feedback::SIDE_ADVOCATE);
  EXPECT_EQ(SideOf(Roles({v1::ROLE_LEAD, v1::ROLE_AGENT})),
            Feedback::SIDE_LEAD);
  EXPECT_EQ(SideOf(Roles({v1::ROLE_ANALYST})), Feedback::SIDE_MANAGER);
  EXPECT_EQ(Wrong("text: 'x' side: SIDE_CUSTOMER"), "");
  EXPECT_EQ(Wrong("text: 'x' side: SIDE_AGENT"), "");
  EXPECT_EQ(Wrong("text: 'x' side: SIDE_MANAGER"),
            "feedback.side SIDE_NOT_YOURS; ");
  EXPECT_EQ(Wrong("text: 'x' side: SIDE_AGENT",
                  Roles({v1::ROLE_LEAD, v1::ROLE_AGENT})),
            "");
}

TEST(FeedbackTest, AnOwnersStepsLeadOnwards) {
  std::string steps;
  for (int from = 1; from <= 4; ++from) {
    for (int to = 1; to <= 4; ++to) {
      steps += MayBecome(static_cast<Feedback::State>(from),
                         static_cast<Feedback::State>(to))
                   ? 'y'
                   : '-';
    }
    steps += MayBeReassigned(static_cast<Feedback::State>(from)) ? "+ " : " ";
  }
  //               open, accepted, declined, done; + may be reassigned
  EXPECT_EQ(steps, "-yyy+ --yy+ -y-- ---- ");
}

TEST(HarmFlagTest, GoesUpByContactsAndByAge) {
  using HarmFlag = v1::HarmFlag;
  const int64_t days = kMicrosPerDay;
  EXPECT_EQ(LevelOf(0, 0), HarmFlag::LEVEL_LEAD);
  EXPECT_EQ(LevelOf(2, 14 * days - 1), HarmFlag::LEVEL_LEAD);
  EXPECT_EQ(LevelOf(3, 0), HarmFlag::LEVEL_QA_LEAD);
  EXPECT_EQ(LevelOf(9, 14 * days - 1), HarmFlag::LEVEL_QA_LEAD);
  EXPECT_EQ(LevelOf(10, 0), HarmFlag::LEVEL_MANAGER);
  EXPECT_EQ(LevelOf(0, 14 * days), HarmFlag::LEVEL_MANAGER);
  std::string answers;
  for (const v1::Role role : {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_LEAD,
                              v1::ROLE_QA_LEAD, v1::ROLE_ADMIN}) {
    for (int level = 1; level <= 3; ++level) {
      answers += MayAnswer(Roles({role}), static_cast<HarmFlag::Level>(level))
                     ? 'y'
                     : '-';
    }
    answers += ' ';
  }
  EXPECT_EQ(answers, "--- --- y-- yy- yyy ");
}

TEST(HarmFlagTest, APracticeIsTheSameHoweverItIsWritten) {
  EXPECT_EQ(PracticeKey("  Trial  turns\tinto a Subscription\n"),
            "trial turns into a subscription");
  EXPECT_EQ(PracticeKey("Ärger"), "Ärger");
  EXPECT_EQ(PracticeKey(" \n"), "");
  Violations bad;
  v1::RaiseHarmFlagRequest request;
  request.set_customers_estimate(-1);
  CheckRaising(request, bad);
  EXPECT_EQ(Told(bad),
            "practice PRACTICE_MISSING; text REASON_MISSING; "
            "customers_estimate NEGATIVE; ");
}

TEST(RecoveryActionTest, EverythingWrongIsToldAtOnce) {
  Violations bad;
  CheckNewRecoveryAction(
      Text<v1::RecoveryAction>("contact: 'c' note: '' owner: 'lea' "
                               "cost { minor_units: -5 currency_code: 'eur' } "
                               "due_time { seconds: 10 }"),
      10'000'000, bad);
  EXPECT_EQ(Told(bad),
            "recovery_action.contact NAME_INVALID; "
            "recovery_action.kind KIND_MISSING; "
            "recovery_action.note REASON_MISSING; "
            "recovery_action.cost.minor_units COST_OUT_OF_RANGE; "
            "recovery_action.cost.currency_code CURRENCY_INVALID; "
            "recovery_action.owner NAME_INVALID; "
            "recovery_action.due_time TIME_INVALID; ");
  const auto closing = [](const std::string& text) {
    Violations wrong;
    CheckClosing(Text<v1::CloseRecoveryActionRequest>(text), wrong);
    return Told(wrong);
  };
  EXPECT_EQ(closing("state: STATE_DONE outcome: OUTCOME_FIXED words: 'x'"), "");
  EXPECT_EQ(closing("state: STATE_ABANDONED words: 'x' cost { }"), "");
  EXPECT_EQ(closing("state: STATE_DONE cost { minor_units: 1000000000001 }"),
            "outcome OUTCOME_MISSING; words REASON_MISSING; "
            "cost.minor_units COST_OUT_OF_RANGE; "
            "cost.currency_code CURRENCY_INVALID; ");
  EXPECT_EQ(closing("state: STATE_ABANDONED outcome: OUTCOME_FIXED words: 'x'"),
            "outcome OUTCOME_OF_NOTHING; ");
  EXPECT_EQ(closing("state: STATE_OPEN words: 'x'"), "state STATE_MISSING; ");
}

TEST(ThemeTest, ATaxonomyNamesEachThemeOnce) {
  Violations bad;
  CheckTaxonomy(Text<v1::ThemeTaxonomy>(
                    "themes { name: 'themes/a' label: 'A' kind: KIND_SUCCESS } "
                    "themes { name: 'themes/a' label: 'B' kind: KIND_SUCCESS "
                    "  keywords: '' } "
                    "themes { name: 'b' }"),
                "taxonomy", bad);
  EXPECT_EQ(Told(bad),
            "taxonomy.themes[1].name THEME_REPEATED; "
            "taxonomy.themes[1].keywords[0] KEYWORD_MISSING; "
            "taxonomy.themes[2].name NAME_INVALID; "
            "taxonomy.themes[2].label LABEL_MISSING; "
            "taxonomy.themes[2].kind KIND_MISSING; ");
  Violations none;
  CheckTaxonomy(v1::ThemeTaxonomy(), "taxonomy", none);
  EXPECT_EQ(Told(none), "taxonomy.themes THEME_COUNT; ");
}

TEST(ThemeTest, TheDefaultTaxonomyIsWellFormed) {
  std::ifstream file(ATTUNE_SOURCE_DIR "/config/themes.textproto");
  std::ostringstream text;
  text << file.rdbuf();
  const auto taxonomy = Text<v1::ThemeTaxonomy>(text.str());
  Violations bad;
  CheckTaxonomy(taxonomy, "taxonomy", bad);
  EXPECT_EQ(Told(bad), "");
  EXPECT_EQ(taxonomy.themes_size(), 15);
}

}  // namespace
}  // namespace attune
