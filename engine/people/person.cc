#include "engine/people/person.h"

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"

namespace attune {
namespace {

constexpr size_t kMaxShortBytes = 256;

}  // namespace

void CheckShortText(absl::string_view text, absl::string_view path,
                    Violations& bad) {
  if (text.size() > kMaxShortBytes) {
    bad.Add(path, "TEXT_TOO_LONG",
            absl::StrCat("At most ", kMaxShortBytes, " bytes, not ",
                         text.size(), "."));
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(path, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
  }
}

RoleSet CheckRoles(const google::protobuf::RepeatedField<int>& roles,
                   absl::string_view path, Violations& bad) {
  RoleSet set;
  for (int i = 0; i < roles.size(); ++i) {
    if (roles.Get(i) == v1::ROLE_UNSPECIFIED ||
        !v1::Role_IsValid(roles.Get(i))) {
      bad.Add(absl::StrCat(path, "[", i, "]"), "ROLE_UNKNOWN",
              "A role is agent, advocate, lead, qa_lead, admin or analyst.");
      continue;
    }
    set.Add(static_cast<v1::Role>(roles.Get(i)));
  }
  return set;
}

void CheckPerson(const v1::Person& person, absl::string_view path,
                 Violations& bad) {
  CheckShortText(person.display_name(), absl::StrCat(path, ".display_name"),
                 bad);
  if (person.roles().empty()) {
    bad.Add(absl::StrCat(path, ".roles"), "ROLES_MISSING",
            "A person has at least one role.");
  }
  CheckRoles(person.roles(), absl::StrCat(path, ".roles"), bad);
  if (!person.team().empty() && !ParseTeamName(person.team())) {
    bad.Add(absl::StrCat(path, ".team"), "NAME_INVALID",
            "A team is named teams/{team}.");
  }
  if (!person.hire_date().empty() && !ParseDay(person.hire_date())) {
    bad.Add(absl::StrCat(path, ".hire_date"), "DATE_INVALID",
            "A date is a day of the calendar, as YYYY-MM-DD.");
  }
}

void CheckTeam(const v1::Team& team, absl::string_view path, Violations& bad) {
  CheckShortText(team.display_name(), absl::StrCat(path, ".display_name"), bad);
}

}  // namespace attune
