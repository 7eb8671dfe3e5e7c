// The rules of one assignment: who may be given it, who may see it, and where
// it stands at a moment.

#ifndef ATTUNE_ENGINE_EVALUATION_ASSIGNMENT_H_
#define ATTUNE_ENGINE_EVALUATION_ASSIGNMENT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attune/v1/assignment.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"

namespace attune {

// How long after it is made one is due, unless it says so.
inline constexpr int64_t kDueAfterUs = 7 * kMicrosPerDay;

// Somebody as far as scoring goes.
struct Rater {
  std::string person;  // id
  std::string team;    // id; empty if in none
  RoleSet roles;
};

// Whether they score at all.
bool IsRater(const Rater& rater);

// Whether they do so for every agent: all but leads, who have their team.
bool ScoresEverybody(const Rater& rater);

// Whether they may score a contact of this agent: those their roles allow, and
// nobody their own.
bool MayScore(const Rater& rater, absl::string_view agent,
              absl::string_view agent_team);

// `people/{person}` of the contact: its id.
std::string AgentOf(const v1::Assignment& assignment);

// Open or claimed.
bool IsLive(const v1::Assignment& assignment);

// FAILED_PRECONDITION (ASSIGNMENT_ENDED) in words.
absl::Status HasEnded(const v1::Assignment& assignment);

// Tells an open or claimed one whose time is over as expired.
void ExpireAt(int64_t now_us, v1::Assignment& assignment);

// Whether the caller may see it: advocates what they hold and what nobody does,
// leads their team's, nobody what is about themselves.
bool MayRead(const Caller& caller, const v1::Assignment& assignment,
             absl::string_view agent_team);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_ASSIGNMENT_H_
