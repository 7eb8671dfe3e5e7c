// What makes a sampling plan well-formed, and whether a contact is in its
// population.

#ifndef ATTUNE_ENGINE_EVALUATION_SAMPLING_PLAN_H_
#define ATTUNE_ENGINE_EVALUATION_SAMPLING_PLAN_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/sampling_plan.pb.h"
#include "engine/evaluation/assignment.h"
#include "engine/violations.h"

namespace attune {

// `path` is the field the plan stands in, such as `sampling_plan`.
void CheckSamplingPlan(const v1::SamplingPlan& plan, absl::string_view path,
                       Violations& bad);

// Whether channel, duration and topics are among those the plan asks for. Whose
// contact it is and when it was, is not looked at.
bool Admits(const v1::SamplingPlan::Population& population,
            const v1::Contact& contact);

// Which of the plan's strata the contact belongs to: equal numbers, the same.
int64_t StratumOf(const v1::SamplingPlan& plan, const v1::Contact& contact);

// Whether this person scores what the plan draws, as far as the plan goes.
bool ScoresFor(const v1::SamplingPlan& plan, const Rater& rater);

// How many of an agent's `eligible` contacts the plan asks for; may be more.
int64_t WantedOf(const v1::SamplingPlan& plan, int64_t eligible);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SAMPLING_PLAN_H_
