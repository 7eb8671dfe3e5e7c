// Answers to any published form, as a rater of some severity would give them to
// a contact of some quality.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_ANSWERS_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_ANSWERS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>

#include "attune/v1/form.pb.h"
#include "engine/form/compiled_form.h"

namespace attune {

struct Judgement {
  // The share of the points that the rater gives to this contact in the mean,
  // 0 to 1: the agent's skill and the contact's luck less the rater's severity.
  double quality = 0.7;
  // What happened on the contact: raters of the same contact see the same, and
  // mostly answer alike.
  uint64_t contact_seed = 0;
  // Where this rater sees it their own way.
  uint64_t rater_seed = 0;
};

// Complete, fit to be submitted, and the same for the same judgement: an answer
// to every visible question that needs one, "not applicable" now and then where
// it may be, comments where a choice demands them, here and there evidence.
//
// The expected share of a single-choice or number question that applies is
// `quality` exactly, however its points are spaced, unless its least choice
// earns more than that; so an expected percent is 100 times `quality`, before
// critical failures.
google::protobuf::RepeatedPtrField<v1::Answer> MakeAnswers(
    const CompiledForm& form, const Judgement& judgement);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_ANSWERS_H_
