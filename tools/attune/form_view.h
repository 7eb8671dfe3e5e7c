// Forms and their changes as people read them.

#ifndef ATTUNE_TOOLS_ATTUNE_FORM_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_FORM_VIEW_H_

#include <string>

#include "attune/v1/form.pb.h"
#include "tools/attune/session.h"

namespace attune {

// Sections with weights and shares of the total, questions with choices and
// points.
std::string FormPage(const v1::Form& form, int width, bool color);

// Prints what changed: JSON, a row for each item, or a table and the fields.
absl::Status PrintComparison(Session& session,
                             const v1::FormComparison& comparison);

// `reworded, reweighted`.
std::string ChangesText(const v1::FormComparison::Item& item);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FORM_VIEW_H_
