#include "engine/page.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/ids.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int64_t kDefaultSize = 50;
constexpr int64_t kMaxSize = 1000;
constexpr size_t kMaxTokenBytes = 1024;
constexpr size_t kFilterBytes = 16;
// In no id and no number.
constexpr char kSeparator[] = "\n";

}  // namespace

std::string NextPageToken(const Page& page,
                          const std::vector<std::string>& last_key) {
  return absl::WebSafeBase64Escape(page.filter + kSeparator +
                                   absl::StrJoin(last_key, kSeparator));
}

absl::StatusOr<Page> ParsePage(int32_t page_size, absl::string_view page_token,
                               absl::string_view filter, size_t key_parts) {
  Violations violations;
  Page page;
  page.size =
      page_size == 0 ? kDefaultSize : std::min<int64_t>(page_size, kMaxSize);
  if (page_size < 0) {
    violations.Add("page_size", "PAGE_SIZE_NEGATIVE",
                   "A page size is 0 (for the default of 50) or more.");
  }
  page.filter = Sha256Hex(filter).substr(0, kFilterBytes);
  if (!page_token.empty()) {
    std::string plain;
    std::vector<std::string> parts;
    if (page_token.size() <= kMaxTokenBytes &&
        absl::WebSafeBase64Unescape(page_token, &plain) && IsCleanUtf8(plain)) {
      parts = absl::StrSplit(plain, kSeparator);
    }
    if (parts.size() == key_parts + 1 && parts[0] == page.filter) {
      page.after.assign(parts.begin() + 1, parts.end());
    } else {
      violations.Add("page_token", "PAGE_TOKEN_INVALID",
                     "A page token comes from the previous response, and the "
                     "rest of the request stays as it was.");
    }
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return page;
}

}  // namespace attune
