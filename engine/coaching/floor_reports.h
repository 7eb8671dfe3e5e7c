// What people owed on the floor and did.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_REPORTS_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_REPORTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/floor_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes are told in floor_service.proto.
class FloorReports {
 public:
  explicit FloorReports(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::FloorHoursReport> GetHours(
      Transaction& tx, const Caller& caller,
      const v1::GetFloorHoursRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_REPORTS_H_
