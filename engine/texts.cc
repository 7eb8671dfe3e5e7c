#include "engine/texts.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/ids.h"

namespace attune {

void CheckText(absl::string_view text, absl::string_view field,
               Violations& bad) {
  if (text.size() > kMaxTextBytes) {
    bad.Add(field, "TEXT_TOO_LONG",
            absl::StrCat("At most ", kMaxTextBytes, " bytes, not ", text.size(),
                         "."));
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(field, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
  }
}

void CheckReason(absl::string_view text, absl::string_view field,
                 Violations& bad) {
  if (absl::StripAsciiWhitespace(text).empty()) {
    bad.Add(field, "REASON_MISSING", "Say why, in words.");
  }
  CheckText(text, field, bad);
}

}  // namespace attune
