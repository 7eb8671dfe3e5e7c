// Personal service levels of agents and teams, with their quality beside them.

#ifndef ATTUNE_ENGINE_COACHING_SERVICE_LEVELS_H_
#define ATTUNE_ENGINE_COACHING_SERVICE_LEVELS_H_

#include "absl/status/statusor.h"
#include "attune/v1/floor_service.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes are told in floor_service.proto.
class ServiceLevels {
 public:
  absl::StatusOr<v1::ServiceLevelReport> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetServiceLevelRequest& request) const;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_SERVICE_LEVELS_H_
