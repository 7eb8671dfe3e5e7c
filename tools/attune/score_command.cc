// attune score: one contact on one form, by hand or from a file.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/scoring/answers_json.h"
#include "engine/status_macros.h"
#include "engine/violations.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/score_view.h"
#include "tools/attune/scoring.h"

namespace attune {
namespace {

struct ScoreOptions {
  std::string call;
  std::string form;
  std::string answers;
  std::string comment;
  std::string rater;
  bool dry_run = false;
};

std::string FormOf(const std::string& revision) {
  const auto name = ParseFormRevisionName(revision);
  return name ? FormName(name->form) : revision;
}

// The caller's draft on this contact and form; without a name if there is none.
// Nobody else's drafts are listed.
absl::StatusOr<v1::Evaluation> FindDraft(RpcClient& client,
                                         const v1::Contact& contact,
                                         const std::string& form) {
  const auto part = ParseContactName(contact.name());
  v1::ListEvaluationsRequest request;
  request.set_parent(PersonName(part ? part->person : ""));
  request.set_contact_id(LastPart(contact.name()));
  request.set_form(form);
  request.set_kind(v1::Evaluation::KIND_QA);
  request.set_state(v1::Evaluation::STATE_DRAFT);
  request.set_page_size(1);
  ASSIGN_OR_RETURN(
      v1::ListEvaluationsResponse page,
      client.Call(&v1::EvaluationService::Stub::ListEvaluations, request));
  if (page.evaluations_size() == 0) return v1::Evaluation();
  v1::GetEvaluationRequest get;
  get.set_name(page.evaluations(0).name());
  return client.Call(&v1::EvaluationService::Stub::GetEvaluation, get);
}

absl::StatusOr<v1::Evaluation> CreateDraft(RpcClient& client,
                                           const v1::Evaluation& wanted) {
  v1::CreateEvaluationRequest request;
  request.set_parent("people/-");
  *request.mutable_evaluation() = wanted;
  request.set_request_id(NewRequestId());
  return client.Call(&v1::EvaluationService::Stub::CreateEvaluation, request);
}

// The caller's draft, or what would become one.
struct Work {
  v1::Contact contact;
  v1::Evaluation evaluation;
  v1::FormRevision revision;
};

absl::StatusOr<Work> Prepare(RpcClient& client, const ScoreOptions& options) {
  Work work;
  ASSIGN_OR_RETURN(std::string form, FormOrRevisionArgument(options.form));
  ASSIGN_OR_RETURN(work.contact, FetchContact(client, options.call));
  ASSIGN_OR_RETURN(work.evaluation,
                   FindDraft(client, work.contact, FormOf(form)));
  if (work.evaluation.name().empty()) {
    work.evaluation.set_contact(work.contact.name());
    if (!options.rater.empty()) {
      ASSIGN_OR_RETURN(*work.evaluation.mutable_rater(),
                       PersonArgument(options.rater));
    }
    ASSIGN_OR_RETURN(work.revision, FetchRevision(client, form));
    work.evaluation.set_form_revision(work.revision.name());
  } else {
    ASSIGN_OR_RETURN(work.revision,
                     FetchRevision(client, work.evaluation.form_revision()));
  }
  return work;
}

absl::Status PrintPreview(Session& session, RpcClient& client,
                          const Work& work) {
  v1::PreviewScoreRequest request;
  request.set_name(work.revision.name());
  *request.mutable_answers() = work.evaluation.answers();
  ASSIGN_OR_RETURN(v1::Score score,
                   client.Call(&v1::FormService::Stub::PreviewScore, request));
  if (session.is_table()) {
    session.terminal.out << ScoreText(
        work.revision.form(), request.answers(), score,
        {session.TextWidth(), session.terminal.out_color});
  } else {
    session.terminal.out << ToJson(score,
                                   session.output.format == Format::kJson)
                         << '\n';
  }
  return absl::OkStatus();
}

absl::Status ScoreFile(Session& session, RpcClient& client,
                       const ScoreOptions& options) {
  ASSIGN_OR_RETURN(std::string json,
                   ReadFileOr(options.answers, session.terminal.in));
  ASSIGN_OR_RETURN(Work work, Prepare(client, options));
  ASSIGN_OR_RETURN(CompiledForm form, CompiledForm::Make(work.revision.form()));
  ASSIGN_OR_RETURN(*work.evaluation.mutable_answers(),
                   ParseAnswersJson(form, json));
  if (!options.comment.empty()) work.evaluation.set_comment(options.comment);
  if (options.dry_run) return PrintPreview(session, client, work);
  ASSIGN_OR_RETURN(v1::Evaluation submitted,
                   SubmitEvaluation(client, work.evaluation));
  return PrintEvaluation(session, submitted, work.revision.form());
}

absl::Status ScoreByHand(Session& session, RpcClient& client,
                         const ScoreOptions& options) {
  ASSIGN_OR_RETURN(Work work, Prepare(client, options));
  if (work.evaluation.name().empty()) {
    ASSIGN_OR_RETURN(work.evaluation, CreateDraft(client, work.evaluation));
  }
  return ScoreAtTerminal(session, client, work.contact, work.revision,
                         work.evaluation);
}

absl::Status Score(Session& session, const ScoreOptions& options) {
  const bool by_hand = options.answers.empty();
  if (by_hand) RETURN_IF_ERROR(CheckTerminal(session));
  if (by_hand && options.dry_run) {
    return UsageError("--dry-run goes with --answers.");
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  return by_hand ? ScoreByHand(session, *client, options)
                 : ScoreFile(session, *client, options);
}

}  // namespace

void AddScoreCommand(CLI::App& root, Session& session) {
  CLI::App& score = AddCommand(
      root, "score",
      "Score a call: question by question at a terminal, every answer saved; "
      "or from a file.",
      "attune score 035edd1d09c1433e --form call\n"
      "attune score 035edd1d09c1433e --form call --answers answers.json");
  auto options = std::make_shared<ScoreOptions>();
  AddOption(score, "call", options->call, "Which call.").Required();
  AddOption(score, "--form", options->form, "On which form.").Required();
  AddOption(score, "--answers", options->answers,
            "JSON file with the answers; - is stdin.")
      .TypeName("FILE");
  AddOption(score, "--comment", options->comment,
            "A word on the call as a whole; with --answers.");
  AddOption(score, "--rater", options->rater,
            "In whose name; only an admin may.");
  AddFlag(score, "--dry-run", options->dry_run,
          "Show the score and store nothing; with --answers.");
  OnRun(score, session,
        [&session, options] { return Score(session, *options); });
}

}  // namespace attune
