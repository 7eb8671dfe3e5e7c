#include "engine/texts.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/ids.h"

namespace attune {
namespace {

// Of valid UTF-8: U+0000 to U+001F, U+007F to U+009F, but for tabs and the line
// ends LF and CRLF.
bool HasControls(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool last = i + 1 == text.size();
    if (c == '\t' || c == '\n') continue;
    if (c == '\r' && !last && text[i + 1] == '\n') continue;
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xC2 && !last && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      return true;
    }
  }
  return false;
}

void CheckSizeAndCode(absl::string_view text, size_t max_bytes,
                      absl::string_view field, Violations& bad) {
  if (text.size() > max_bytes) {
    bad.Add(
        field, "TEXT_TOO_LONG",
        absl::StrCat("At most ", max_bytes, " bytes, not ", text.size(), "."));
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(field, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
  }
}

void CheckSaysSomething(absl::string_view text, absl::string_view field,
                        Violations& bad) {
  if (absl::StripAsciiWhitespace(text).empty()) {
    bad.Add(field, "REASON_MISSING", "Say why, in words.");
  }
}

}  // namespace

void CheckText(absl::string_view text, absl::string_view field,
               Violations& bad) {
  CheckSizeAndCode(text, kMaxTextBytes, field, bad);
}

void CheckReason(absl::string_view text, absl::string_view field,
                 Violations& bad) {
  CheckSaysSomething(text, field, bad);
  CheckText(text, field, bad);
}

void CheckPlainText(absl::string_view text, absl::string_view field,
                    Violations& bad) {
  CheckPlainText(text, kMaxTextBytes, field, bad);
}

void CheckPlainText(absl::string_view text, size_t max_bytes,
                    absl::string_view field, Violations& bad) {
  CheckSizeAndCode(text, max_bytes, field, bad);
  if (HasControls(text)) {
    bad.Add(field, "TEXT_CONTROL",
            "Text has no control characters other than tabs and line ends.");
  }
}

void CheckPlainReason(absl::string_view text, absl::string_view field,
                      Violations& bad) {
  CheckSaysSomething(text, field, bad);
  CheckPlainText(text, field, bad);
}

}  // namespace attune
