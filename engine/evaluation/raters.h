// The stored people as far as they score.

#ifndef ATTUNE_ENGINE_EVALUATION_RATERS_H_
#define ATTUNE_ENGINE_EVALUATION_RATERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/sampling_plan.pb.h"
#include "engine/evaluation/assignment.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/store/database.h"

namespace attune {

// NOT_FOUND.
absl::StatusOr<Rater> FindRater(Transaction& tx, absl::string_view person);

// Everyone who scores for the plan, by id; for an empty plan every advocate.
absl::StatusOr<std::vector<Rater>> ListRaters(Transaction& tx,
                                              const v1::SamplingPlan& plan);

// `people/{person}` of whoever scores for its plan, or without one of the
// advocates, may score it, never had it and has the least waiting; of equals
// the first by id.  Empty if there is nobody.
absl::StatusOr<std::string> FindNextAdvocate(Transaction& tx,
                                             const AssignmentRow& row);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_RATERS_H_
