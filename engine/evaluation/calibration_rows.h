// The rows of the calibration tables, and what of evaluations hangs on them.

#ifndef ATTUNE_ENGINE_EVALUATION_CALIBRATION_ROWS_H_
#define ATTUNE_ENGINE_EVALUATION_CALIBRATION_ROWS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "attune/v1/calibration.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// Also stores who its raters are.
absl::Status InsertCalibration(Transaction& tx,
                               const v1::Calibration& calibration);
absl::Status UpdateCalibration(Transaction& tx,
                               const v1::Calibration& calibration);
// Without progress.  NOT_FOUND.
absl::StatusOr<v1::Calibration> FindCalibration(Transaction& tx,
                                                absl::string_view id);
// Fills the progress of each.
absl::Status AddProgress(Transaction& tx,
                         absl::Span<v1::Calibration* const> calibrations);

absl::Status InsertResult(Transaction& tx, const v1::CalibrationResult& result);
absl::StatusOr<v1::CalibrationResult> FindResult(Transaction& tx,
                                                 absl::string_view id);

// Evaluations of the session that are not void, drafts among them.
absl::StatusOr<std::vector<v1::Evaluation>> FindRatings(Transaction& tx,
                                                        absl::string_view id);
// This rater's evaluation of this contact in the session, if any is not void.
absl::StatusOr<std::vector<v1::Evaluation>> FindRating(
    Transaction& tx, absl::string_view id, absl::string_view rater,
    const PersonPart& contact);

// FAILED_PRECONDITION (CALIBRATION_CLOSED) if the evaluation belongs to a
// calibration that is closed.
absl::Status CheckStillOpen(Transaction& tx, const v1::Evaluation& evaluation);
absl::Status CalibrationClosed(absl::string_view name);

// Whether it is of a closed calibration in which `person` rated.
absl::StatusOr<bool> IsReleasedTo(Transaction& tx, absl::string_view person,
                                  const v1::Evaluation& evaluation);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CALIBRATION_ROWS_H_
