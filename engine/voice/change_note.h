// What makes a change note well-formed.

#ifndef ATTUNE_ENGINE_VOICE_CHANGE_NOTE_H_
#define ATTUNE_ENGINE_VOICE_CHANGE_NOTE_H_

#include "absl/strings/string_view.h"
#include "attune/v1/change_note.pb.h"
#include "engine/violations.h"

namespace attune {

// `path` is the field the note stands in, such as `change_note`.
void CheckChangeNote(const v1::ChangeNote& note, absl::string_view path,
                     Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_CHANGE_NOTE_H_
