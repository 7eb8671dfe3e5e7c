// What never changes a score, on random forms and answers.

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "tests/engine/scoring/random_form.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;

constexpr uint64_t kCases = 3'000;

v1::Score Explain(const v1::Form& form,
                  const std::vector<v1::Answer>& answers) {
  const auto compiled = CompiledForm::MakeDraft(form);
  EXPECT_TRUE(compiled.has_value());
  return ExplainScore(*compiled, ListOf(answers));
}

std::map<std::string, std::string> ByQuestion(const v1::Score& score) {
  std::map<std::string, std::string> result;
  for (const v1::QuestionScore& question : score.questions()) {
    result[question.question_id()] = question.ShortDebugString();
  }
  return result;
}

TEST(ScorePropertiesTest, TheOrderOfAnswersChangesNothing) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    RandomForms random(seed);
    const v1::Form form = random.NextForm();
    auto answers = random.NextAnswers(form);
    const v1::Score score = Explain(form, answers);
    std::reverse(answers.begin(), answers.end());
    ASSERT_TRUE(MessageDifferencer::Equals(score, Explain(form, answers)))
        << "seed " << seed;
  }
}

TEST(ScorePropertiesTest, TheOrderOfSectionsChangesNothing) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    RandomForms random(seed);
    v1::Form form = random.NextForm();
    for (v1::Section& section : *form.mutable_sections()) {
      for (v1::Question& question : *section.mutable_questions()) {
        question.clear_visible_when();  // or it would point forward
      }
    }
    const auto answers = random.NextAnswers(form);
    const v1::Score score = Explain(form, answers);
    std::reverse(form.mutable_sections()->begin(),
                 form.mutable_sections()->end());
    const v1::Score turned = Explain(form, answers);
    ASSERT_EQ(score.has_percent(), turned.has_percent()) << "seed " << seed;
    ASSERT_EQ(score.percent(), turned.percent()) << "seed " << seed;
    ASSERT_EQ(score.percent_so_far(), turned.percent_so_far());
    ASSERT_EQ(ByQuestion(score), ByQuestion(turned)) << "seed " << seed;
  }
}

TEST(ScorePropertiesTest, ScalingAllWeightsChangesNothingElse) {
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    RandomForms random(seed);
    v1::Form form = random.NextForm();
    for (v1::Section& section : *form.mutable_sections()) {
      section.set_weight(random.Below(5));
      for (v1::Question& question : *section.mutable_questions()) {
        if (question.type() == v1::Question::TEXT ||
            question.type() == v1::Question::DATE) {
          continue;
        }
        question.set_weight(random.Below(9) + 0.25);
      }
    }
    const auto answers = random.NextAnswers(form);
    v1::Score score = Explain(form, answers);
    for (v1::Section& section : *form.mutable_sections()) {
      section.set_weight(section.weight() * 7);
      for (v1::Question& question : *section.mutable_questions()) {
        if (question.has_weight()) question.set_weight(question.weight() * 3);
      }
    }
    v1::Score scaled = Explain(form, answers);
    for (v1::Score* each : {&score, &scaled}) {
      for (v1::SectionScore& section : *each->mutable_sections()) {
        section.clear_weight();
      }
    }
    ASSERT_TRUE(MessageDifferencer::Equals(score, scaled)) << "seed " << seed;
  }
}

// Makes one applicable answer N/A; false if its section would drop out.
bool WithdrawOne(const v1::Form& form, const v1::Score& score, size_t which,
                 std::vector<v1::Answer>& answers) {
  const v1::QuestionScore& question =
      score.questions(static_cast<int>(which) % score.questions_size());
  int others = 0;
  for (const v1::QuestionScore& other : score.questions()) {
    others += other.section_id() == question.section_id() &&
                      other.question_id() != question.question_id() &&
                      other.effective_share() > 0
                  ? 1
                  : 0;
  }
  if (others == 0 || question.state() != v1::QuestionScore::STATE_SCORED) {
    return false;
  }
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& document : section.questions()) {
      if (document.question_id() == question.question_id() &&
          !document.na().allowed()) {
        return false;
      }
    }
  }
  for (v1::Answer& answer : answers) {
    if (answer.question_id() != question.question_id()) continue;
    answer.Clear();
    answer.set_question_id(question.question_id());
    answer.set_na(true);
  }
  return true;
}

TEST(ScorePropertiesTest, NotApplicableLeavesEverySectionItsShare) {
  int tried = 0;
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    RandomForms random(seed);
    v1::Form form = random.NextForm();
    form.set_rule(v1::Form::WEIGHTED_SECTION_MEANS);
    for (v1::Section& section : *form.mutable_sections()) {
      for (v1::Question& question : *section.mutable_questions()) {
        question.clear_visible_when();  // or N/A might hide other questions
      }
    }
    auto answers = random.NextAnswers(form);
    const v1::Score score = Explain(form, answers);
    if (!WithdrawOne(form, score, seed, answers)) continue;
    ++tried;
    const v1::Score after = Explain(form, answers);
    for (int s = 0; s < score.sections_size(); ++s) {
      ASSERT_EQ(score.sections(s).effective_share(),
                after.sections(s).effective_share())
          << "seed " << seed;
    }
  }
  EXPECT_GT(tried, 100);
}

}  // namespace
}  // namespace attune
