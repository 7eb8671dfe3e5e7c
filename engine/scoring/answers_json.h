// Answers as JSON, the way people and scripts write them.

#ifndef ATTUNE_ENGINE_SCORING_ANSWERS_JSON_H_
#define ATTUNE_ENGINE_SCORING_ANSWERS_JSON_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/compiled_form.h"

namespace attune {

inline constexpr size_t kMaxAnswersJsonBytes = size_t{4} << 20;

// One object: question ids to a choice id, an array of choice ids, a number,
// a text, a YYYY-MM-DD date, "na" (not applicable, unless the question has a
// choice of that id), null (no answer yet), or an object with any of these as
// `answer` and a `comment`.  What is given must fit the form; nothing need be
// there.  INVALID_ARGUMENT: JSON_INVALID with line and column for what is no
// such JSON, JSON_TOO_LARGE, else one violation for each misfit, the question's
// id as its field and a reason of CheckAnswers or FIELD_UNKNOWN.
absl::StatusOr<google::protobuf::RepeatedPtrField<v1::Answer>> ParseAnswersJson(
    const CompiledForm& form, absl::string_view json);

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_ANSWERS_JSON_H_
