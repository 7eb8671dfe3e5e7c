// An agent's feedback on a form: what makes it well-formed, and its verdicts
// counted.

#ifndef ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACK_H_
#define ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACK_H_

#include <map>
#include <string>

#include "attune/v1/self_check.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/violations.h"

namespace attune {

// FEEDBACK_EMPTY, QUESTION_UNKNOWN, QUESTION_REPEATED, VERDICT_MISSING, and
// those of CheckText, each under `feedback`.
Violations CheckFeedback(const CompiledForm& form,
                         const v1::FormFeedback& feedback);

// Verdicts by question id.
using QuestionTallies = std::map<std::string, v1::QuestionTally>;

// Adds those of one feedback.
void CountVerdicts(const v1::FormFeedback& feedback, QuestionTallies& tallies);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACK_H_
