// The rules of a harm flag: what the same practice is, how far it goes up, who
// answers.

#ifndef ATTUNE_ENGINE_VOICE_HARM_FLAG_H_
#define ATTUNE_ENGINE_VOICE_HARM_FLAG_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "attune/v1/harm_flag.pb.h"
#include "attune/v1/inbox_service.pb.h"
#include "engine/access/caller.h"
#include "engine/violations.h"

namespace attune {

// When a flag goes up.
inline constexpr int64_t kQaLeadContacts = 3;
inline constexpr int64_t kManagerContacts = 10;
inline constexpr int64_t kManagerDays = 14;

// How far an open flag has gone up.
v1::HarmFlag::Level LevelOf(int64_t contacts, int64_t age_us);

// Whether somebody with these roles answers at this level.
bool MayAnswer(RoleSet roles, v1::HarmFlag::Level level);

// Whether somebody with these roles sees every flag.
bool SeesEveryFlag(RoleSet roles);

// What the same practice is known by, however it is written: ASCII letters in
// lower case, one blank between words.
std::string PracticeKey(absl::string_view practice);

// Everything that is wrong whatever is stored, but for the contacts.
void CheckRaising(const v1::RaiseHarmFlagRequest& request, Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_HARM_FLAG_H_
