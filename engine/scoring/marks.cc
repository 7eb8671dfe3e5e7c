#include "engine/scoring/marks.h"

#include <cstddef>

namespace attune {
namespace {

using Kind = CodedAnswer::Kind;

bool Holds(const CompiledForm::Condition& condition,
           absl::Span<const CodedAnswer> sheet, const Marks& marks) {
  const auto target = static_cast<size_t>(condition.question);
  return marks[target].state != v1::QuestionScore::STATE_HIDDEN &&
         (sheet[target].choices & condition.choices).any();
}

bool IsVisible(const CompiledForm::Question& question,
               absl::Span<const CodedAnswer> sheet, const Marks& marks) {
  if (question.conditions.empty()) return true;
  for (const CompiledForm::Condition& condition : question.conditions) {
    if (Holds(condition, sheet, marks) == question.any_of) {
      return question.any_of;
    }
  }
  return !question.any_of;
}

Mark MarkVisible(const CompiledForm::Question& question,
                 const CodedAnswer& answer) {
  if (answer.kind == Kind::kNone && question.needs_answer) {
    return {v1::QuestionScore::STATE_UNANSWERED, 0};
  }
  if (!question.scored) return {v1::QuestionScore::STATE_UNSCORED, 0};
  if (answer.kind == Kind::kGiven) {
    return {v1::QuestionScore::STATE_SCORED, answer.earned};
  }
  if (question.full_credit) {
    return {v1::QuestionScore::STATE_NA_FULL_CREDIT, question.maximum};
  }
  return {v1::QuestionScore::STATE_NA, 0};
}

}  // namespace

Marks MarkSheet(const CompiledForm& form, absl::Span<const CodedAnswer> sheet) {
  Marks marks;
  marks.reserve(sheet.size());
  for (size_t i = 0; i < sheet.size(); ++i) {
    const CompiledForm::Question& question = form.questions()[i];
    marks.push_back(IsVisible(question, sheet, marks)
                        ? MarkVisible(question, sheet[i])
                        : Mark{v1::QuestionScore::STATE_HIDDEN, 0});
  }
  return marks;
}

Marks MarkAllApplicable(const CompiledForm& form) {
  Marks marks;
  for (const CompiledForm::Question& question : form.questions()) {
    marks.push_back(
        question.scored
            ? Mark{v1::QuestionScore::STATE_SCORED, question.maximum}
            : Mark{v1::QuestionScore::STATE_UNSCORED, 0});
  }
  return marks;
}

}  // namespace attune
