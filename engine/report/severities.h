// Severity of the raters of the stored evaluations.

#ifndef ATTUNE_ENGINE_REPORT_SEVERITIES_H_
#define ATTUNE_ENGINE_REPORT_SEVERITIES_H_

#include "absl/status/statusor.h"
#include "attune/v1/calibration_service.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe, stateless.  From indexed columns alone; only what counts in
// averages is read.  NOT_FOUND for what is out of the caller's reach.
class Severities {
 public:
  absl::StatusOr<v1::SeverityReport> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetRaterSeverityRequest& request) const;
  absl::StatusOr<v1::RaterDrift> GetDrift(
      Transaction& tx, const Caller& caller,
      const v1::GetRaterDriftRequest& request) const;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_SEVERITIES_H_
