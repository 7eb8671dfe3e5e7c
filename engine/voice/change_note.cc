#include "engine/voice/change_note.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/people/person.h"
#include "engine/texts.h"

namespace attune {

void CheckChangeNote(const v1::ChangeNote& note, absl::string_view path,
                     Violations& bad) {
  const auto field = [&](absl::string_view name) {
    return absl::StrCat(path, ".", name);
  };
  if (absl::StripAsciiWhitespace(note.title()).empty()) {
    bad.Add(field("title"), "TITLE_MISSING", "Say what changed, in a line.");
  }
  CheckShortText(note.title(), field("title"), bad);
  CheckText(note.text(), field("text"), bad);
  if (!ParseDay(note.day())) {
    bad.Add(field("day"), "DATE_INVALID",
            "A note has the first day with the change, as YYYY-MM-DD.");
  }
  if (!note.team().empty() && !ParseTeamName(note.team())) {
    bad.Add(field("team"), "NAME_INVALID", "A team is teams/{team}.");
  }
  if (!note.form().empty() && !ParseFormName(note.form())) {
    bad.Add(field("form"), "NAME_INVALID", "A form is forms/{form}.");
  }
}

}  // namespace attune
