// The stored comments on evaluations.

#ifndef ATTUNE_ENGINE_EVALUATION_COMMENTS_H_
#define ATTUNE_ENGINE_EVALUATION_COMMENTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in evaluation_service.proto.
class Comments {
 public:
  explicit Comments(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::Comment> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateCommentRequest& request) const;
  absl::StatusOr<v1::ListCommentsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListCommentsRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_COMMENTS_H_
