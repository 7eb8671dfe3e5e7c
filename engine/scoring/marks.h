// What the form makes of each answer, before any arithmetic.

#ifndef ATTUNE_ENGINE_SCORING_MARKS_H_
#define ATTUNE_ENGINE_SCORING_MARKS_H_

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "attune/v1/score.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/scoring/answer_sheet.h"

namespace attune {

// What became of one question.
struct Mark {
  v1::QuestionScore::State state = v1::QuestionScore::STATE_UNSCORED;
  int64_t earned = 0;  // units of the question; 0 unless it counted

  bool counts() const {
    return state == v1::QuestionScore::STATE_SCORED ||
           state == v1::QuestionScore::STATE_NA_FULL_CREDIT;
  }
};

using Marks = absl::InlinedVector<Mark, 32>;

// Decides what is hidden, unscored, not applicable and still unanswered.
Marks MarkSheet(const CompiledForm& form, absl::Span<const CodedAnswer> sheet);
// Everything that is ever scored, applicable and with its maximum earned.
Marks MarkAllApplicable(const CompiledForm& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_MARKS_H_
