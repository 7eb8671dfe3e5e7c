#include "engine/evaluation/form_feedback.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/texts.h"

namespace attune {

Violations CheckFeedback(const CompiledForm& form,
                         const v1::FormFeedback& feedback) {
  Violations bad;
  if (feedback.questions().empty() && feedback.idea().empty()) {
    bad.Add("feedback", "FEEDBACK_EMPTY",
            "Give a verdict on a question, or an idea.");
  }
  CheckText(feedback.idea(), "feedback.idea", bad);
  std::set<std::string> seen;
  for (int i = 0; i < feedback.questions_size(); ++i) {
    const v1::QuestionFeedback& question = feedback.questions(i);
    const std::string path = absl::StrCat("feedback.questions[", i, "]");
    if (!form.FindQuestion(question.question_id())) {
      bad.Add(absl::StrCat(path, ".question_id"), "QUESTION_UNKNOWN",
              absl::StrCat("The form has no question \"",
                           question.question_id(), "\"."));
    } else if (!seen.insert(question.question_id()).second) {
      bad.Add(absl::StrCat(path, ".question_id"), "QUESTION_REPEATED",
              absl::StrCat("There is a verdict on \"", question.question_id(),
                           "\" already."));
    }
    if (question.verdict() == v1::QuestionFeedback::VERDICT_UNSPECIFIED ||
        !v1::QuestionFeedback::Verdict_IsValid(question.verdict())) {
      bad.Add(absl::StrCat(path, ".verdict"), "VERDICT_MISSING",
              "A verdict is keep, change, drop or unclear.");
    }
    CheckText(question.comment(), absl::StrCat(path, ".comment"), bad);
  }
  return bad;
}

}  // namespace attune
