// Calibrations as their raters and a QA lead read them.

#ifndef ATTUNE_TOOLS_ATTUNE_CALIBRATION_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_CALIBRATION_VIEW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "attune/v1/calibration.pb.h"
#include "tools/attune/option.h"
#include "tools/attune/output.h"
#include "tools/attune/session.h"

namespace attune {

const std::vector<Column<v1::Calibration>>& CalibrationColumns();
const std::vector<Column<v1::CalibrationRating>>& CalibrationRatingColumns();

// The agreement, each rater's distance, the questions from the least agreed on,
// and the ratings.
std::string CalibrationResultText(const v1::CalibrationResult& result,
                                  bool color);

// `0.72 (0.41 to 0.90)`, or why not.
std::string CalibrationFigureText(const v1::CalibrationFigure& figure,
                                  int places);

// `calibrations/ID` of an id or a name.
absl::StatusOr<std::string> CalibrationArgument(const std::string& text);

void AddCalibrationScore(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CALIBRATION_VIEW_H_
