// Genesys Cloud's evaluation forms.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_GENESYS_H_
#define ATTUNE_ENGINE_FORM_VENDORS_GENESYS_H_

#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"
#include "engine/form/vendors/json_file.h"

namespace attune {

// The form as the API gives it (`name`, `questionGroups`).  The rule is
// SCALED_POINTS: points times the weight of their group.  A fatal question
// (`isKill`) fails the form below its best answer, a critical one is flagged.
// A multiple select whose options may be N/A, fatal, critical or hidden each
// by itself becomes one question for each option, which earns the same.
v1::Form ReadGenesys(VendorObject root, ImportLog& log);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_GENESYS_H_
