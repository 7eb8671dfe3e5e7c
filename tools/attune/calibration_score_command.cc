// attune calibrations score: one call of a blind session.

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/calibration_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/form/compiled_form.h"
#include "engine/names.h"
#include "engine/scoring/answers_json.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/calibration_view.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/files.h"
#include "tools/attune/scoring.h"

namespace attune {
namespace {

struct ScoreOptions {
  std::string calibration;
  std::string call;
  std::string answers;
  std::string comment;
};

// The session's own name of the call that was asked for.
absl::StatusOr<std::string> ContactOf(const v1::Calibration& calibration,
                                      const std::string& call) {
  ASSIGN_OR_RETURN(const std::string name, ContactArgument(call));
  const auto wanted = ParseContactName(name);
  for (const std::string& contact : calibration.contacts()) {
    const auto part = ParseContactName(contact);
    if (part && wanted && part->id == wanted->id &&
        (wanted->person == "-" || wanted->person == part->person)) {
      return contact;
    }
  }
  return NotFound(absl::StrCat(name, " in ", calibration.name()));
}

absl::StatusOr<v1::Evaluation> Begin(RpcClient& client,
                                     const v1::Calibration& calibration,
                                     const std::string& contact) {
  v1::BeginCalibrationEvaluationRequest request;
  request.set_name(calibration.name());
  request.set_contact(contact);
  request.set_request_id(NewRequestId());
  return client.Call(&v1::CalibrationService::Stub::BeginCalibrationEvaluation,
                     request);
}

// The draft on the call, or on the first one that is not submitted yet.
absl::StatusOr<v1::Evaluation> FindDraft(RpcClient& client,
                                         const v1::Calibration& calibration,
                                         const std::string& call) {
  if (!call.empty()) {
    ASSIGN_OR_RETURN(const std::string contact, ContactOf(calibration, call));
    return Begin(client, calibration, contact);
  }
  for (const std::string& contact : calibration.contacts()) {
    auto draft = Begin(client, calibration, contact);
    if (draft.ok() || !absl::IsAlreadyExists(draft.status())) return draft;
  }
  return FailedPrecondition(
      "ALL_SUBMITTED", "You have submitted every call of this calibration.");
}

// A lead may be asked to rate a call of another team, whose transcript they do
// not read.
absl::StatusOr<v1::Contact> FetchReadable(RpcClient& client,
                                          const std::string& name) {
  auto contact = FetchContact(client, name);
  if (absl::IsNotFound(contact.status())) return v1::Contact();
  return contact;
}

absl::Status Score(Session& session, const ScoreOptions& options) {
  const bool by_hand = options.answers.empty();
  if (by_hand) RETURN_IF_ERROR(CheckTerminal(session));
  std::string json;
  if (!by_hand) {
    ASSIGN_OR_RETURN(json, ReadFileOr(options.answers, session.terminal.in));
  }
  v1::GetCalibrationRequest get;
  ASSIGN_OR_RETURN(*get.mutable_name(),
                   CalibrationArgument(options.calibration));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::Calibration calibration,
      client->Call(&v1::CalibrationService::Stub::GetCalibration, get));
  ASSIGN_OR_RETURN(v1::Evaluation draft,
                   FindDraft(*client, calibration, options.call));
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FetchRevision(*client, calibration.form_revision()));
  if (by_hand) {
    ASSIGN_OR_RETURN(const v1::Contact contact,
                     FetchReadable(*client, draft.contact()));
    return ScoreAtTerminal(session, *client, contact, revision, draft);
  }
  ASSIGN_OR_RETURN(CompiledForm form, CompiledForm::Make(revision.form()));
  ASSIGN_OR_RETURN(*draft.mutable_answers(), ParseAnswersJson(form, json));
  if (!options.comment.empty()) draft.set_comment(options.comment);
  ASSIGN_OR_RETURN(const v1::Evaluation submitted,
                   SubmitEvaluation(*client, draft));
  return PrintEvaluation(session, submitted, revision.form());
}

}  // namespace

void AddCalibrationScore(CLI::App& group, Session& session) {
  CLI::App& score = AddCommand(
      group, "score",
      "Score a call of a session, blind: nobody sees it before the session is "
      "closed.",
      "attune calibrations score 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01\n"
      "attune calibrations score 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "28/035edd1d --answers answers.json");
  auto options = std::make_shared<ScoreOptions>();
  AddOption(score, "calibration", options->calibration, "Id or full name.")
      .Required();
  AddOption(score, "call", options->call,
            "Which call; default the first one that you have not "
            "submitted.");
  AddOption(score, "--answers", options->answers,
            "JSON file with the answers; - is stdin.")
      .TypeName("FILE");
  AddOption(score, "--comment", options->comment,
            "A word on the call as a whole; with --answers.");
  OnRun(score, session,
        [&session, options] { return Score(session, *options); });
}

}  // namespace attune
