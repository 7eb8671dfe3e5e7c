// Ids: which ones people may choose, and the ones the server makes.

#ifndef ATTUNE_ENGINE_IDS_H_
#define ATTUNE_ENGINE_IDS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace attune {

// `[a-z0-9][a-z0-9._-]{0,62}`: people, teams, forms.
bool IsResourceId(absl::string_view id);
// `[A-Za-z0-9][A-Za-z0-9._:-]{0,62}`: contacts, which other systems name.
bool IsContactId(absl::string_view id);
// `[a-z][a-z0-9_]{0,62}`: sections, questions, choices.
bool IsItemId(absl::string_view id);

// A version 7 UUID (RFC 9562) of `now_us`, lower case with dashes.  Ids of one
// process are strictly increasing, also within a millisecond.  Thread-safe.
std::string MakeUuid(int64_t now_us);

// `byte_count` bytes from the system's secure source.
std::string RandomBytes(size_t byte_count);

// Lower-case hexadecimal SHA-256.
std::string Sha256Hex(absl::string_view data);

// True if `text` is UTF-8 without NUL, which no database field may hold.
bool IsCleanUtf8(absl::string_view text);

}  // namespace attune

#endif  // ATTUNE_ENGINE_IDS_H_
