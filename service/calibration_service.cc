#include "service/calibration_service.h"

namespace attune {

CalibrationService::CalibrationService(Serve& serve,
                                       const Calibrations& calibrations,
                                       const Severities& severities)
    : ByteService("attune.v1.CalibrationService", serve) {
  Unary("CreateCalibration", calibrations, &Calibrations::Create);
  Unary("GetCalibration", calibrations, &Calibrations::Get);
  Unary("ListCalibrations", calibrations, &Calibrations::List);
  Unary("BeginCalibrationEvaluation", calibrations, &Calibrations::Begin);
  Unary("CloseCalibration", calibrations, &Calibrations::Close);
  Unary("GetCalibrationResult", calibrations, &Calibrations::GetResult);
  Unary("GetRaterSeverity", severities, &Severities::Get);
  Unary("GetRaterDrift", severities, &Severities::GetDrift);
}

}  // namespace attune
