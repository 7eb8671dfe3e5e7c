// What changed between two forms.

#ifndef ATTUNE_ENGINE_FORM_FORM_COMPARE_H_
#define ATTUNE_ENGINE_FORM_FORM_COMPARE_H_

#include "attune/v1/form.pb.h"

namespace attune {

// Matches by section_id and question_id.  Items stand in the order of `other`,
// those that it lacks after them in the order of `base`.  A form whose numbers
// are not sound has no shares.
v1::FormComparison CompareForms(const v1::Form& base, const v1::Form& other);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FORM_COMPARE_H_
