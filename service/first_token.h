// The first token, without which nobody could make another.

#ifndef ATTUNE_SERVICE_FIRST_TOKEN_H_
#define ATTUNE_SERVICE_FIRST_TOKEN_H_

#include <string>

#include "absl/status/status.h"
#include "engine/access/tokens.h"
#include "engine/store/database.h"

namespace attune {

// Makes an admin's token in a store that has none and leaves it in `path`,
// readable by its owner alone.  A store with tokens is left as it is.
// UNAVAILABLE (FILE_UNWRITABLE).
absl::Status EnsureFirstToken(Database& database, const Tokens& tokens,
                              const std::string& path);

}  // namespace attune

#endif  // ATTUNE_SERVICE_FIRST_TOKEN_H_
