// One question of an Amazon Connect form.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_AMAZON_QUESTION_H_
#define ATTUNE_ENGINE_FORM_VENDORS_AMAZON_QUESTION_H_

#include <string>

#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"
#include "engine/form/vendors/item_ids.h"
#include "engine/form/vendors/json_file.h"

namespace attune {

// All but the weight, which depends on the sections around it.  `section` is
// the RefId of its own.
v1::Question ReadAmazonQuestion(VendorObject& source,
                                const std::string& section, ItemIds& ids,
                                ImportLog& log);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_AMAZON_QUESTION_H_
