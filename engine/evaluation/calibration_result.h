// What the ratings of a calibration say about how far its raters agree.

#ifndef ATTUNE_ENGINE_EVALUATION_CALIBRATION_RESULT_H_
#define ATTUNE_ENGINE_EVALUATION_CALIBRATION_RESULT_H_

#include <cstdint>

#include "absl/types/span.h"
#include "attune/v1/calibration.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/form/compiled_form.h"

namespace attune {

// `submitted` are evaluations of this session on this form, in any order: the
// result does not depend on it.  `unsubmitted` drafts are only told.
v1::CalibrationResult CalibrationResultOf(
    const v1::Calibration& calibration, const CompiledForm& form,
    absl::Span<const v1::Evaluation> submitted, int64_t unsubmitted);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CALIBRATION_RESULT_H_
