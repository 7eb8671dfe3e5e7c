// The stored calibrations, their ratings and results.

#ifndef ATTUNE_ENGINE_EVALUATION_CALIBRATIONS_H_
#define ATTUNE_ENGINE_EVALUATION_CALIBRATIONS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/calibration_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

class Revisions;

// Thread-safe.  The codes of each method are told in calibration_service.proto.
class Calibrations {
 public:
  Calibrations(Clock clock, std::shared_ptr<Revisions> revisions)
      : clock_(std::move(clock)), revisions_(std::move(revisions)) {}

  absl::StatusOr<v1::Calibration> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateCalibrationRequest& request) const;
  absl::StatusOr<v1::Calibration> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetCalibrationRequest& request) const;
  absl::StatusOr<v1::ListCalibrationsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListCalibrationsRequest& request) const;
  absl::StatusOr<v1::Evaluation> Begin(
      Transaction& tx, const Caller& caller,
      const v1::BeginCalibrationEvaluationRequest& request) const;
  absl::StatusOr<v1::Calibration> Close(
      Transaction& tx, const Caller& caller,
      const v1::CloseCalibrationRequest& request) const;
  absl::StatusOr<v1::CalibrationResult> GetResult(
      Transaction& tx, const Caller& caller,
      const v1::GetCalibrationResultRequest& request) const;

 private:
  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CALIBRATIONS_H_
