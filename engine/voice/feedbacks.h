// The stored inbox.

#ifndef ATTUNE_ENGINE_VOICE_FEEDBACKS_H_
#define ATTUNE_ENGINE_VOICE_FEEDBACKS_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/inbox_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

class Revisions;

// Thread-safe.  The codes of each method are told in inbox_service.proto.
class Feedbacks {
 public:
  // `ideas_owner` is the id of whom processes and ideas go to; empty for a
  // qa_lead.
  Feedbacks(Clock clock, std::shared_ptr<Revisions> revisions,
            std::string ideas_owner = "")
      : clock_(std::move(clock)),
        revisions_(std::move(revisions)),
        ideas_owner_(std::move(ideas_owner)) {}

  absl::StatusOr<v1::Feedback> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateFeedbackRequest& request) const;
  absl::StatusOr<v1::Feedback> Get(Transaction& tx, const Caller& caller,
                                   const v1::GetFeedbackRequest& request) const;
  absl::StatusOr<v1::ListFeedbackResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListFeedbackRequest& request) const;

  // feedback_decisions.cc has what owners do.
  absl::StatusOr<v1::Feedback> Decide(
      Transaction& tx, const Caller& caller,
      const v1::DecideFeedbackRequest& request) const;
  absl::StatusOr<v1::Feedback> Reassign(
      Transaction& tx, const Caller& caller,
      const v1::ReassignFeedbackRequest& request) const;
  absl::StatusOr<v1::Feedback> Mark(
      Transaction& tx, const Caller& caller,
      const v1::MarkFeedbackRequest& request) const;
  absl::StatusOr<v1::UnansweredFeedback> Unanswered(
      Transaction& tx, const Caller& caller,
      const v1::GetUnansweredFeedbackRequest& request) const;

 private:
  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
  std::string ideas_owner_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_FEEDBACKS_H_
