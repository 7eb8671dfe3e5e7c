// Beginning an evaluation: which contact, whose, by whom, on which revision.

#ifndef ATTUNE_ENGINE_EVALUATION_EVALUATION_NEW_H_
#define ATTUNE_ENGINE_EVALUATION_EVALUATION_NEW_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/access/caller.h"
#include "engine/form/revisions.h"
#include "engine/store/database.h"

namespace attune {

// A draft that is not stored yet, and the revision it stands on.
struct NewEvaluation {
  v1::Evaluation evaluation;
  std::shared_ptr<const Revision> revision;
  // Id of the self-check cycle in which its contact is graded blind; empty if
  // in none.
  std::string blind_in;
};

// Resolves and checks everything but the answers; only of KIND_QA, which
// plain agents do not make.  The codes are told in
// evaluation_service.proto, CreateEvaluation.
absl::StatusOr<NewEvaluation> MakeEvaluation(
    Transaction& tx, const Caller& caller, Revisions& revisions, int64_t now_us,
    absl::string_view parent, const v1::Evaluation& wanted);

// `forms/{form}` stands for the newest revision in effect.
absl::StatusOr<std::shared_ptr<const Revision>> FindWantedRevision(
    Transaction& tx, Revisions& revisions, int64_t now_us,
    absl::string_view name);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_EVALUATION_NEW_H_
