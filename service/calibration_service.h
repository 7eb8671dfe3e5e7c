// Calibrations and rater severity on the wire.

#ifndef ATTUNE_SERVICE_CALIBRATION_SERVICE_H_
#define ATTUNE_SERVICE_CALIBRATION_SERVICE_H_

#include "engine/evaluation/calibrations.h"
#include "engine/report/severities.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class CalibrationService final : public ByteService {
 public:
  CalibrationService(Serve& serve, const Calibrations& calibrations,
                     const Severities& severities);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_CALIBRATION_SERVICE_H_
