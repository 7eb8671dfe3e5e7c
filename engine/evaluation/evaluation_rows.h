// The rows of the evaluation table.

#ifndef ATTUNE_ENGINE_EVALUATION_EVALUATION_ROWS_H_
#define ATTUNE_ENGINE_EVALUATION_EVALUATION_ROWS_H_

#include <compare>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/names.h"
#include "engine/store/database.h"
#include "engine/store/rollups.h"

namespace attune {

// A stored evaluation with what its reader needs to know beside it.
struct EvaluationRow {
  v1::Evaluation evaluation;
  std::string agent_team;  // id; empty if in none
  std::string blind_in;    // as in NewEvaluation
};

// What makes an evaluation the only one of its kind.
struct EvaluationIdentity {
  std::string person;
  std::string contact;
  std::string form;
  std::string rater;
  int64_t kind = 0;
  friend auto operator<=>(const EvaluationIdentity&,
                          const EvaluationIdentity&) = default;
};

EvaluationIdentity IdentityOf(const v1::Evaluation& evaluation);

// ALREADY_EXISTS in words, for when this rater has scored this contact before.
absl::Status ScoredBefore(const EvaluationIdentity& identity);

absl::StatusOr<bool> IsStored(Transaction& tx,
                              const EvaluationIdentity& identity);

// The transaction fails with ScoredBefore if there is one.
absl::Status InsertEvaluation(Transaction& tx,
                              const v1::Evaluation& evaluation);
absl::Status UpdateEvaluation(Transaction& tx,
                              const v1::Evaluation& evaluation);

// NOT_FOUND.
absl::StatusOr<EvaluationRow> FindEvaluation(Transaction& tx,
                                             const PersonPart& name);

// Adds a newly submitted evaluation to its rollup, if it counts.
absl::Status CountEvaluation(Transaction& tx, const v1::Evaluation& evaluation,
                             const SectionSlots& slots);
// Moves its rollup from what it was to what it is.
absl::Status RecountEvaluation(Transaction& tx, const v1::Evaluation& before,
                               const v1::Evaluation& after,
                               const SectionSlots& slots);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_EVALUATION_ROWS_H_
