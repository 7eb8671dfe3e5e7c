#include "tools/attune/terminal.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace attune {
namespace {

int ScreenWidth() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) return size.ws_col;
  return 0;
}

bool IsSet(const char* value) { return value != nullptr && *value != '\0'; }

// wcwidth() and mbrtowc() follow the thread's locale; the user's may not be
// UTF-8, our text always is.
class Utf8Locale {
 public:
  Utf8Locale() {
    static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (utf8 != nullptr) before_ = uselocale(utf8);
  }
  ~Utf8Locale() {
    if (before_ != nullptr) uselocale(before_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t before_ = nullptr;
};

struct Glyph {
  size_t bytes = 1;
  int width = 1;
  wchar_t code = L'?';
  bool valid = true;
};

// The first character of `text`, which is not empty.  Needs a Utf8Locale.
Glyph FirstGlyph(absl::string_view text) {
  mbstate_t state{};
  wchar_t code = 0;
  const size_t used = mbrtowc(&code, text.data(), text.size(), &state);
  if (used == static_cast<size_t>(-1) || used == static_cast<size_t>(-2)) {
    return {1, 1, L'?', false};
  }
  const int width = wcwidth(code);
  return {used == 0 ? 1 : used, width < 0 ? 0 : width, code, true};
}

// Characters that steer a terminal or turn the reading direction around.
bool Steers(wchar_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
         (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string Cleaned(absl::string_view text, bool keep_lines) {
  const Utf8Locale locale;
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Glyph glyph = FirstGlyph(text);
    if (!glyph.valid) {
      clean += "\xef\xbf\xbd";
    } else if (keep_lines && glyph.code == L'\n') {
      clean += '\n';
    } else if (glyph.code == L'\n' || glyph.code == L'\t') {
      clean += ' ';
    } else if (Steers(glyph.code)) {
      clean += "\xef\xbf\xbd";
    } else {
      clean.append(text.data(), glyph.bytes);
    }
    text.remove_prefix(glyph.bytes);
  }
  return clean;
}

}  // namespace

Terminal StandardTerminal() {
  Terminal terminal{std::cin, std::cout, std::cerr};
  terminal.in_is_tty = isatty(STDIN_FILENO) != 0;
  terminal.out_is_tty = isatty(STDOUT_FILENO) != 0;
  terminal.err_is_tty = isatty(STDERR_FILENO) != 0;
  const char* no_color = getenv("NO_COLOR");
  const char* force = getenv("CLICOLOR_FORCE");
  const char* term = getenv("TERM");
  terminal.out_color = WantsColor(terminal.out_is_tty, no_color, force, term);
  terminal.err_color = WantsColor(terminal.err_is_tty, no_color, force, term);
  terminal.width = terminal.out_is_tty ? ScreenWidth() : 0;
  return terminal;
}

bool WantsColor(bool is_tty, const char* no_color, const char* clicolor_force,
                const char* term) {
  if (IsSet(no_color)) return false;
  if (IsSet(clicolor_force) && absl::string_view(clicolor_force) != "0") {
    return true;
  }
  return is_tty && IsSet(term) && absl::string_view(term) != "dumb";
}

std::string Toned(absl::string_view text, Tone tone, bool color) {
  if (!color || text.empty()) return std::string(text);
  const char* code = "";
  switch (tone) {
    case Tone::kPlain:
      return std::string(text);
    case Tone::kStrong:
      code = "1";
      break;
    case Tone::kFaint:
      code = "2";
      break;
    case Tone::kGood:
      code = "32";
      break;
    case Tone::kWarning:
      code = "33";
      break;
    case Tone::kBad:
      code = "31";
      break;
  }
  return absl::StrCat("\x1b[", code, "m", text, "\x1b[0m");
}

std::string Printable(absl::string_view text) { return Cleaned(text, false); }

std::string PrintableLines(absl::string_view text) {
  return Cleaned(text, true);
}

int DisplayWidth(absl::string_view text) {
  const Utf8Locale locale;
  int width = 0;
  while (!text.empty()) {
    const Glyph glyph = FirstGlyph(text);
    width += glyph.width;
    text.remove_prefix(glyph.bytes);
  }
  return width;
}

std::string Shortened(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  const Utf8Locale locale;
  std::string kept;
  int used = 0;
  while (!text.empty()) {
    const Glyph glyph = FirstGlyph(text);
    if (used + glyph.width > width - 1) break;
    used += glyph.width;
    kept.append(text.data(), glyph.bytes);
    text.remove_prefix(glyph.bytes);
  }
  return kept + "…";
}

std::string Wrapped(absl::string_view text, int width, int indent) {
  if (width <= 0) return std::string(text);
  const std::string margin(static_cast<size_t>(indent), ' ');
  std::string lines;
  int used = 0;
  for (absl::string_view word : absl::StrSplit(text, ' ')) {
    const int word_width = DisplayWidth(word);
    if (used > 0 && used + 1 + word_width > width) {
      absl::StrAppend(&lines, "\n", margin);
      used = 0;
    } else if (used > 0) {
      lines += ' ';
      ++used;
    }
    absl::StrAppend(&lines, word);
    used += word_width;
  }
  return lines;
}

}  // namespace attune
