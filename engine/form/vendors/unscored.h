// Questions that earn no points, which stand in sections of weight 0 here.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_UNSCORED_H_
#define ATTUNE_ENGINE_FORM_VENDORS_UNSCORED_H_

#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"

namespace attune {

// A choice or NUMBER question none of whose answers earns points.
bool EarnsNothing(const v1::Question& question);

// Notes where such a question goes.
void NoteUnscored(const v1::Question& question, absl::string_view path,
                  ImportLog& log);

// Moves them into a section of weight 0 before their own, or after it if they
// depend on answers there.  Where both would put a question before one that it
// depends on, the section becomes several of the same weight, which gives the
// same total under every rule but section means.  A section that has nothing
// else to score gets the weight 0.
void SetUnscoredApart(v1::Form& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_UNSCORED_H_
