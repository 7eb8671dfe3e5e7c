// Google Cloud's Contact Center AI Insights: quality scorecards.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_GOOGLE_H_
#define ATTUNE_ENGINE_FORM_VENDORS_GOOGLE_H_

#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"
#include "engine/form/vendors/json_file.h"

namespace attune {

// A QaScorecardRevision in proto JSON with its QaQuestions, which the API gives
// apart from it: as `qaQuestions` (their name where they are listed) or
// `questions`, beside the fields of the revision or beside the revision as
// `qaScorecardRevision`.  The rule is POINTS: scores
// earned of those possible, without what is N/A.  Questions stand by their
// `order`, in a section for each first tag.
v1::Form ReadGoogle(VendorObject root, ImportLog& log);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_GOOGLE_H_
