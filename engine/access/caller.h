// Who asks, and how far this call lets them see.

#ifndef ATTUNE_ENGINE_ACCESS_CALLER_H_
#define ATTUNE_ENGINE_ACCESS_CALLER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"

namespace attune {

// A set of roles; a bit each, by the role's number.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr explicit RoleSet(int64_t bits) : bits_(bits) {}
  constexpr RoleSet& Add(v1::Role role) {
    bits_ |= int64_t{1} << role;
    return *this;
  }
  constexpr bool Has(v1::Role role) const { return (bits_ >> role & 1) != 0; }
  constexpr RoleSet And(RoleSet other) const {
    return RoleSet(bits_ & other.bits_);
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr int64_t bits() const { return bits_; }

 private:
  int64_t bits_ = 0;
};

// Whose things a call may touch: the union of what the caller's roles are
// granted for the method called.
struct Reach {
  bool own = false;    // the caller is the agent
  bool rated = false;  // the caller is the rater
  bool team = false;   // the agent is in the caller's team
  bool all = false;
  bool any() const { return own || rated || team || all; }
};

struct Caller {
  std::string token;   // id of the token that was sent
  std::string person;  // id; empty for a service account
  std::string team;    // id; empty if in none
  RoleSet roles;
  // Of the person's roles, those whose owed floor hours keep from submitting.
  RoleSet floor_blocks;
  Reach reach;

  // Whether the agent `person` of `agent_team` is within reach.
  bool Reaches(absl::string_view agent, absl::string_view agent_team) const {
    return reach.all || (reach.own && !person.empty() && agent == person) ||
           (reach.team && !team.empty() && agent_team == team);
  }
  // Whether an evaluation of that agent by `rater` is.
  bool Reaches(absl::string_view agent, absl::string_view agent_team,
               absl::string_view rater) const {
    return Reaches(agent, agent_team) ||
           (reach.rated && !person.empty() && rater == person);
  }
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_ACCESS_CALLER_H_
