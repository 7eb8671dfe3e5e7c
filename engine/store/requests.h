// Which requests have been answered, so that a retry gets the first answer.

#ifndef ATTUNE_ENGINE_STORE_REQUESTS_H_
#define ATTUNE_ENGINE_STORE_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/store/database.h"

namespace attune {

// A request as the caller may send it again.
struct RequestKey {
  std::string id;      // request_id, not empty
  std::string caller;  // token id: requests of different callers never meet
  std::string method;  // full name
  std::string digest;  // SHA-256 of the request message
};

// The bytes of the first answer; nothing if this is the first time.
// INVALID_ARGUMENT (REQUEST_ID_REUSED) if the id came with another body or
// method.
absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx,
                                                      const RequestKey& key);
// The transaction fails (ALREADY_EXISTS) if the request has an answer.
absl::Status RecordAnswer(Transaction& tx, const RequestKey& key,
                          absl::string_view answer, int64_t now_us);
// Forgets answers from before `before_us`.
absl::Status ForgetAnswers(Transaction& tx, int64_t before_us);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_REQUESTS_H_
