// A page token is untrusted: whatever it is, it is refused or it is a key of
// the right shape for the same list.

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/page.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 4096) return 0;
  const absl::string_view token(reinterpret_cast<const char*>(data), size);
  const auto page = attune::ParsePage(10, token, "filter", 2);
  if (!page.ok() || token.empty()) return 0;
  if (page->after.size() != 2) __builtin_trap();
  const std::string again = attune::NextPageToken(*page, page->after);
  const auto same = attune::ParsePage(10, again, "filter", 2);
  if (!same.ok() || same->after != page->after) __builtin_trap();
  return 0;
}
