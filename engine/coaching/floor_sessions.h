// The stored floor sessions.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_SESSIONS_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_SESSIONS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/floor_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"
#include "google/protobuf/empty.pb.h"

namespace attune {

// Thread-safe.  The codes of each method are told in floor_service.proto.
class FloorSessions {
 public:
  explicit FloorSessions(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::FloorSession> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateFloorSessionRequest& request) const;
  absl::StatusOr<google::protobuf::Empty> Delete(
      Transaction& tx, const Caller& caller,
      const v1::DeleteFloorSessionRequest& request) const;
  absl::StatusOr<v1::ListFloorSessionsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListFloorSessionsRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_SESSIONS_H_
