// Lint: everything there is to say about a form, at once.

#ifndef ATTUNE_ENGINE_FORM_FORM_LINT_H_
#define ATTUNE_ENGINE_FORM_FORM_LINT_H_

#include <vector>

#include "attune/v1/form.pb.h"
#include "engine/form/form_limits.h"
#include "engine/violations.h"

namespace attune {

// Every finding, errors first, each kind in form order.  Fields are paths such
// as `form.sections[0].questions[2].weight`.  Limits count as errors.  Shares
// and examples are looked at once the numbers of the form are sound.
std::vector<v1::LintFinding> LintForm(const v1::Form& form);

// The errors among `findings`.
Violations ErrorsOf(const std::vector<v1::LintFinding>& findings);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FORM_LINT_H_
