// The rules of a calibration: what a session may hold.

#ifndef ATTUNE_ENGINE_EVALUATION_CALIBRATION_H_
#define ATTUNE_ENGINE_EVALUATION_CALIBRATION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "attune/v1/calibration.pb.h"
#include "engine/access/caller.h"
#include "engine/violations.h"

namespace attune {

inline constexpr double kDefaultTolerance = 5;

// What is wrong with a wanted session before anything is looked up, under
// `calibration`.  Reasons: TITLE_MISSING, those of CheckText, NAME_INVALID,
// CONTACTS_SIZE, CONTACT_DUPLICATE, RATERS_SIZE, RATER_DUPLICATE,
// REFERENCE_NOT_A_RATER, TOLERANCE_OUT_OF_RANGE.
Violations CheckCalibration(const v1::Calibration& wanted);

// Whether somebody with these roles may rate: who may score.
bool MayRate(RoleSet roles);

// Whether `person`, an id, is one of its raters.
bool RatesIn(absl::string_view person, const v1::Calibration& calibration);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CALIBRATION_H_
