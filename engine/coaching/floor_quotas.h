// The stored floor quotas.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_QUOTAS_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_QUOTAS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/floor_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/coaching/floor_quota.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in floor_service.proto.
class FloorQuotas {
 public:
  explicit FloorQuotas(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::FloorQuota> Set(
      Transaction& tx, const Caller& caller,
      const v1::SetFloorQuotaRequest& request) const;
  absl::StatusOr<v1::ListFloorQuotasResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListFloorQuotasRequest& request) const;

 private:
  Clock clock_;
};

// All of them; advocates' also if it was never set.
absl::StatusOr<FloorQuotaMap> FindFloorQuotas(Transaction& tx);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_QUOTAS_H_
