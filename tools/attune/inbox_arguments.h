// What people type for feedback, recovery actions, harm flags and themes; see
// arguments.h.

#ifndef ATTUNE_TOOLS_ATTUNE_INBOX_ARGUMENTS_H_
#define ATTUNE_TOOLS_ATTUNE_INBOX_ARGUMENTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attune {

// `ID` -> `people/-/feedback/ID`; `28/ID` -> `people/28/feedback/ID`.
absl::StatusOr<std::string> FeedbackArgument(absl::string_view text);
// The same with `recoveryActions`.
absl::StatusOr<std::string> RecoveryActionArgument(absl::string_view text);
// `ID` -> `harmFlags/ID`.
absl::StatusOr<std::string> HarmFlagArgument(absl::string_view text);
// `effort` -> `themes/effort`.
absl::StatusOr<std::string> ThemeArgument(absl::string_view text);

// `28/035e` of `people/28/contacts/035e`; empty for an empty name.
std::string ShortContact(absl::string_view name);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_INBOX_ARGUMENTS_H_
