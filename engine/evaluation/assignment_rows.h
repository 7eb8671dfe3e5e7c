// The rows of the assignment table.

#ifndef ATTUNE_ENGINE_EVALUATION_ASSIGNMENT_ROWS_H_
#define ATTUNE_ENGINE_EVALUATION_ASSIGNMENT_ROWS_H_

#include <cstdint>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/assignment.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/store/database.h"

namespace attune {

// A stored assignment with what its reader needs to know beside it.
struct AssignmentRow {
  v1::Assignment assignment;
  std::string agent_team;  // id; empty if in none
};

// What to select of `assignment a` for ReadAssignment.
inline constexpr char kAssignmentColumns[] =
    "a.body, a.advocate, a.state, a.version, a.due_us, a.expire_us, "
    "a.claim_us, a.end_us, a.update_us, a.evaluation";
// As it stands at `now_us`.
void ReadAssignment(Cells& cells, int64_t now_us, v1::Assignment& assignment);

// NOT_FOUND.
absl::StatusOr<AssignmentRow> FindAssignment(Transaction& tx,
                                             absl::string_view id,
                                             int64_t now_us);

// The same by its full name; INVALID_ARGUMENT for `name` if it is none.
absl::StatusOr<AssignmentRow> FindNamed(Transaction& tx, absl::string_view name,
                                        int64_t now_us);

// The transaction fails with ALREADY_EXISTS (IN_QUEUE) if its advocate has this
// contact on this form open or claimed.
absl::Status InsertAssignment(Transaction& tx,
                              const v1::Assignment& assignment);
absl::Status UpdateAssignment(Transaction& tx,
                              const v1::Assignment& assignment);

// Writes down what is over, so that later statements need no time.
absl::Status StampExpired(Transaction& tx, int64_t now_us);

// The rater's assignment of what was submitted, if there is one, is done.
absl::Status CompleteAssignment(Transaction& tx,
                                const v1::Evaluation& submitted,
                                int64_t now_us);

// Ids of those who have scored the contact of this assignment on its form.
absl::StatusOr<std::set<std::string>> FindScorers(
    Transaction& tx, const v1::Assignment& assignment);
// And of those who have or had it in their queue, unless it expired or was
// withdrawn there.
absl::StatusOr<std::set<std::string>> FindTakers(
    Transaction& tx, const v1::Assignment& assignment);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_ASSIGNMENT_ROWS_H_
