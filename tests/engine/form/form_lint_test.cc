// What lint says: one case for each reason, with the exact path.

#include "engine/form/form_lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/form/compiled_form.h"
#include "tests/engine/scoring/scoring_forms.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A form without a single finding, to be broken.
constexpr char kGood[] = R"pb(
  title: "Good"
  leading_value: "care"
  floor_percent: 50
  bands { title: "Fine" from_percent: 50 }
  sections {
    section_id: "care"
    title: "Care"
    value: "care"
    weight: 60
    questions {
      question_id: "warm"
      text: "Warm?"
      guidance: "Words that fit."
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 2 }
      choices { choice_id: "no" label: "No" }
      na { allowed: true }
    }
    questions {
      question_id: "count"
      text: "How many?"
      guidance: "Count them."
      type: NUMBER
      ranges { from: 0 to: 4 }
      ranges { from: 5 to: 9 points: 3 }
    }
    questions {
      question_id: "many"
      text: "Which?"
      guidance: "All that were seen."
      type: MULTI_CHOICE
      choices { choice_id: "a" label: "A" points: 1 }
      choices { choice_id: "b" label: "B" points: 2 }
    }
  }
  sections {
    section_id: "safe"
    title: "Safe"
    value: "safety"
    weight: 40
    questions {
      question_id: "kept"
      text: "Kept safe?"
      guidance: "Nothing told to strangers."
      type: SINGLE_CHOICE
      boundary: true
      choices { choice_id: "yes" label: "Yes" points: 1 }
      choices { choice_id: "no" label: "No" comment_required: true }
      critical { category: CUSTOMER }
    }
    questions {
      question_id: "why"
      text: "Why not?"
      guidance: "In a sentence."
      type: TEXT
      visible_when { question_id: "kept" choice_ids: "no" }
    }
  }
  examples {
    title: "All but one"
    answers { question_id: "warm" choice_id: "yes" }
    answers { question_id: "count" number: 7 }
    answers { question_id: "many" choice_ids: "a" choice_ids: "b" }
    answers { question_id: "kept" choice_id: "no" }
    percent: 60
  })pb";

std::vector<std::string> Told(const v1::Form& form) {
  std::vector<std::string> told;
  for (const v1::LintFinding& finding : LintForm(form)) {
    EXPECT_FALSE(finding.description().empty());
    told.push_back(absl::StrCat(
        finding.severity() == v1::LintFinding::SEVERITY_ERROR ? "error "
                                                              : "warning ",
        finding.field(), " ", finding.reason()));
  }
  return told;
}

v1::Form Changed(const std::function<void(v1::Form&)>& change) {
  v1::Form form = FormOf(kGood);
  change(form);
  return form;
}

v1::Question& Warm(v1::Form& form) {
  return *form.mutable_sections(0)->mutable_questions(0);
}
v1::Question& Count(v1::Form& form) {
  return *form.mutable_sections(0)->mutable_questions(1);
}
v1::Question& Many(v1::Form& form) {
  return *form.mutable_sections(0)->mutable_questions(2);
}
v1::Question& Kept(v1::Form& form) {
  return *form.mutable_sections(1)->mutable_questions(0);
}
v1::Question& Why(v1::Form& form) {
  return *form.mutable_sections(1)->mutable_questions(1);
}

TEST(FormLintTest, AGoodFormHasNoFindings) {
  EXPECT_THAT(Told(FormOf(kGood)), IsEmpty());
  EXPECT_THAT(CompiledForm::Make(FormOf(kGood)), IsOk());
}

struct Case {
  const char* told;
  std::function<void(v1::Form&)> change;
};

void ExpectTold(const std::vector<Case>& table) {
  for (const Case& row : table) {
    EXPECT_THAT(Told(Changed(row.change)), Contains(row.told)) << row.told;
  }
}

TEST(FormLintTest, TheHeadOfAForm) {
  ExpectTold({
      {"error form.title TITLE_MISSING", [](v1::Form& f) { f.set_title(" "); }},
      {"error form.rule RULE_UNKNOWN",
       [](v1::Form& f) { f.set_rule(static_cast<v1::Form::Rule>(9)); }},
      {"error form.na_policy NA_POLICY_UNKNOWN",
       [](v1::Form& f) {
         f.set_na_policy(static_cast<v1::Form::NaPolicy>(9));
       }},
      {"error form.floor_percent FLOOR_INVALID",
       [](v1::Form& f) { f.set_floor_percent(101); }},
      {"error form.bonus_cap_percent CAP_INVALID",
       [](v1::Form& f) { f.set_bonus_cap_percent(99.99); }},
      {"error form.bands[0].title TITLE_MISSING",
       [](v1::Form& f) { f.mutable_bands(0)->clear_title(); }},
      {"error form.bands[0].from_percent BAND_INVALID",
       [](v1::Form& f) { f.mutable_bands(0)->set_from_percent(100.5); }},
      {"error form.bands[1].from_percent BAND_DUPLICATE",
       [](v1::Form& f) { *f.add_bands() = v1::Band(f.bands(0)); }},
      {"error form.leading_value LEADING_VALUE_UNKNOWN",
       [](v1::Form& f) { f.set_leading_value("speed"); }},
      {"error form.leading_value LEADING_VALUE_NOT_HEAVIEST",
       [](v1::Form& f) { f.mutable_sections(1)->set_weight(60); }},
      {"error form.sections SECTIONS_MISSING",
       [](v1::Form& f) { f.clear_sections(); }},
      {"error form.sections NO_SCORED_QUESTION",
       [](v1::Form& f) {
         for (v1::Section& s : *f.mutable_sections()) s.set_weight(0);
       }},
      {"error form.sections NO_SCORED_QUESTION",
       [](v1::Form& f) {
         for (v1::Section& s : *f.mutable_sections()) {
           for (v1::Question& q : *s.mutable_questions()) {
             if (q.type() != v1::Question::TEXT) q.set_weight(0);
           }
         }
       }},
  });
}

TEST(FormLintTest, Sections) {
  ExpectTold({
      {"error form.sections[1].section_id ID_INVALID",
       [](v1::Form& f) { f.mutable_sections(1)->set_section_id("Safe"); }},
      {"error form.sections[1].section_id ID_DUPLICATE",
       [](v1::Form& f) { f.mutable_sections(1)->set_section_id("care"); }},
      {"error form.sections[1].title TITLE_MISSING",
       [](v1::Form& f) { f.mutable_sections(1)->clear_title(); }},
      {"error form.sections[1].weight WEIGHT_NEGATIVE",
       [](v1::Form& f) { f.mutable_sections(1)->set_weight(-1); }},
      {"error form.sections[1].weight WEIGHT_NOT_FINITE",
       [](v1::Form& f) { f.mutable_sections(1)->set_weight(NAN); }},
      {"error form.sections[1].weight WEIGHT_TOO_PRECISE",
       [](v1::Form& f) { f.mutable_sections(1)->set_weight(0.00005); }},
      {"error form.sections[1].weight WEIGHT_TOO_LARGE",
       [](v1::Form& f) { f.mutable_sections(1)->set_weight(1e10); }},
      {"error form.sections[2].questions QUESTIONS_MISSING",
       [](v1::Form& f) { f.add_sections(); }},
      {"error form.sections[1].critical.category CRITICAL_CATEGORY_MISSING",
       [](v1::Form& f) { f.mutable_sections(1)->mutable_critical(); }},
      {"error form.sections[1].critical.effect CRITICAL_EFFECT_UNKNOWN",
       [](v1::Form& f) {
         f.mutable_sections(1)->mutable_critical()->set_effect(
             static_cast<v1::Critical::Effect>(9));
       }},
      {"error form.sections[1].critical.below_percent BELOW_PERCENT_INVALID",
       [](v1::Form& f) {
         f.mutable_sections(1)->mutable_critical()->set_below_percent(0);
       }},
  });
}

TEST(FormLintTest, Questions) {
  ExpectTold({
      {"error form.sections[0].questions[0].question_id ID_INVALID",
       [](v1::Form& f) { Warm(f).set_question_id("1st"); }},
      {"error form.sections[1].questions[0].question_id ID_DUPLICATE",
       [](v1::Form& f) { Kept(f).set_question_id("warm"); }},
      {"error form.sections[0].questions[0].text TEXT_MISSING",
       [](v1::Form& f) { Warm(f).clear_text(); }},
      {"error form.sections[0].questions[0].type TYPE_MISSING",
       [](v1::Form& f) { Warm(f).clear_type(); }},
      {"error form.sections[0].questions[0].weight WEIGHT_NEGATIVE",
       [](v1::Form& f) { Warm(f).set_weight(-0.5); }},
      {"error form.sections[1].questions[1].weight WEIGHT_UNEXPECTED",
       [](v1::Form& f) { Why(f).set_weight(1); }},
      {"error form.sections[0].questions[0].na_policy NA_POLICY_UNKNOWN",
       [](v1::Form& f) {
         Warm(f).set_na_policy(static_cast<v1::Form::NaPolicy>(9));
       }},
      {"error form.sections[0].questions[0].critical CRITICAL_NOT_BOUNDARY",
       [](v1::Form& f) { Warm(f).mutable_critical(); }},
      {"error form.sections[1].questions[0].critical CRITICAL_BONUS",
       [](v1::Form& f) { Kept(f).set_bonus(true); }},
      {"error form.sections[1].questions[1].critical CRITICAL_NOT_SCORED",
       [](v1::Form& f) { Why(f).mutable_critical(); }},
      {"error form.sections[1].questions[0].critical.category "
       "CRITICAL_CATEGORY_MISSING",
       [](v1::Form& f) { Kept(f).mutable_critical()->clear_category(); }},
  });
}

TEST(FormLintTest, ChoicesAndRanges) {
  ExpectTold({
      {"error form.sections[0].questions[0].choices CHOICES_MISSING",
       [](v1::Form& f) { Warm(f).clear_choices(); }},
      {"error form.sections[0].questions[1].choices CHOICES_UNEXPECTED",
       [](v1::Form& f) { Count(f).add_choices(); }},
      {"error form.sections[0].questions[0].choices[1].choice_id ID_INVALID",
       [](v1::Form& f) { Warm(f).mutable_choices(1)->clear_choice_id(); }},
      {"error form.sections[0].questions[0].choices[1].choice_id ID_DUPLICATE",
       [](v1::Form& f) { Warm(f).mutable_choices(1)->set_choice_id("yes"); }},
      {"error form.sections[0].questions[0].choices[1].label LABEL_MISSING",
       [](v1::Form& f) { Warm(f).mutable_choices(1)->clear_label(); }},
      {"error form.sections[0].questions[0].choices[1].points POINTS_NEGATIVE",
       [](v1::Form& f) { Warm(f).mutable_choices(1)->set_points(-1); }},
      {"error form.sections[0].questions[0].choices[0].points "
       "POINTS_TOO_PRECISE",
       [](v1::Form& f) { Warm(f).mutable_choices(0)->set_points(0.12345); }},
      {"error form.sections[0].questions[0].choices MAXIMUM_ZERO",
       [](v1::Form& f) { Warm(f).mutable_choices(0)->set_points(0); }},
      {"error form.sections[0].questions[1].ranges RANGES_MISSING",
       [](v1::Form& f) { Count(f).clear_ranges(); }},
      {"error form.sections[0].questions[0].ranges RANGES_UNEXPECTED",
       [](v1::Form& f) { Warm(f).add_ranges(); }},
      {"error form.sections[0].questions[0].ranges_total "
       "RANGES_TOTAL_UNEXPECTED",
       [](v1::Form& f) { Warm(f).set_ranges_total(true); }},
      {"error form.sections[0].questions[1].ranges[1].to RANGE_REVERSED",
       [](v1::Form& f) { Count(f).mutable_ranges(1)->set_to(4.5); }},
      {"error form.sections[0].questions[1].ranges[1].from RANGE_OVERLAP",
       [](v1::Form& f) { Count(f).mutable_ranges(1)->set_from(4); }},
      {"error form.sections[0].questions[1].ranges[0].from RANGE_NOT_FINITE",
       [](v1::Form& f) { Count(f).mutable_ranges(0)->set_from(-INFINITY); }},
      {"error form.sections[0].questions[1].ranges[1].from RANGE_GAP",
       [](v1::Form& f) {
         Count(f).set_ranges_total(true);
         Count(f).mutable_ranges(0)->set_to(3.5);
       }},
      {"error form.sections[0].questions[1].ranges MAXIMUM_ZERO",
       [](v1::Form& f) { Count(f).mutable_ranges(1)->set_points(0); }},
      {"error form.sections[0].questions[0].max_points MAX_POINTS_UNEXPECTED",
       [](v1::Form& f) { Warm(f).set_max_points(2); }},
      {"error form.sections[0].questions[2].max_points MAX_POINTS_UNREACHABLE",
       [](v1::Form& f) { Many(f).set_max_points(3.5); }},
      {"error form.sections[0].questions[2].max_points MAXIMUM_ZERO",
       [](v1::Form& f) { Many(f).set_max_points(0); }},
  });
}

TEST(FormLintTest, RangesThatMeetAtTheirSmallestPlaceHaveNoGap) {
  EXPECT_THAT(
      Told(Changed([](v1::Form& f) { Count(f).set_ranges_total(true); })),
      IsEmpty());
  EXPECT_THAT(Told(Changed([](v1::Form& f) {
                Count(f).set_ranges_total(true);
                Count(f).mutable_ranges(0)->set_to(4.9);
              })),
              IsEmpty());
}

TEST(FormLintTest, Visibility) {
  ExpectTold({
      {"error form.sections[1].questions[1].visible_when[0].question_id "
       "QUESTION_UNKNOWN",
       [](v1::Form& f) {
         Why(f).mutable_visible_when(0)->set_question_id("who");
       }},
      {"error form.sections[0].questions[0].visible_when[0].question_id "
       "VISIBILITY_FORWARD",
       [](v1::Form& f) {
         Warm(f).add_visible_when()->set_question_id("kept");
       }},
      {"error form.sections[1].questions[0].visible_when[0].question_id "
       "VISIBILITY_CYCLE",
       [](v1::Form& f) {
         Kept(f).add_visible_when()->set_question_id("kept");
       }},
      {"error form.sections[1].questions[1].visible_when[0].question_id "
       "VISIBILITY_NOT_A_CHOICE",
       [](v1::Form& f) {
         Why(f).mutable_visible_when(0)->set_question_id("count");
       }},
      {"error form.sections[1].questions[1].visible_when[0].choice_ids "
       "CHOICES_MISSING",
       [](v1::Form& f) { Why(f).mutable_visible_when(0)->clear_choice_ids(); }},
      {"error form.sections[1].questions[1].visible_when[0].choice_ids[1] "
       "CHOICE_UNKNOWN",
       [](v1::Form& f) {
         Why(f).mutable_visible_when(0)->add_choice_ids("maybe");
       }},
  });
}

TEST(FormLintTest, Examples) {
  ExpectTold({
      {"error form.examples[0].title TITLE_MISSING",
       [](v1::Form& f) { f.mutable_examples(0)->clear_title(); }},
      {"error form.examples[0].percent EXAMPLE_MISMATCH",
       [](v1::Form& f) { f.mutable_examples(0)->set_percent(60.01); }},
      {"error form.examples[0].percent EXAMPLE_MISMATCH",
       [](v1::Form& f) { f.mutable_examples(0)->clear_percent(); }},
      {"error form.examples[0].percent PERCENT_INVALID",
       [](v1::Form& f) { f.mutable_examples(0)->set_percent(NAN); }},
      {"error form.examples[0].answers[0].choice_id CHOICE_UNKNOWN",
       [](v1::Form& f) {
         f.mutable_examples(0)->mutable_answers(0)->set_choice_id("maybe");
       }},
      {"error form.examples[0].answers ANSWER_MISSING",
       [](v1::Form& f) {
         f.mutable_examples(0)->mutable_answers()->RemoveLast();
       }},
      {"error form.examples[1].answers[0].question_id QUESTION_UNKNOWN",
       [](v1::Form& f) {
         f.add_examples()->add_answers()->set_question_id("who");
       }},
  });
}

TEST(FormLintTest, AMismatchTellsWhatWasExpectedAndWhatCameOut) {
  const auto findings = LintForm(
      Changed([](v1::Form& f) { f.mutable_examples(0)->set_percent(60.004); }));
  EXPECT_THAT(findings, IsEmpty());
  const auto wrong = LintForm(
      Changed([](v1::Form& f) { f.mutable_examples(0)->set_percent(72.5); }));
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_THAT(wrong[0].description(), HasSubstr("72.50"));
  EXPECT_THAT(wrong[0].description(), HasSubstr("60.00"));
}

TEST(FormLintTest, Warnings) {
  ExpectTold({
      {"warning form.sections[1] SECTION_SMALL",
       [](v1::Form& f) { f.mutable_sections(1)->set_weight(3); }},
      {"warning form.sections MANY_QUESTIONS",
       [](v1::Form& f) {
         for (int i = 0; i < 27; ++i) {
           v1::Question& added = *f.mutable_sections(1)->add_questions();
           added = Warm(f);
           added.set_question_id(absl::StrCat("q", i));
         }
       }},
      {"warning form.sections[0].questions[0].guidance GUIDANCE_MISSING",
       [](v1::Form& f) { Warm(f).clear_guidance(); }},
      {"warning form.sections[0].questions[0].choices CHOICES_EQUAL",
       [](v1::Form& f) { Warm(f).mutable_choices(1)->set_points(2); }},
      {"warning form.sections[1].questions NA_EVERYWHERE",
       [](v1::Form& f) { Kept(f).mutable_na()->set_allowed(true); }},
      {"warning form.sections[1].questions[1].visible_when HIDDEN_IN_EXAMPLES",
       [](v1::Form& f) {
         f.mutable_examples(0)->mutable_answers(3)->set_choice_id("yes");
       }},
  });
}

TEST(FormLintTest, WarningsDoNotStopPublishing) {
  EXPECT_THAT(CompiledForm::Make(
                  Changed([](v1::Form& f) { Warm(f).clear_guidance(); })),
              IsOk());
}

TEST(FormLintTest, EveryErrorComesFirstAndInFormOrder) {
  EXPECT_THAT(
      Told(Changed([](v1::Form& f) {
        f.clear_title();
        f.set_leading_value("safety");
        f.mutable_examples(0)->set_percent(1);
        Warm(f).clear_guidance();
        Warm(f).clear_text();
        Why(f).mutable_critical()->set_category(v1::Critical::CUSTOMER);
      })),
      ElementsAre(
          "error form.title TITLE_MISSING",
          "error form.leading_value LEADING_VALUE_NOT_HEAVIEST",
          "error form.sections[0].questions[0].text TEXT_MISSING",
          "error form.sections[1].questions[1].critical CRITICAL_NOT_BOUNDARY",
          "error form.sections[1].questions[1].critical CRITICAL_NOT_SCORED",
          "error form.examples[0].percent EXAMPLE_MISMATCH",
          "warning form.sections[0].questions[0].guidance GUIDANCE_MISSING"));
}

TEST(FormLintTest, SectionsOfOneValueWeighTogether) {
  const auto split = [](v1::Form& f, const char* value) {
    v1::Section& third = *f.add_sections();
    third = f.sections(1);
    third.set_section_id("third");
    third.set_value(value);
    third.mutable_questions()->DeleteSubrange(1, 1);
    third.mutable_questions(0)->set_question_id("third");
    f.mutable_sections(1)->set_weight(45);
    third.set_weight(45);
    f.clear_examples();
  };
  EXPECT_THAT(Told(Changed([&](v1::Form& f) { split(f, "safety"); })),
              ElementsAre("error form.leading_value "
                          "LEADING_VALUE_NOT_HEAVIEST"));
  EXPECT_THAT(Told(Changed([&](v1::Form& f) { split(f, ""); })), IsEmpty());
}

TEST(FormLintTest, FeedbackOnlyNeedsNoScoredQuestionAndNoLeadingShare) {
  const auto told = Told(Changed([](v1::Form& f) {
    f.set_feedback_only(true);
    f.mutable_sections(1)->set_weight(90);
    f.mutable_examples(0)->clear_percent();
    Warm(f).mutable_choices(0)->set_points(0);
  }));
  EXPECT_THAT(told, IsEmpty());
}

TEST(FormLintTest, CompilingCarriesEveryError) {
  const auto compiled = CompiledForm::Make(Changed([](v1::Form& f) {
    f.clear_title();
    Warm(f).clear_text();
  }));
  EXPECT_THAT(compiled, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(compiled, HasViolation("form.title", "TITLE_MISSING"));
  EXPECT_THAT(compiled, HasViolation("form.sections[0].questions[0].text",
                                     "TEXT_MISSING"));
}

}  // namespace
}  // namespace attune
