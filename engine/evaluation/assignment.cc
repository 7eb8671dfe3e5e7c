#include "engine/evaluation/assignment.h"

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"

namespace attune {

bool IsRater(const Rater& rater) {
  return ScoresEverybody(rater) || rater.roles.Has(v1::ROLE_LEAD);
}

bool ScoresEverybody(const Rater& rater) {
  return rater.roles.Has(v1::ROLE_ADVOCATE) ||
         rater.roles.Has(v1::ROLE_QA_LEAD) || rater.roles.Has(v1::ROLE_ADMIN);
}

bool MayScore(const Rater& rater, absl::string_view agent,
              absl::string_view agent_team) {
  if (rater.person.empty() || rater.person == agent) return false;
  return ScoresEverybody(rater) ||
         (rater.roles.Has(v1::ROLE_LEAD) && !rater.team.empty() &&
          rater.team == agent_team);
}

std::string AgentOf(const v1::Assignment& assignment) {
  const auto name = ParseContactName(assignment.contact());
  return name ? name->person : "";
}

bool IsLive(const v1::Assignment& assignment) {
  return assignment.state() == v1::Assignment::STATE_OPEN ||
         assignment.state() == v1::Assignment::STATE_CLAIMED;
}

absl::Status HasEnded(const v1::Assignment& assignment) {
  const char* how = "has expired";
  if (assignment.state() == v1::Assignment::STATE_DONE) how = "is done";
  if (assignment.state() == v1::Assignment::STATE_SKIPPED) how = "is skipped";
  if (assignment.state() == v1::Assignment::STATE_WITHDRAWN) {
    how = "is withdrawn";
  }
  return FailedPrecondition("ASSIGNMENT_ENDED",
                            absl::StrCat(assignment.name(), " ", how, "."));
}

void ExpireAt(int64_t now_us, v1::Assignment& assignment) {
  if (IsLive(assignment) && assignment.has_expire_time() &&
      ToMicros(assignment.expire_time()) <= now_us) {
    assignment.set_state(v1::Assignment::STATE_EXPIRED);
    *assignment.mutable_end_time() = assignment.expire_time();
  }
}

bool MayRead(const Caller& caller, const v1::Assignment& assignment,
             absl::string_view agent_team) {
  const std::string agent = AgentOf(assignment);
  if (!caller.person.empty() && caller.person == agent) return false;
  const std::string advocate =
      ParsePersonName(assignment.advocate()).value_or("");
  return caller.Reaches(agent, agent_team, advocate) ||
         (caller.reach.rated && advocate.empty() && IsLive(assignment));
}

}  // namespace attune
