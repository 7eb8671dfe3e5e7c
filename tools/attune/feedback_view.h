// Feedback as givers and owners read it.

#ifndef ATTUNE_TOOLS_ATTUNE_FEEDBACK_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_FEEDBACK_VIEW_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "attune/v1/feedback.pb.h"
#include "tools/attune/option.h"
#include "tools/attune/output.h"
#include "tools/attune/session.h"

namespace attune {

const std::vector<Column<v1::Feedback>>& FeedbackColumns();

// One item with everything that was said; JSON or a CSV row in those formats.
absl::Status PrintFeedback(Session& session, const v1::Feedback& feedback);

// What several commands need.
void AddFeedbackGive(CLI::App& group, Session& session);
void AddFeedbackOwnerCommands(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FEEDBACK_VIEW_H_
