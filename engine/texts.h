// Texts that people write, and the rules they all follow.

#ifndef ATTUNE_ENGINE_TEXTS_H_
#define ATTUNE_ENGINE_TEXTS_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "engine/violations.h"

namespace attune {

inline constexpr size_t kMaxTextBytes = 4096;

// TEXT_TOO_LONG, TEXT_NOT_CLEAN.
void CheckText(absl::string_view text, absl::string_view field,
               Violations& bad);

// The same for a text that must say something: also REASON_MISSING.
void CheckReason(absl::string_view text, absl::string_view field,
                 Violations& bad);

// The same as CheckText for a text from somebody who is not ours: also
// TEXT_CONTROL for control characters other than tabs and line ends.
void CheckPlainText(absl::string_view text, absl::string_view field,
                    Violations& bad);
// The same for one of at most `max_bytes`.
void CheckPlainText(absl::string_view text, size_t max_bytes,
                    absl::string_view field, Violations& bad);
// The same for one that must say something: also REASON_MISSING.
void CheckPlainReason(absl::string_view text, absl::string_view field,
                      Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_TEXTS_H_
