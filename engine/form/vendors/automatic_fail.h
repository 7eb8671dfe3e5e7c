// Answers that fail an evaluation whatever the rest of it is.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_AUTOMATIC_FAIL_H_
#define ATTUNE_ENGINE_FORM_VENDORS_AUTOMATIC_FAIL_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"

namespace attune {

// Makes the question a critical boundary.
void SetCritical(v1::Critical::Effect effect, v1::Question& question,
                 absl::string_view path, ImportLog& log);

// The same for a SINGLE_CHOICE or NUMBER question on which only those choices
// or ranges fail that `fails` says.  Critical questions fail under a percent
// of their points, so a failing answer must earn less than every other one:
// where it does not, its points become 0, which changes nothing in a total
// that is 0 anyway, and others without points get the least that tells them
// apart.  Points have at most four places.
void SetAutomaticFail(const std::vector<bool>& fails,
                      v1::Critical::Effect effect, v1::Question& question,
                      absl::string_view path, ImportLog& log);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_AUTOMATIC_FAIL_H_
