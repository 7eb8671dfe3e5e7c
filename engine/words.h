// The words of a text, as a search compares them.

#ifndef ATTUNE_ENGINE_WORDS_H_
#define ATTUNE_ENGINE_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/violations.h"

namespace attune {

// Runs of letters and digits of any script, in lower case, the first 64 bytes
// of each; of Chinese and Japanese, which has no blanks, every letter by
// itself. Sorted, each once.  `text` is UTF-8.
std::vector<std::string> WordsOf(absl::string_view text);

// The words of all texts together, with blanks between.
std::string JoinWords(const std::vector<absl::string_view>& texts);

// The words that a search looks for; none for an empty text.  Reasons, at
// `field`: TEXT_TOO_LONG over 256 bytes, TEXT_NOT_CLEAN, and SEARCH_EMPTY for a
// text without a word.
std::vector<std::string> CheckSearch(absl::string_view text,
                                     absl::string_view field, Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_WORDS_H_
