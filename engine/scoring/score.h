// The score of a set of answers, with every step told.

#ifndef ATTUNE_ENGINE_SCORING_SCORE_H_
#define ATTUNE_ENGINE_SCORING_SCORE_H_

#include <google/protobuf/repeated_ptr_field.h>

#include "attune/v1/score.pb.h"
#include "engine/form/compiled_form.h"

namespace attune {

// The same for the same form and answers, in whatever order and on every
// machine.  Answers that do not fit, and questions answered twice, count as
// not answered: see CheckAnswers.
v1::Score ExplainScore(
    const CompiledForm& form,
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers);

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_SCORE_H_
