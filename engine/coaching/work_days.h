// The stored work days.

#ifndef ATTUNE_ENGINE_COACHING_WORK_DAYS_H_
#define ATTUNE_ENGINE_COACHING_WORK_DAYS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/floor_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in floor_service.proto.
class WorkDays {
 public:
  explicit WorkDays(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::BatchUpdateWorkDaysResponse> BatchUpdate(
      Transaction& tx, const Caller& caller,
      const v1::BatchUpdateWorkDaysRequest& request) const;
  absl::StatusOr<v1::ListWorkDaysResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListWorkDaysRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_WORK_DAYS_H_
