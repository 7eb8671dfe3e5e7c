// What makes a person and a team well-formed.

#ifndef ATTUNE_ENGINE_PEOPLE_PERSON_H_
#define ATTUNE_ENGINE_PEOPLE_PERSON_H_

#include <google/protobuf/repeated_field.h>

#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "engine/access/caller.h"
#include "engine/violations.h"

namespace attune {

// `path` is the field the person stands in, such as `person`.
void CheckPerson(const v1::Person& person, absl::string_view path,
                 Violations& bad);
void CheckTeam(const v1::Team& team, absl::string_view path, Violations& bad);

// Unknown and unspecified roles are violations of `path`.
RoleSet CheckRoles(const google::protobuf::RepeatedField<int>& roles,
                   absl::string_view path, Violations& bad);

// A display name, or another short text that people read.
void CheckShortText(absl::string_view text, absl::string_view path,
                    Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_PEOPLE_PERSON_H_
