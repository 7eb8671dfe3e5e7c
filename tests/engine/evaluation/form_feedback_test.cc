#include "engine/evaluation/form_feedback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

void Add(const std::string& question, v1::QuestionFeedback::Verdict verdict,
         v1::FormFeedback& feedback) {
  feedback.add_questions()->set_question_id(question);
  feedback.mutable_questions(feedback.questions_size() - 1)
      ->set_verdict(verdict);
}

std::vector<std::string> Wrong(const v1::FormFeedback& feedback) {
  const auto form = CompiledForm::Make(SmallForm());
  EXPECT_THAT(form, IsOk());
  std::vector<std::string> found;
  const Violations violations = CheckFeedback(*form, feedback);
  for (const Violation& violation : violations.all()) {
    found.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return found;
}

TEST(FormFeedbackTest, MayLeaveQuestionsOut) {
  v1::FormFeedback feedback;
  Add("warmth", v1::QuestionFeedback::VERDICT_KEEP, feedback);
  EXPECT_THAT(Wrong(feedback), IsEmpty());
  feedback.clear_questions();
  feedback.set_idea("Fewer questions.");
  EXPECT_THAT(Wrong(feedback), IsEmpty());
}

TEST(FormFeedbackTest, EverythingWrongIsToldAtOnce) {
  EXPECT_THAT(Wrong(v1::FormFeedback()),
              ElementsAre("feedback FEEDBACK_EMPTY"));
  v1::FormFeedback feedback;
  Add("warmth", v1::QuestionFeedback::VERDICT_KEEP, feedback);
  Add("warmth", v1::QuestionFeedback::VERDICT_DROP, feedback);
  Add("speed", v1::QuestionFeedback::VERDICT_CHANGE, feedback);
  Add("solved", v1::QuestionFeedback::VERDICT_UNSPECIFIED, feedback);
  feedback.mutable_questions(3)->set_comment(std::string(4097, 'x'));
  EXPECT_THAT(Wrong(feedback),
              ElementsAre("feedback.questions[1].question_id QUESTION_REPEATED",
                          "feedback.questions[2].question_id QUESTION_UNKNOWN",
                          "feedback.questions[3].verdict VERDICT_MISSING",
                          "feedback.questions[3].comment TEXT_TOO_LONG"));
}

}  // namespace
}  // namespace attune
