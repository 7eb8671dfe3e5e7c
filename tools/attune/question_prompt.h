// One question as it is put to a rater, and what they type.

#ifndef ATTUNE_TOOLS_ATTUNE_QUESTION_PROMPT_H_
#define ATTUNE_TOOLS_ATTUNE_QUESTION_PROMPT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "tools/attune/score_view.h"

namespace attune {

// Text, guidance, the choices with their numbers and points, and the answer so
// far, if there is one.
std::string QuestionPrompt(const v1::Question& question,
                           const v1::Answer* current, const ScoreLook& look);

// The answer that `typed` stands for: a choice's number; several with blanks or
// commas between them, or 0 for none of the choices; a number, a day, a text;
// `n` for "does not apply".  Keeps no comment.  INVALID_ARGUMENT with a message
// that says what would be right.
absl::StatusOr<v1::Answer> ReadTyped(const v1::Question& question,
                                     absl::string_view typed);

// Whether the choices of this answer demand a comment.
bool NeedsComment(const v1::Question& question, const v1::Answer& answer);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_QUESTION_PROMPT_H_
