// Whether a set of answers fits a form.

#ifndef ATTUNE_ENGINE_SCORING_ANSWERS_H_
#define ATTUNE_ENGINE_SCORING_ANSWERS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include "attune/v1/form.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/violations.h"

namespace attune {

inline constexpr int kMaxEvidence = 32;  // of one answer

enum class Completeness {
  // A draft: what is given must fit, nothing need be there, and answers to
  // questions that are hidden just now may stay.
  kPartial,
  // As kComplete, but comments are not demanded: the examples of a form.
  kExample,
  // What is submitted.
  kComplete,
};

// Every violation, with paths such as `answers[3].choice_id`.  Reasons:
// TOO_MANY_ANSWERS, QUESTION_UNKNOWN, ANSWER_DUPLICATE, ANSWER_WRONG_TYPE,
// ANSWER_AMBIGUOUS, CHOICE_UNKNOWN, CHOICE_DUPLICATE, NUMBER_NOT_FINITE,
// NUMBER_OUT_OF_RANGE, DATE_INVALID, NA_NOT_ALLOWED, TEXT_TOO_LONG,
// TEXT_NOT_CLEAN, EVIDENCE_INVALID; unless partial also ANSWER_MISSING (field
// `answers`), ANSWER_HIDDEN and, if complete, COMMENT_MISSING.
Violations CheckAnswers(
    const CompiledForm& form,
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
    Completeness completeness);

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_ANSWERS_H_
