// What makes an agent's feedback on a form well-formed.

#ifndef ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACK_H_
#define ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACK_H_

#include "attune/v1/self_check.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/violations.h"

namespace attune {

// FEEDBACK_EMPTY, QUESTION_UNKNOWN, QUESTION_REPEATED, VERDICT_MISSING, and
// those of CheckText, each under `feedback`.
Violations CheckFeedback(const CompiledForm& form,
                         const v1::FormFeedback& feedback);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACK_H_
