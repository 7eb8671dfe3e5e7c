// What of an evaluation counts.

#ifndef ATTUNE_ENGINE_EVALUATION_STANDING_H_
#define ATTUNE_ENGINE_EVALUATION_STANDING_H_

#include <google/protobuf/repeated_ptr_field.h>

#include "attune/v1/evaluation.pb.h"

namespace attune {

// Whether it is in the rollups: submitted, and neither withheld nor void.  What
// compares raters never is: it says nothing of the agent.
bool Counts(const v1::Evaluation& evaluation);

// The ruled score if there is one.
const v1::Score& EffectiveScore(const v1::Evaluation& evaluation);

// `answers` with `changes` in the place of those to the same questions, the
// changes last.
google::protobuf::RepeatedPtrField<v1::Answer> WithChanges(
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
    const google::protobuf::RepeatedPtrField<v1::Answer>& changes);
// The rater's answers with the ruled ones in their place.
google::protobuf::RepeatedPtrField<v1::Answer> EffectiveAnswers(
    const v1::Evaluation& evaluation);

// Whether its agent has read it, whatever became of it since.
bool IsAcknowledged(const v1::Evaluation& evaluation);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_STANDING_H_
