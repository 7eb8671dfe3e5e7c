// Who answers what.

#ifndef ATTUNE_ENGINE_VOICE_FEEDBACK_OWNERS_H_
#define ATTUNE_ENGINE_VOICE_FEEDBACK_OWNERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/feedback.pb.h"
#include "engine/store/database.h"

namespace attune {

// What decides who gets an item, as ids; empty where there is none.
struct FeedbackRoute {
  v1::Feedback::About about = v1::Feedback::ABOUT_IDEA;
  v1::Feedback::Audience audience = v1::Feedback::AUDIENCE_OWNER;
  std::string giver;
  std::string subject;       // the person it is about, or the contact's agent
  std::string subject_team;  // theirs
  std::string ideas_owner;   // whom processes and ideas go to
};

// The person's id; empty if there is nobody.
absl::StatusOr<std::string> FindDefaultOwner(Transaction& tx,
                                             const FeedbackRoute& route);

// Whether there is such a person, and one who answers feedback for this
// audience.
absl::StatusOr<bool> CanOwn(Transaction& tx, absl::string_view person,
                            v1::Feedback::Audience audience);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_FEEDBACK_OWNERS_H_
