// The stored draws of sampling plans, and drawing.

#ifndef ATTUNE_ENGINE_EVALUATION_DRAWS_H_
#define ATTUNE_ENGINE_EVALUATION_DRAWS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in evaluation_service.proto.
class Draws {
 public:
  explicit Draws(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::Draw> Make(Transaction& tx, const Caller& caller,
                                const v1::DrawSampleRequest& request) const;
  absl::StatusOr<v1::Draw> Get(Transaction& tx, const Caller& caller,
                               const v1::GetDrawRequest& request) const;
  absl::StatusOr<v1::ListDrawsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListDrawsRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_DRAWS_H_
