// Scoring one draft, from a file or at a terminal, whatever it is scored for.

#ifndef ATTUNE_TOOLS_ATTUNE_SCORE_WORK_H_
#define ATTUNE_TOOLS_ATTUNE_SCORE_WORK_H_

#include <string>

#include "absl/status/status.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form.pb.h"
#include "tools/attune/session.h"

namespace attune {

// A draft, or what would become one, and what it is about.
struct ScoreWork {
  v1::Contact contact;
  v1::Evaluation evaluation;
  v1::FormRevision revision;
};

// INVALID_ARGUMENT (USAGE) if nobody can be asked.
absl::Status CheckTerminal(const Session& session);

// Puts in the answers of a JSON file, and the comment if there is one.
absl::Status TakeAnswers(const std::string& json, const std::string& comment,
                         ScoreWork& work);

// Submits it and prints it as it was scored.
absl::Status SubmitWork(Session& session, RpcClient& client,
                        const ScoreWork& work);

// Asks question by question, saves every answer in the draft, and submits it or
// keeps it.
absl::Status ScoreAtTerminal(Session& session, RpcClient& client,
                             ScoreWork work);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SCORE_WORK_H_
