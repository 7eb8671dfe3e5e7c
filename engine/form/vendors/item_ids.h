// Ids for sections, questions and choices of forms that came without fitting
// ones.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_ITEM_IDS_H_
#define ATTUNE_ENGINE_FORM_VENDORS_ITEM_IDS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace attune {

// Gives ids of which no two are the same.  Not thread-safe.
class ItemIds {
 public:
  // The vendor's id, or one made from it: `Opening-1` is opening_1.  A UUID or
  // an empty id says nothing to readers of reports: then one made from the
  // title, or else `kind`.  A number at the end tells equal ones apart.
  std::string Take(absl::string_view vendor_id, absl::string_view title,
                   absl::string_view kind);

 private:
  // With the last number that was put behind it.
  absl::flat_hash_map<std::string, int> taken_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_ITEM_IDS_H_
