// The rules of one item of feedback: what makes it well-formed, who may see it,
// which way it may go.

#ifndef ATTUNE_ENGINE_VOICE_FEEDBACK_H_
#define ATTUNE_ENGINE_VOICE_FEEDBACK_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/feedback.pb.h"
#include "engine/access/caller.h"
#include "engine/violations.h"

namespace attune {

// How long its giver may have to wait for an answer.
inline constexpr int64_t kAnswerDays = 14;

v1::Feedback::About AboutOf(const v1::Feedback& feedback);

// Everything that is wrong whatever is stored, under `feedback`.  `giver` is
// whose name it is given in.
void CheckNewFeedback(const v1::Feedback& feedback, RoleSet giver,
                      Violations& bad);

// Which side somebody with these roles speaks for unless they say so.
v1::Feedback::Side SideOf(RoleSet giver);

// Whether somebody with these roles answers feedback for this audience, and in
// words who does.
bool AnswersFeedback(RoleSet roles, v1::Feedback::Audience audience);
absl::string_view WhoAnswers(v1::Feedback::Audience audience);

// Whether the caller may read it: their own, what they own, their team's.
bool MayRead(const Caller& caller, const v1::Feedback& feedback,
             absl::string_view giver_team);

// Whether the caller is its owner.
bool IsOwner(const Caller& caller, const v1::Feedback& feedback);

// Whether an owner may take this step.
bool MayBecome(v1::Feedback::State from, v1::Feedback::State to);

// Whether it can still be given to somebody else.
bool MayBeReassigned(v1::Feedback::State state);

// Whether it tells what a customer said, who must agree to its being told on.
bool NeedsConsent(const v1::Feedback& feedback);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_FEEDBACK_H_
