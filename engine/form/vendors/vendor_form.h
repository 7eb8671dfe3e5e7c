// Other vendors' form definitions as forms whose scores follow the vendor's
// own rule.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_VENDOR_FORM_H_
#define ATTUNE_ENGINE_FORM_VENDORS_VENDOR_FORM_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"

namespace attune {

inline constexpr size_t kMaxVendorFormBytes = size_t{4} << 20;

enum class Vendor { kAmazonConnect, kGenesys, kGoogle };

// Where the weight of a question goes that does not apply.
enum class NaWeight {
  kForm,     // to all others of the form, in proportion
  kSection,  // to the others of its section
};

struct ImportedForm {
  v1::Form form;
  // What could not be carried over, or only in another way.
  std::vector<ImportNote> notes;
};

// `na_weight` is for forms with weights on two levels, Amazon Connect's.  The
// form is not linted: a vendor may allow what lint refuses, such as a text
// that is too long.  INVALID_ARGUMENT: JSON_INVALID, JSON_TOO_LARGE, or
// VENDOR_FORM_INVALID with a violation for each thing that is wrong, whose
// field is a path such as `$.Items[0].Section.Weight` and whose reason is one
// of WRONG_SHAPE, WRONG_TYPE, MISSING, OUT_OF_RANGE, TYPE_UNKNOWN and
// REFERENCE_UNKNOWN.
absl::StatusOr<ImportedForm> ImportVendorForm(
    Vendor vendor, absl::string_view json,
    NaWeight na_weight = NaWeight::kForm);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_VENDOR_FORM_H_
