#include "tools/attune/html.h"

#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attune {
namespace {

constexpr char kInstead[] = "\xEF\xBF\xBD";  // U+FFFD

// U+202A to U+202E and U+2066 to U+2069, and C1 controls, in UTF-8.
size_t HarmfulBytes(absl::string_view text) {
  const auto at = [&](size_t i) {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : 0;
  };
  if (at(0) == 0xC2 && at(1) >= 0x80 && at(1) < 0xA0) return 2;
  if (at(0) != 0xE2) return 0;
  if (at(1) == 0x80 && at(2) >= 0xAA && at(2) <= 0xAE) return 3;
  if (at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9) return 3;
  return 0;
}

}  // namespace

std::string Escaped(absl::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (const size_t harmful = HarmfulBytes(text.substr(i)); harmful > 0) {
      safe += kInstead;
      i += harmful - 1;
      continue;
    }
    const char c = text[i];
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      case '\t':
      case '\n':
        safe += c;
        break;
      case '\r':
        break;
      default:
        if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) {
          safe += kInstead;
        } else {
          safe += c;
        }
    }
  }
  return safe;
}

void Html::Begin(const std::string& tag, const Attributes& attributes) {
  absl::StrAppend(&text_, "<", tag);
  for (const auto& [name, value] : attributes) {
    absl::StrAppend(&text_, " ", name, "=\"", Escaped(value), "\"");
  }
}

Html& Html::Open(const std::string& tag, const Attributes& attributes) {
  Begin(tag, attributes);
  text_ += '>';
  open_.push_back(tag);
  return *this;
}

Html& Html::Close() {
  absl::StrAppend(&text_, "</", open_.back(), ">");
  // Source that people can read, and spaces only where they do not show.
  if (open_.back() != "span" && open_.back() != "text") text_ += '\n';
  open_.pop_back();
  return *this;
}

Html& Html::Text(absl::string_view text) {
  text_ += Escaped(text);
  return *this;
}

Html& Html::Element(const std::string& tag, absl::string_view text,
                    const Attributes& attributes) {
  return Open(tag, attributes).Text(text).Close();
}

Html& Html::Empty(const std::string& tag, const Attributes& attributes) {
  Begin(tag, attributes);
  text_ += "/>";
  return *this;
}

Html& Html::Style(absl::string_view css) {
  absl::StrAppend(&text_, "<style>", css, "</style>\n");
  return *this;
}

Html& Html::Add(const Html& part) {
  text_ += part.text_;
  return *this;
}

std::string Html::Finish() && {
  while (!open_.empty()) Close();
  return std::move(text_);
}

}  // namespace attune
