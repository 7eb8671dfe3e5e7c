// Calibration sessions in the center of center_test.h.

#ifndef ATTUNE_TESTS_ENGINE_EVALUATION_CALIBRATION_TEST_H_
#define ATTUNE_TESTS_ENGINE_EVALUATION_CALIBRATION_TEST_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "tests/engine/center_test.h"

namespace attune {

// A caller as the policy lets them in to read: raters what they rated.
Caller Reading(Caller caller, Reach reach);

class CalibrationTest : public CenterTest {
 protected:
  // Of forms/call, by ada and abe, on these contacts.
  v1::Calibration Wanted(std::initializer_list<std::string> contacts) const;
  absl::StatusOr<v1::Calibration> Create(const v1::Calibration& wanted);
  absl::StatusOr<v1::Calibration> Get(const Caller& caller,
                                      const std::string& name);
  absl::StatusOr<v1::Evaluation> Begin(const Caller& rater,
                                       const v1::Calibration& session,
                                       const std::string& contact);
  // Submits a draft with the answers of `answers`.
  absl::StatusOr<v1::Evaluation> SubmitDraft(const Caller& rater,
                                             v1::Evaluation draft,
                                             const v1::Evaluation& answers);
  absl::StatusOr<v1::Evaluation> Rate(const Caller& rater,
                                      const v1::Calibration& session,
                                      const std::string& contact,
                                      const v1::Evaluation& answers);
  absl::StatusOr<v1::Calibration> Close(const Caller& caller,
                                        const v1::Calibration& session);
  absl::StatusOr<v1::CalibrationResult> Result(const Caller& caller,
                                               const v1::Calibration& session);
  absl::StatusOr<v1::Evaluation> Read(const Caller& caller,
                                      const std::string& name);
  // How many calibration evaluations this caller is shown.
  int Listed(const Caller& caller);

  // "100.00" or "- reason", two places.
  static std::string Text(const v1::CalibrationFigure& figure);

  // As the policy lets them in where raters read what is theirs.
  Caller ada_reads_ = Reading(ada_, {.own = true, .rated = true});
  Caller abe_reads_ = Reading(abe_, {.own = true, .rated = true});
  Caller lea_reads_ = Reading(lea_, {.own = true, .rated = true, .team = true});
  Caller analyst_ = CallerOf("", "", v1::ROLE_ANALYST, kAll);
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_EVALUATION_CALIBRATION_TEST_H_
