// What a name stands for where several kinds are taken: what is tagged with
// themes, what gives rise to a recovery action.

#ifndef ATTUNE_ENGINE_VOICE_VOICE_SUBJECTS_H_
#define ATTUNE_ENGINE_VOICE_VOICE_SUBJECTS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/access/caller.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

struct VoiceSubject {
  std::string name;     // as it was given
  std::string person;   // id of whose it is
  int64_t said_us = 0;  // when it was said or done
  PersonPart contact;   // what it is about; empty if about none
};

// INVALID_ARGUMENT (SUBJECT_UNKNOWN_KIND) at `field`; NOT_FOUND, also if it is
// out of the caller's reach.  A new kind is a row of the table in the .cc file.
absl::StatusOr<VoiceSubject> FindVoiceSubject(Transaction& tx,
                                              const Caller& caller,
                                              absl::string_view name,
                                              absl::string_view field);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_VOICE_SUBJECTS_H_
