// What several commands need of evaluations.

#ifndef ATTUNE_TOOLS_ATTUNE_EVALUATION_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_EVALUATION_COMMANDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form.pb.h"
#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

// One revision by name; `forms/ID` stands for the newest in effect.
absl::StatusOr<v1::FormRevision> FetchRevision(RpcClient& client,
                                               const std::string& name);

// Prints one evaluation with its form's words: JSON, a CSV row, or text.
absl::Status PrintEvaluation(Session& session, const v1::Evaluation& evaluation,
                             const v1::Form& form);

// The full name, looked up if only the id is known.
absl::StatusOr<std::string> FullEvaluationName(RpcClient& client,
                                               const std::string& text);

void AddCommentCommands(CLI::App& group, Session& session);
void AddEvaluationImport(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_EVALUATION_COMMANDS_H_
