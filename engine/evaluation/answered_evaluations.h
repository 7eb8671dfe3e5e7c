// Evaluations of contacts whose customer answered a survey, beside the answer.

#ifndef ATTUNE_ENGINE_EVALUATION_ANSWERED_EVALUATIONS_H_
#define ATTUNE_ENGINE_EVALUATION_ANSWERED_EVALUATIONS_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

enum class CustomerAnswer { kNps, kCsat };

struct AnsweredEvaluation {
  PersonPart contact;
  int64_t answer = 0;  // 0 to 10, or 1 to 5
  v1::Evaluation evaluation;
};

// Every counted evaluation of a contact with this answer, contact by contact.
// DATA_LOSS (ROW_MISFIT) if a row is not an evaluation.
absl::Status ScanAnswered(
    Transaction& tx, const CountedFilter& filter, CustomerAnswer answer,
    absl::FunctionRef<void(const AnsweredEvaluation&)> on_row);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_ANSWERED_EVALUATIONS_H_
