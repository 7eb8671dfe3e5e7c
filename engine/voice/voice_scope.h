// Whose answers a report is about.

#ifndef ATTUNE_ENGINE_VOICE_VOICE_SCOPE_H_
#define ATTUNE_ENGINE_VOICE_VOICE_SCOPE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"
#include "engine/store/survey_rollups.h"

namespace attune {

// Narrows the filter's person and team, as they were asked for, to what the
// caller may see: an agent to themself, a lead to their team.  NOT_FOUND for
// what is out of reach or not there; PERMISSION_DENIED for a caller who reaches
// nobody.
absl::Status Narrow(Transaction& tx, const Caller& caller,
                    SurveyFilter& filter);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_VOICE_SCOPE_H_
