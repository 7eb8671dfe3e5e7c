// What makes a contact and its transcript well-formed.

#ifndef ATTUNE_ENGINE_PEOPLE_CONTACT_H_
#define ATTUNE_ENGINE_PEOPLE_CONTACT_H_

#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "engine/violations.h"

namespace attune {

// `path` is the field the message stands in, such as `contact`.
void CheckContact(const v1::Contact& contact, absl::string_view path,
                  Violations& bad);
void CheckTranscript(const v1::Transcript& transcript, absl::string_view path,
                     Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_PEOPLE_CONTACT_H_
