// What scoring a call takes, by hand at a terminal or from a file.

#ifndef ATTUNE_TOOLS_ATTUNE_SCORING_H_
#define ATTUNE_TOOLS_ATTUNE_SCORING_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form.pb.h"
#include "tools/attune/session.h"

namespace attune {

// INVALID_ARGUMENT (USAGE) unless there is a terminal to ask at.
absl::Status CheckTerminal(const Session& session);

// A contact by what was typed for it.
absl::StatusOr<v1::Contact> FetchContact(RpcClient& client,
                                         const std::string& call);

// Submits a draft, or what would become one.
absl::StatusOr<v1::Evaluation> SubmitEvaluation(
    RpcClient& client, const v1::Evaluation& evaluation);

// Asks question by question, saves every answer of the draft, and submits it
// in the end or keeps it.
absl::Status ScoreAtTerminal(Session& session, RpcClient& client,
                             const v1::Contact& contact,
                             const v1::FormRevision& revision,
                             const v1::Evaluation& draft);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SCORING_H_
