#include "engine/words.h"

#include <locale.h>
#include <wctype.h>

#include <cstdint>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/ids.h"

namespace attune {
namespace {

constexpr size_t kMaxWordBytes = 64;
constexpr size_t kMaxSearchBytes = 256;

// The C library's table of all characters, whatever language the machine
// speaks; without it letters beyond ASCII are words as they stand.
locale_t Characters() {
  static const locale_t characters =
      newlocale(LC_CTYPE_MASK, "C.UTF-8", static_cast<locale_t>(nullptr));
  return characters;
}

bool IsLetterOrDigit(uint32_t c) {
  const locale_t characters = Characters();
  if (characters == static_cast<locale_t>(nullptr)) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  }
  return iswalnum_l(static_cast<wint_t>(c), characters) != 0;
}

uint32_t Lower(uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 'a' - 'A';
  const locale_t characters = Characters();
  if (characters == static_cast<locale_t>(nullptr)) return c;
  return static_cast<uint32_t>(towlower_l(static_cast<wint_t>(c), characters));
}

// Kana and Han.
bool StandsAlone(uint32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Takes the first character off text that is UTF-8.
uint32_t NextCharacter(absl::string_view& text) {
  const auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const uint32_t lead = byte(0);
  const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t c = size == 1 ? lead : lead & (0x7F >> size);
  for (size_t i = 1; i < size && i < text.size(); ++i) {
    c = c << 6 | (byte(i) & 0x3F);
  }
  text.remove_prefix(size < text.size() ? size : text.size());
  return c;
}

void AppendCharacter(uint32_t c, std::string& text) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | c >> 18);
    text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

void AddWords(absl::string_view text, std::set<std::string>& words) {
  std::string word;
  const auto end = [&] {
    if (!word.empty()) words.insert(std::move(word));
    word.clear();
  };
  while (!text.empty()) {
    const uint32_t c = NextCharacter(text);
    if (!IsLetterOrDigit(c)) {
      end();
      continue;
    }
    if (StandsAlone(c)) end();
    std::string letter;
    AppendCharacter(Lower(c), letter);
    if (word.size() + letter.size() <= kMaxWordBytes) word += letter;
    if (StandsAlone(c)) end();
  }
  end();
}

}  // namespace

std::vector<std::string> WordsOf(absl::string_view text) {
  std::set<std::string> words;
  AddWords(text, words);
  return std::vector<std::string>(words.begin(), words.end());
}

std::string JoinWords(const std::vector<absl::string_view>& texts) {
  std::set<std::string> words;
  for (const absl::string_view text : texts) AddWords(text, words);
  return absl::StrJoin(words, " ");
}

std::vector<std::string> CheckSearch(absl::string_view text,
                                     absl::string_view field, Violations& bad) {
  if (text.empty()) return {};
  if (text.size() > kMaxSearchBytes) {
    bad.Add(field, "TEXT_TOO_LONG",
            absl::StrCat("At most ", kMaxSearchBytes, " bytes, not ",
                         text.size(), "."));
    return {};
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(field, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
    return {};
  }
  std::vector<std::string> words = WordsOf(text);
  if (words.empty()) {
    bad.Add(field, "SEARCH_EMPTY", "A search has at least one word.");
  }
  return words;
}

}  // namespace attune
