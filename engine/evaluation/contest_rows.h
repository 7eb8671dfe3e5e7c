// The rows of the contest tables.

#ifndef ATTUNE_ENGINE_EVALUATION_CONTEST_ROWS_H_
#define ATTUNE_ENGINE_EVALUATION_CONTEST_ROWS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/contest.pb.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// Also stores its items, as waiting for a ruling.  INVALID_ARGUMENT
// (CONTESTED_BEFORE) if one of them was contested before.
absl::Status InsertContest(Transaction& tx, const v1::Contest& contest,
                           int64_t now_us);
// Also stores what the newest ruling made of its items.
absl::Status UpdateContest(Transaction& tx, const v1::Contest& contest);

// NOT_FOUND.
absl::StatusOr<v1::Contest> FindContest(Transaction& tx,
                                        const EvaluationPart& name);

// Whether a contest of this evaluation waits for a ruling.
absl::StatusOr<bool> HasOpenContest(Transaction& tx,
                                    const PersonPart& evaluation);

// Ends every contest of an evaluation that is voided.
absl::Status CloseContests(Transaction& tx, const PersonPart& evaluation,
                           int64_t now_us);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CONTEST_ROWS_H_
