// What the program talks to: its three streams, and what they can show.

#ifndef ATTUNE_TOOLS_ATTUNE_TERMINAL_H_
#define ATTUNE_TOOLS_ATTUNE_TERMINAL_H_

#include <istream>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"

namespace attune {

// Borrows its streams.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_tty = false;
  bool out_is_tty = false;
  bool err_is_tty = false;
  bool out_color = false;
  bool err_color = false;
  int width = 0;  // columns of the screen; 0 is unlimited
};

// The process's own streams, with colour as NO_COLOR, CLICOLOR_FORCE and TERM
// ask for it.
Terminal StandardTerminal();

// NO_COLOR wins over CLICOLOR_FORCE, which wins over what the stream is.  A
// null pointer stands for a variable that is not set.
bool WantsColor(bool is_tty, const char* no_color, const char* clicolor_force,
                const char* term);

enum class Tone { kPlain, kStrong, kFaint, kGood, kWarning, kBad };

// `text` in this tone, or as it is without colour.
std::string Toned(absl::string_view text, Tone tone, bool color);

// `text` made safe to show: a terminal would obey its control characters, and
// imported text is not ours.  Line breaks and tabs become blanks.
std::string Printable(absl::string_view text);

// The same, except that line breaks stay.
std::string PrintableLines(absl::string_view text);

// Columns that UTF-8 text takes on the screen.
int DisplayWidth(absl::string_view text);

// The longest beginning that fits into `width` columns, `…` at the end if
// something was left out.
std::string Shortened(absl::string_view text, int width);

// Lines of at most `width` columns, broken at blanks; `indent` blanks before
// all but the first.  Width 0 breaks nothing.
std::string Wrapped(absl::string_view text, int width, int indent);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_TERMINAL_H_
