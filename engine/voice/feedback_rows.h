// The rows of the feedback table.

#ifndef ATTUNE_ENGINE_VOICE_FEEDBACK_ROWS_H_
#define ATTUNE_ENGINE_VOICE_FEEDBACK_ROWS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/feedback.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"
#include "engine/store/query.h"

namespace attune {

// As it is stored: without its themes, which stand among the tags.
absl::Status InsertFeedback(Transaction& tx, const v1::Feedback& feedback);
// With the next etag.
absl::Status UpdateFeedback(Transaction& tx, int64_t now_us,
                            v1::Feedback& feedback);

// A stored item with what its reader needs to know beside it.
struct FeedbackRow {
  v1::Feedback feedback;
  std::string giver_team;  // id; empty if in none
};

// By its full name, `-` for the person included.  INVALID_ARGUMENT for `name`;
// NOT_FOUND, also if the caller may not read it.
absl::StatusOr<FeedbackRow> FindFeedback(Transaction& tx, const Caller& caller,
                                         absl::string_view name);

// The conditions on `feedback f` that MayRead puts.
void AddFeedbackReach(const Caller& caller, Query& query);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_FEEDBACK_ROWS_H_
