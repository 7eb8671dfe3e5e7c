// What all stored resources share: versions told by etags, and batches.

#ifndef ATTUNE_ENGINE_RESOURCE_H_
#define ATTUNE_ENGINE_RESOURCE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/errors.h"
#include "engine/violations.h"

namespace attune {

// The version after the stored one.  ABORTED if `etag` is given and another.
template <typename Resource>
absl::StatusOr<int64_t> NextVersion(const Resource& stored,
                                    absl::string_view etag) {
  int64_t version = 0;
  if (!absl::SimpleAtoi(stored.etag(), &version)) {
    return MakeError(absl::StatusCode::kDataLoss, "ROW_MISFIT",
                     "A stored resource has no version.");
  }
  if (!etag.empty() && etag != stored.etag()) {
    return EtagMismatch(stored.name());
  }
  return version + 1;
}

// Checks every request of a batch of 1 to `most`, each under its own path.
template <typename Requests, typename Check>
void CheckBatch(const Requests& requests, int most, Check check,
                Violations& bad) {
  if (requests.empty() || requests.size() > most) {
    bad.Add("requests", "BATCH_SIZE",
            absl::StrCat("A batch holds 1 to ", most, " requests, not ",
                         requests.size(), "."));
    return;
  }
  for (int i = 0; i < requests.size(); ++i) {
    const std::string path = absl::StrCat("requests[", i, "].");
    if (!requests[i].request_id().empty()) {
      bad.Add(absl::StrCat(path, "request_id"), "REQUEST_ID_IN_BATCH",
              "In a batch only the batch has a request_id.");
    }
    check(requests[i], path, bad);
  }
}

}  // namespace attune

#endif  // ATTUNE_ENGINE_RESOURCE_H_
