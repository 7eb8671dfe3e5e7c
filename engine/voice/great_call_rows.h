// The rows of the tables of great calls and kudos.

#ifndef ATTUNE_ENGINE_VOICE_GREAT_CALL_ROWS_H_
#define ATTUNE_ENGINE_VOICE_GREAT_CALL_ROWS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/great_call.pb.h"
#include "engine/access/caller.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// ALREADY_EXISTS if the contact is nominated or confirmed for the section.
absl::Status InsertGreatCall(Transaction& tx, const v1::GreatCall& great_call);
// Its state, and what was said of it.
absl::Status UpdateGreatCall(Transaction& tx, const v1::GreatCall& great_call);

struct GreatCallRow {
  v1::GreatCall great_call;  // with its kudos
  std::string agent;
  std::string agent_team;
};
// NOT_FOUND, also for a nomination that the caller may not see.  `-` for the
// person finds it under whoever has it.
absl::StatusOr<GreatCallRow> FindGreatCall(Transaction& tx,
                                           const Caller& caller,
                                           const PersonPart& name);

// One more kudos, from `giver`; how many there are now.  ALREADY_EXISTS.
absl::StatusOr<int64_t> InsertKudos(Transaction& tx, const PersonPart& name,
                                    const std::string& giver, int64_t now_us);

// Fills in the section's title and value; false if the form never had it.
// NOT_FOUND for the form.
absl::StatusOr<bool> FillSection(Transaction& tx, v1::GreatCall& great_call);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_GREAT_CALL_ROWS_H_
