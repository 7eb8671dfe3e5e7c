// Evaluations that count, read in bulk: for the few reports that the rollups
// cannot answer.

#ifndef ATTUNE_ENGINE_EVALUATION_COUNTED_EVALUATIONS_H_
#define ATTUNE_ENGINE_EVALUATION_COUNTED_EVALUATIONS_H_

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/store/database.h"
#include "engine/store/query.h"
#include "engine/store/rollups.h"

namespace attune {

// Those that are in the rollups of a filter, of one revision or of all.
struct CountedFilter {
  RollupFilter rollups = {};
  std::optional<int64_t> revision = {};
};

// ` JOIN person ...` for a filter with a team, to follow `FROM evaluation e`.
void AddCountedJoin(const CountedFilter& filter, Query& query);
// ` WHERE ...` on `evaluation e`.
void AddCountedWhere(const CountedFilter& filter, Query& query);

// How many there are, from the rollups.
absl::StatusOr<int64_t> CountEvaluations(Transaction& tx,
                                         const RollupFilter& filter);

// Takes a share of what is read, on a thread of its own.
class EvaluationTaker {
 public:
  virtual ~EvaluationTaker() = default;
  // What it is given is used again for the next one.
  virtual void Take(const v1::Evaluation& evaluation) = 0;
};

// As many takers as this machine has use for.
size_t TakerCount();

// Reads every evaluation once, in whatever order the store has them, and hands
// each to one of `takers`.  The memory used does not depend on how many there
// are.  Every thread has ended when this returns.  `on_read` hears, on the
// calling thread, how many were read, every 250 and at the end; its error ends
// the scan.
// DATA_LOSS (ROW_MISFIT) if a row is not an evaluation.
absl::Status ScanCounted(Transaction& tx, const CountedFilter& filter,
                         absl::Span<EvaluationTaker* const> takers,
                         absl::FunctionRef<absl::Status(int64_t)> on_read);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_COUNTED_EVALUATIONS_H_
