#include "engine/scoring/answer_sheet.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/container/inlined_vector.h"
#include "engine/clock.h"

namespace attune {
namespace {

using Kind = CodedAnswer::Kind;

void CodeChoice(const CompiledForm& form, int index, const v1::Answer& answer,
                CodedAnswer& coded) {
  const auto choice = form.FindChoice(index, answer.choice_id());
  if (!choice) return;
  const auto at = static_cast<size_t>(*choice);
  coded.choices.set(at);
  coded.earned = form.questions()[static_cast<size_t>(index)].points[at];
  coded.kind = Kind::kGiven;
}

void CodeChoices(const CompiledForm& form, int index, const v1::Answer& answer,
                 CodedAnswer& coded) {
  const CompiledForm::Question& question =
      form.questions()[static_cast<size_t>(index)];
  for (const std::string& choice_id : answer.choice_ids()) {
    const auto choice = form.FindChoice(index, choice_id);
    if (!choice || coded.choices[static_cast<size_t>(*choice)]) {
      coded = CodedAnswer{};
      return;
    }
    const auto at = static_cast<size_t>(*choice);
    coded.choices.set(at);
    coded.earned += question.points[at];
  }
  coded.earned = std::min(coded.earned, question.maximum);
  coded.kind = Kind::kGiven;
}

void CodeNumber(const CompiledForm& form, int index, const v1::Answer& answer,
                CodedAnswer& coded) {
  if (!std::isfinite(answer.number())) return;
  const CompiledForm::Question& question =
      form.questions()[static_cast<size_t>(index)];
  if (!question.points.empty()) {
    const auto range = form.FindRange(index, answer.number());
    if (!range) return;
    coded.earned = question.points[static_cast<size_t>(*range)];
  }
  coded.kind = Kind::kGiven;
}

int CountGiven(const v1::Answer& answer) {
  return (answer.choice_id().empty() ? 0 : 1) +
         (answer.choice_ids().empty() ? 0 : 1) + (answer.has_number() ? 1 : 0) +
         (answer.text().empty() ? 0 : 1) + (answer.date().empty() ? 0 : 1) +
         (answer.na() ? 1 : 0);
}

}  // namespace

CodedAnswer CodeAnswer(const CompiledForm& form, int index,
                       const v1::Answer& answer) {
  CodedAnswer coded;
  const int given = CountGiven(answer);
  if (given > 1) return coded;
  const CompiledForm::Question& question =
      form.questions()[static_cast<size_t>(index)];
  if (answer.na()) {
    if (question.na_allowed) coded.kind = Kind::kNotApplicable;
    return coded;
  }
  switch (question.type) {
    case v1::Question::SINGLE_CHOICE:
      if (!answer.choice_id().empty()) CodeChoice(form, index, answer, coded);
      break;
    case v1::Question::MULTI_CHOICE:
      if (given == (answer.choice_ids().empty() ? 0 : 1)) {
        CodeChoices(form, index, answer, coded);
      }
      break;
    case v1::Question::NUMBER:
      if (answer.has_number()) CodeNumber(form, index, answer, coded);
      break;
    case v1::Question::TEXT:
      if (!answer.text().empty()) coded.kind = Kind::kGiven;
      break;
    case v1::Question::DATE:
      if (ParseDay(answer.date())) coded.kind = Kind::kGiven;
      break;
    default:
      break;
  }
  return coded;
}

AnswerSheet CodeAnswers(
    const CompiledForm& form,
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers) {
  const auto count = static_cast<size_t>(form.question_count());
  AnswerSheet sheet(count);
  absl::InlinedVector<bool, 64> seen(count, false);
  for (const v1::Answer& answer : answers) {
    const auto index = form.FindQuestion(answer.question_id());
    if (!index) continue;
    const auto at = static_cast<size_t>(*index);
    sheet[at] = seen[at] ? CodedAnswer{} : CodeAnswer(form, *index, answer);
    seen[at] = true;
  }
  return sheet;
}

}  // namespace attune
