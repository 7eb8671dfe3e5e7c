// Random forms that lint without errors, and random answers to them.

#ifndef ATTUNE_TESTS_ENGINE_SCORING_RANDOM_FORM_H_
#define ATTUNE_TESTS_ENGINE_SCORING_RANDOM_FORM_H_

#include <cstdint>
#include <random>
#include <vector>

#include "attune/v1/form.pb.h"

namespace attune {

class RandomForms {
 public:
  explicit RandomForms(uint64_t seed) : random_(seed) {}

  v1::Form NextForm();
  // Mostly complete and fitting; some are missing, hidden, unknown or misfit.
  std::vector<v1::Answer> NextAnswers(const v1::Form& form);

  // 0 to below `end`.
  int Below(int end);
  bool OneIn(int count) { return Below(count) == 0; }

 private:
  // How large and how odd the numbers of a form are.
  enum class Numbers { kPlain, kDecimal, kHuge };

  double Points();
  double Weight();
  void FillQuestion(v1::Question& question);
  void FillScored(v1::Question& question);
  void FillCritical(v1::Critical& critical);
  void AddConditions(const v1::Form& form, v1::Question& question);
  v1::Answer NextAnswer(const v1::Question& question);

  std::mt19937_64 random_;
  Numbers numbers_ = Numbers::kPlain;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_SCORING_RANDOM_FORM_H_
