// The rows of the tables of themes and of what is tagged with them.

#ifndef ATTUNE_ENGINE_VOICE_THEME_TAG_ROWS_H_
#define ATTUNE_ENGINE_VOICE_THEME_TAG_ROWS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/feedback.pb.h"
#include "attune/v1/theme.pb.h"
#include "engine/store/database.h"
#include "engine/violations.h"

namespace attune {

using ThemeNames = google::protobuf::RepeatedPtrField<std::string>;

// What is tagged.
struct TagSubject {
  std::string name;    // resource name
  std::string person;  // id of whose it is
  int64_t day = 0;     // on which it was said
};

// THEME_UNKNOWN or THEME_RETIRED for each of well-formed `themes` that cannot
// be tagged with, at `field[i]`.
absl::Status CheckThemes(Transaction& tx, const ThemeNames& themes,
                         absl::string_view field, Violations& bad);

// Those that are there already stay as they are.  `tagger` empty: a service
// account.
absl::Status InsertThemeTags(Transaction& tx, const TagSubject& subject,
                             const std::string& tagger,
                             const ThemeNames& themes);

// NOT_FOUND if it is not tagged with one of them.
absl::Status DeleteThemeTags(Transaction& tx, const TagSubject& subject,
                             const ThemeNames& themes);

// What may not be told any more is not counted either.
absl::Status ForgetThemeTags(Transaction& tx, const std::string& subject,
                             const std::string& person);

// Of one subject, by theme.
absl::StatusOr<std::vector<v1::ThemeTag>> FindThemeTags(
    Transaction& tx, const TagSubject& subject);

// Reads `subject, theme, tagger, day`.
v1::ThemeTag ReadThemeTag(Cells& cells);

// Sets the themes of each item to what it is tagged with, by theme.
absl::Status TellThemes(Transaction& tx,
                        const std::vector<v1::Feedback*>& items);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_THEME_TAG_ROWS_H_
