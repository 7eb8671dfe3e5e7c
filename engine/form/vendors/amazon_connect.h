// Amazon Connect's evaluation forms.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_AMAZON_CONNECT_H_
#define ATTUNE_ENGINE_FORM_VENDORS_AMAZON_CONNECT_H_

#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"
#include "engine/form/vendors/json_file.h"
#include "engine/form/vendors/vendor_form.h"

namespace attune {

// A template (`EvaluationFormTitle`, `Items`) or what DescribeEvaluationForm
// answers (`EvaluationForm`).  Weights are percents: a question decides its
// own weight times those of the sections around it.  With NaWeight::kForm that
// product is the question's weight and the rule WEIGHTED_QUESTIONS; with
// kSection the rule is WEIGHTED_SECTION_MEANS.
v1::Form ReadAmazonConnect(VendorObject root, NaWeight na_weight,
                           ImportLog& log);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_AMAZON_CONNECT_H_
