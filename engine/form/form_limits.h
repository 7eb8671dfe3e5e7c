// How large a form may be: what even a draft must obey.

#ifndef ATTUNE_ENGINE_FORM_FORM_LIMITS_H_
#define ATTUNE_ENGINE_FORM_FORM_LIMITS_H_

#include <cstddef>

#include "attune/v1/form.pb.h"
#include "engine/violations.h"

namespace attune {

inline constexpr int kMaxSections = 200;
inline constexpr int kMaxQuestions = 1'000;  // in all sections together
inline constexpr int kMaxChoices = 256;      // choices or ranges of a question
inline constexpr int kMaxConditions = 16;    // visibility terms of a question
inline constexpr size_t kMaxItemTextBytes = 4096;
inline constexpr size_t kMaxFormBytes = size_t{1} << 20;

// Every limit that is passed, with field paths from `form`: TOO_MANY_SECTIONS,
// TOO_MANY_QUESTIONS, TOO_MANY_CHOICES, TOO_MANY_RANGES, TOO_MANY_CONDITIONS,
// TEXT_TOO_LONG, TEXT_NOT_CLEAN, FORM_TOO_LARGE.
Violations CheckFormLimits(const v1::Form& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FORM_LIMITS_H_
