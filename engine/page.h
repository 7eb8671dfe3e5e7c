// Pages of a list: keyset tokens, so that concurrent inserts neither repeat nor
// skip a row.

#ifndef ATTUNE_ENGINE_PAGE_H_
#define ATTUNE_ENGINE_PAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attune {

// Where a list goes on, and how far.
struct Page {
  int64_t size = 0;                // 1 to 1000
  std::vector<std::string> after;  // key of the last row seen; empty at first
  std::string filter;              // digest of the rest of the request
};

// The token for the page after the row with this key.  Opaque, URL-safe,
// carries no authority.
std::string NextPageToken(const Page& page,
                          const std::vector<std::string>& last_key);

// `filter` is everything else that decides what the list holds.
// INVALID_ARGUMENT for a negative size (PAGE_SIZE_NEGATIVE), and for a token
// that is not one of ours or of another list (PAGE_TOKEN_INVALID).
absl::StatusOr<Page> ParsePage(int32_t page_size, absl::string_view page_token,
                               absl::string_view filter, size_t key_parts);

// The same for a request message with page_size and page_token.
template <typename Request>
absl::StatusOr<Page> PageOf(Request request, size_t key_parts) {
  const int32_t size = request.page_size();
  const std::string token = request.page_token();
  request.clear_page_size();
  request.clear_page_token();
  return ParsePage(size, token, request.SerializeAsString(), key_parts);
}

}  // namespace attune

#endif  // ATTUNE_ENGINE_PAGE_H_
