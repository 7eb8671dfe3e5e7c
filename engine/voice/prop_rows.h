// The rows of the table of props.

#ifndef ATTUNE_ENGINE_VOICE_PROP_ROWS_H_
#define ATTUNE_ENGINE_VOICE_PROP_ROWS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/prop.pb.h"
#include "engine/names.h"
#include "engine/store/database.h"
#include "engine/store/text_search.h"

namespace attune {

// ALREADY_EXISTS if the contact has one.
absl::Status InsertProp(Transaction& tx, const v1::Prop& prop,
                        absl::string_view receipt_hash);

struct PropRow {
  v1::Prop prop;
  std::string agent;
  std::string agent_team;
  std::string receipt_hash;
  IndexedWords indexed;  // as it was stored
};
// NOT_FOUND.  `-` for the person finds it under whoever has it.
absl::StatusOr<PropRow> FindProp(Transaction& tx, const PersonPart& name);
// Stores what has become of it, with the next etag; `counted` stays as it is if
// absent.
absl::Status UpdateProp(Transaction& tx, std::optional<bool> counted,
                        PropRow& row);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_PROP_ROWS_H_
