// The rules a form keeps by itself, before anything is scored on it.

#ifndef ATTUNE_ENGINE_FORM_FORM_RULES_H_
#define ATTUNE_ENGINE_FORM_FORM_RULES_H_

#include "attune/v1/form.pb.h"
#include "engine/form/findings.h"

namespace attune {

// Ids, texts, numbers, types, visibility, critical questions: all of lint but
// limits, shares and examples.
Findings CheckFormRules(const v1::Form& form);

// A choice or NUMBER question, in a section that does not weigh 0, of a form
// that gives numbers.
bool IsScored(const v1::Form& form, const v1::Section& section,
              const v1::Question& question);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FORM_RULES_H_
