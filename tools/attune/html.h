// HTML and SVG as they are written: whatever is not markup of ours is escaped.
// By hand, because it is some forty lines and escapes by construction; a
// template engine would not.

#ifndef ATTUNE_TOOLS_ATTUNE_HTML_H_
#define ATTUNE_TOOLS_ATTUNE_HTML_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace attune {

// `&`, `<`, `>` and quotes made harmless, control characters shown as U+FFFD,
// and bidirectional overrides too, so that no text can pass for another.
std::string Escaped(absl::string_view text);

class Html {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  // Names are ours; values are escaped.
  Html& Open(const std::string& tag, const Attributes& attributes = {});
  Html& Close();  // what was opened last
  Html& Text(absl::string_view text);
  // Open, Text, Close.
  Html& Element(const std::string& tag, absl::string_view text,
                const Attributes& attributes = {});
  // A tag without content: `<line .../>`.
  Html& Empty(const std::string& tag, const Attributes& attributes = {});
  // A style sheet of ours, as it is.
  Html& Style(absl::string_view css);
  // Markup that another Html wrote.
  Html& Add(const Html& part);

  // With everything closed.
  std::string Finish() &&;

 private:
  void Begin(const std::string& tag, const Attributes& attributes);

  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_HTML_H_
