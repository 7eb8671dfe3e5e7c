// Answers as numbers: one entry for each question of a form.

#ifndef ATTUNE_ENGINE_SCORING_ANSWER_SHEET_H_
#define ATTUNE_ENGINE_SCORING_ANSWER_SHEET_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <vector>

#include "attune/v1/form.pb.h"
#include "engine/form/compiled_form.h"

namespace attune {

struct CodedAnswer {
  enum class Kind : uint8_t { kNone, kNotApplicable, kGiven };

  Kind kind = Kind::kNone;
  int64_t earned = 0;      // in the question's units
  ChoiceSet choices = {};  // given to a choice question
};

// In the order of the form's questions.
using AnswerSheet = std::vector<CodedAnswer>;

// An answer that does not fit its question's type, choices or ranges is none.
CodedAnswer CodeAnswer(const CompiledForm& form, int index,
                       const v1::Answer& answer);
// Unknown questions are passed over; a question answered twice has no answer,
// so that the order of answers never matters.
AnswerSheet CodeAnswers(
    const CompiledForm& form,
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers);

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_ANSWER_SHEET_H_
