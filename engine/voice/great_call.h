// The rules of great calls: what a nomination is, who decides on it.

#ifndef ATTUNE_ENGINE_VOICE_GREAT_CALL_H_
#define ATTUNE_ENGINE_VOICE_GREAT_CALL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/great_call.pb.h"
#include "engine/violations.h"

namespace attune {

// What can be told without the contact and the form; under `great_call`.
void CheckNomination(const v1::GreatCall& great_call, Violations& bad);

// Whether the excerpt lies within the contact, whose duration may be unknown.
void CheckExcerpt(const v1::GreatCall& great_call, const v1::Contact& contact,
                  Violations& bad);

// OK if `decider`, a person's id or empty, may decide.  FAILED_PRECONDITION
// (ALREADY_DECIDED, OWN_NOMINATION, OWN_CONTACT).
absl::Status CheckMayDecide(const v1::GreatCall& great_call,
                            absl::string_view agent, absl::string_view decider);

// What a search finds it by.
std::string WordsFor(const v1::GreatCall& great_call);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_GREAT_CALL_H_
