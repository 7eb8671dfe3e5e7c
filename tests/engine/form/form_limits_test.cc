// How large a form may be.

#include "engine/form/form_limits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/form/form_lint.h"

namespace attune {
namespace {

std::vector<std::string> Problems(const v1::Form& form) {
  std::vector<std::string> result;
  const Violations bad = CheckFormLimits(form);
  for (const Violation& violation : bad.all()) {
    result.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return result;
}

using List = std::vector<std::string>;

TEST(FormLimitsTest, AnEmptyDraftIsWithinThem) {
  EXPECT_EQ(Problems(v1::Form()), List());
}

TEST(FormLimitsTest, CountsHoldExactly) {
  v1::Form form;
  for (int s = 0; s < 200; ++s) {
    v1::Section& section = *form.add_sections();
    for (int q = 0; q < 5; ++q) section.add_questions();
  }
  v1::Question& question = *form.mutable_sections(3)->mutable_questions(1);
  for (int i = 0; i < 256; ++i) question.add_choices();
  for (int i = 0; i < 256; ++i) question.add_ranges();
  for (int i = 0; i < 16; ++i) question.add_visible_when();
  EXPECT_EQ(Problems(form), List());
  form.add_sections()->add_questions();
  question.add_choices();
  question.add_ranges();
  question.add_visible_when();
  EXPECT_EQ(Problems(form),
            (List{"form.sections TOO_MANY_SECTIONS",
                  "form.sections TOO_MANY_QUESTIONS",
                  "form.sections[3].questions[1].choices TOO_MANY_CHOICES",
                  "form.sections[3].questions[1].ranges TOO_MANY_RANGES",
                  "form.sections[3].questions[1].visible_when "
                  "TOO_MANY_CONDITIONS"}));
}

TEST(FormLimitsTest, EveryTextIsLookedAt) {
  v1::Form form;
  form.set_title(std::string(4096, 'a'));
  EXPECT_EQ(Problems(form), List());
  form.set_title(std::string(4097, 'a'));
  v1::Question& question = *form.add_sections()->add_questions();
  question.add_visible_when()->add_choice_ids(std::string(1, '\xff'));
  form.add_examples()->add_answers()->set_comment(std::string(1, '\0'));
  EXPECT_EQ(Problems(form),
            (List{"form.title TEXT_TOO_LONG",
                  "form.sections[0].questions[0].visible_when[0].choice_ids[0] "
                  "TEXT_NOT_CLEAN",
                  "form.examples[0].answers[0].comment TEXT_NOT_CLEAN"}));
}

TEST(FormLimitsTest, AFormHasAtMostOneMebibyte) {
  v1::Form form;
  v1::Section& section = *form.add_sections();
  for (int i = 0; i < 260; ++i) {
    section.add_questions()->set_guidance(std::string(4096, 'a'));
  }
  EXPECT_EQ(Problems(form), List{"form FORM_TOO_LARGE"});
  const auto findings = LintForm(form);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].reason(), "FORM_TOO_LARGE");
}

}  // namespace
}  // namespace attune
