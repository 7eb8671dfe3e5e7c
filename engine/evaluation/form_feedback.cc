#include "engine/evaluation/form_feedback.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/texts.h"

namespace attune {
namespace {

void Count(v1::QuestionFeedback::Verdict verdict, v1::QuestionTally& tally) {
  switch (verdict) {
    case v1::QuestionFeedback::VERDICT_KEEP:
      tally.set_keep_count(tally.keep_count() + 1);
      break;
    case v1::QuestionFeedback::VERDICT_CHANGE:
      tally.set_change_count(tally.change_count() + 1);
      break;
    case v1::QuestionFeedback::VERDICT_DROP:
      tally.set_drop_count(tally.drop_count() + 1);
      break;
    case v1::QuestionFeedback::VERDICT_UNCLEAR:
      tally.set_unclear_count(tally.unclear_count() + 1);
      break;
    default:
      break;
  }
}

}  // namespace

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

void CountVerdicts(const v1::FormFeedback& feedback, QuestionTallies& tallies) {
  for (const v1::QuestionFeedback& question : feedback.questions()) {
    v1::QuestionTally& tally = tallies[question.question_id()];
    tally.set_question_id(question.question_id());
    Count(question.verdict(), tally);
  }
}

}  // namespace attune
