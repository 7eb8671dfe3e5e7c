#include "engine/store/job.h"

#include "engine/errors.h"

namespace attune {

absl::Status CallBody(const Database::Body& body, Transaction& transaction) {
  try {
    return body(transaction);
  } catch (...) {
    return MakeError(absl::StatusCode::kInternal, "STORE_BODY_THREW",
                     "Something went wrong while the store was in use.");
  }
}

absl::Status StoreDeadlineExceeded() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                   "The deadline passed before the store was done.");
}

absl::Status StoreClosed() {
  return MakeError(absl::StatusCode::kUnavailable, "STORE_CLOSED",
                   "The store is closing.");
}

}  // namespace attune
