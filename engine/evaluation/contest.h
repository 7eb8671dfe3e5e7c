// The rules of a contest: what may be contested, and what a ruling does.

#ifndef ATTUNE_ENGINE_EVALUATION_CONTEST_H_
#define ATTUNE_ENGINE_EVALUATION_CONTEST_H_

#include <google/protobuf/repeated_ptr_field.h>

#include "absl/status/status.h"
#include "attune/v1/contest.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/violations.h"

namespace attune {

// What is wrong with the items, under `contest.items`.  Reasons: ITEMS_SIZE,
// QUESTION_UNKNOWN, ITEM_DUPLICATE, REASON_MISSING, NOT_SCORED, FULL_POINTS,
// ANSWER_OF_ANOTHER, those of CheckAnswers, PROPOSES_NO_MORE, PROPOSES_LESS,
// and PROPOSAL_INCOMPLETE if a proposed answer asks further questions.
Violations CheckContest(const CompiledForm& form,
                        const v1::Evaluation& evaluation,
                        const v1::Contest& contest);

// Rules on every item: sets ruled answers and score of `evaluation` and fills
// the items and percents of `ruling`.  INVALID_ARGUMENT under `items`, and then
// nothing has changed.  Reasons: ITEM_MISSING, ITEM_UNKNOWN, ITEM_DUPLICATE,
// OUTCOME_MISSING, REASON_MISSING, ANSWER_NOT_EXPECTED, ANSWER_OF_ANOTHER,
// those of CheckAnswers, RULING_LOWERS.
absl::Status RuleOn(
    const CompiledForm& form, const v1::Contest& contest,
    const google::protobuf::RepeatedPtrField<v1::ItemRuling>& items,
    v1::Evaluation& evaluation, v1::Ruling& ruling);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CONTEST_H_
