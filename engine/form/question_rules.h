// The rules of one question: its texts, numbers, choices and ranges.

#ifndef ATTUNE_ENGINE_FORM_QUESTION_RULES_H_
#define ATTUNE_ENGINE_FORM_QUESTION_RULES_H_

#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/findings.h"

namespace attune {

bool IsChoiceType(v1::Question::Type type);

// Everything about the question that needs no other question.  `path` is its
// own; `scored` as IsScored says.
void CheckQuestion(const v1::Question& question, bool scored,
                   absl::string_view path, Findings& findings);

// Refuses what is no decimal of at most four places, of 0 or more unless
// `may_be_negative`: `kind`_NOT_FINITE, _TOO_LARGE, _NEGATIVE, _TOO_PRECISE.
void CheckDecimal(double value, absl::string_view path, absl::string_view kind,
                  bool may_be_negative, Findings& findings);
// CRITICAL_CATEGORY_MISSING, CRITICAL_EFFECT_UNKNOWN, BELOW_PERCENT_INVALID.
void CheckCritical(const v1::Critical& critical, absl::string_view path,
                   Findings& findings);
// `reason` if the text is empty or blank.
void CheckThere(absl::string_view text, absl::string_view path,
                absl::string_view reason, Findings& findings);
// ID_INVALID.
void CheckItemId(absl::string_view id, absl::string_view path,
                 Findings& findings);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_QUESTION_RULES_H_
