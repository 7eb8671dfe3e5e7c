// Shares of a whole, in words.

#ifndef ATTUNE_TOOLS_ATTUNE_SHARE_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_SHARE_VIEW_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/share.pb.h"

namespace attune {

// `66.67 % (2 of 3, 95 % interval 20.77 to 93.85)`; `no data (0 of 0)`.
inline std::string ShareText(const v1::Share& share) {
  const std::string of = absl::StrCat(share.hits(), " of ", share.n());
  if (!share.has_percent()) return absl::StrCat("no data (", of, ")");
  return absl::StrFormat("%.2f %% (%s, 95 %% interval %.2f to %.2f)",
                         share.percent(), of, share.low(), share.high());
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SHARE_VIEW_H_
