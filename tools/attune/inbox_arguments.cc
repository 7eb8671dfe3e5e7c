#include "tools/attune/inbox_arguments.h"

#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/names.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

absl::StatusOr<std::string> UnderPerson(
    absl::string_view text, absl::string_view what,
    std::string (*name_of)(absl::string_view, absl::string_view),
    std::optional<PersonPart> (*parse)(absl::string_view)) {
  std::string name(text);
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() == 1) name = name_of("-", text);
  if (parts.size() == 2) name = name_of(parts[0], parts[1]);
  if (!parse(name)) {
    return UsageError(absl::StrCat("`", text, "` is no ", what,
                                   "; one is like `", name_of("28", "ID"),
                                   "` or `ID`."));
  }
  return name;
}

absl::StatusOr<std::string> OfCollection(
    absl::string_view text, absl::string_view collection,
    absl::string_view what,
    std::optional<std::string> (*parse)(absl::string_view)) {
  const std::string name = absl::StartsWith(text, collection)
                               ? std::string(text)
                               : absl::StrCat(collection, text);
  if (!parse(name)) {
    return UsageError(absl::StrCat("`", text, "` is no id of a ", what,
                                   "; one is like `", collection,
                                   "some-id` or `some-id`."));
  }
  return name;
}

}  // namespace

absl::StatusOr<std::string> FeedbackArgument(absl::string_view text) {
  return UnderPerson(text, "feedback", &FeedbackName, &ParseFeedbackName);
}

absl::StatusOr<std::string> RecoveryActionArgument(absl::string_view text) {
  return UnderPerson(text, "recovery action", &RecoveryActionName,
                     &ParseRecoveryActionName);
}

absl::StatusOr<std::string> HarmFlagArgument(absl::string_view text) {
  return OfCollection(text, "harmFlags/", "harm flag", &ParseHarmFlagName);
}

absl::StatusOr<std::string> ThemeArgument(absl::string_view text) {
  return OfCollection(text, "themes/", "theme", &ParseThemeName);
}

std::string ShortContact(absl::string_view name) {
  const auto contact = ParseContactName(name);
  return contact ? absl::StrCat(contact->person, "/", contact->id) : "";
}

}  // namespace attune
