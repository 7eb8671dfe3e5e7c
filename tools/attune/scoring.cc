#include "tools/attune/scoring.h"

#include <ostream>

#include "absl/strings/str_cat.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/failure.h"
#include "tools/attune/score_session.h"
#include "tools/attune/transcript_view.h"

namespace attune {
namespace {

absl::StatusOr<v1::Evaluation> SaveDraft(RpcClient& client,
                                         const v1::Evaluation& draft) {
  v1::UpdateEvaluationRequest request;
  *request.mutable_evaluation() = draft;
  request.mutable_update_mask()->add_paths("answers");
  request.mutable_update_mask()->add_paths("comment");
  request.set_request_id(NewRequestId());
  return client.Call(&v1::EvaluationService::Stub::UpdateEvaluation, request);
}

}  // namespace

absl::Status CheckTerminal(const Session& session) {
  if (session.terminal.in_is_tty &&
      (session.terminal.out_is_tty || session.terminal.err_is_tty)) {
    return absl::OkStatus();
  }
  return UsageError(
      "There is no terminal to ask at; give the answers with --answers "
      "FILE, or - for standard input.");
}

absl::StatusOr<v1::Contact> FetchContact(RpcClient& client,
                                         const std::string& call) {
  v1::GetContactRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), ContactArgument(call));
  return client.Call(&v1::DirectoryService::Stub::GetContact, request);
}

absl::StatusOr<v1::Evaluation> SubmitEvaluation(
    RpcClient& client, const v1::Evaluation& evaluation) {
  v1::SubmitEvaluationRequest request;
  request.set_parent("people/-");
  *request.mutable_evaluation() = evaluation;
  request.set_request_id(NewRequestId());
  return client.Call(&v1::EvaluationService::Stub::SubmitEvaluation, request);
}

absl::Status ScoreAtTerminal(Session& session, RpcClient& client,
                             const v1::Contact& contact,
                             const v1::FormRevision& revision,
                             const v1::Evaluation& draft) {
  ASSIGN_OR_RETURN(CompiledForm form, CompiledForm::Make(revision.form()));
  v1::Transcript transcript;
  if (contact.has_transcript()) {
    ASSIGN_OR_RETURN(transcript, FetchTranscript(client, contact.name()));
  }
  // Results may go to a file while the talk goes on.
  Terminal& terminal = session.terminal;
  std::ostream& screen = terminal.out_is_tty ? terminal.out : terminal.err;
  ScoreSession talk(
      terminal.in, screen,
      {session.TextWidth(),
       terminal.out_is_tty ? terminal.out_color : terminal.err_color},
      form, transcript, draft, [&client](const v1::Evaluation& changed) {
        return SaveDraft(client, changed);
      });
  ASSIGN_OR_RETURN(const ScoreSession::Outcome outcome, talk.Run());
  if (outcome == ScoreSession::Outcome::kKeepDraft) {
    session.Say(
        absl::StrCat("The draft is kept; the same command goes on "
                     "with it."));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(v1::Evaluation submitted,
                   SubmitEvaluation(client, talk.evaluation()));
  if (!session.is_table()) {
    return PrintEvaluation(session, submitted, revision.form());
  }
  terminal.out << "Submitted " << submitted.name() << ": "
               << TotalText(submitted.score()) << ".\n";
  return absl::OkStatus();
}

}  // namespace attune
