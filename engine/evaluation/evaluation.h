// The rules of one evaluation: what it may hold, who may see what of it, and
// how it is frozen.

#ifndef ATTUNE_ENGINE_EVALUATION_EVALUATION_H_
#define ATTUNE_ENGINE_EVALUATION_EVALUATION_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/access/caller.h"
#include "engine/form/compiled_form.h"
#include "engine/violations.h"

namespace attune {

// Comment and private note; `path` is the field the evaluation stands in.
void CheckTexts(const v1::Evaluation& evaluation, absl::string_view path,
                Violations& bad);

// Whether the caller may read it.  A draft is its rater's alone, and what is
// withheld is kept from whom it could sway.  While a contest is open every
// advocate may, for any of them may rule on it.  Of a closed calibration it
// says only who may read them all; its other raters may too, which is stored.
bool MayRead(const Caller& caller, const v1::Evaluation& evaluation,
             absl::string_view agent_team);

// Whether the ratings of every closed calibration are open to the caller.
bool ReadsEveryCalibration(const Caller& caller);

// Takes out what this caller must not see: the private note is for the rater,
// the qa_leads and admins, and never for the agent.
void HideFrom(const Caller& caller, v1::Evaluation& evaluation);

// Scores the answers and freezes the evaluation as submitted.
// INVALID_ARGUMENT with every answer that is missing or does not fit, under
// `path`.
absl::Status Freeze(const CompiledForm& form, absl::string_view path,
                    int64_t now_us, v1::Evaluation& evaluation);

// Lets its agent contest what is shown to them from now on, if it is of a kind
// that is contested.
void OpenToContest(int64_t now_us, int contest_days,
                   v1::Evaluation& evaluation);

// `people/{person}` of the agent.
std::string AgentOf(const v1::Evaluation& evaluation);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_EVALUATION_H_
