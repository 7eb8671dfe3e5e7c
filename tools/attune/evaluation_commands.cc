// attune evaluations: scored contacts.

#include "tools/attune/evaluation_commands.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/evaluation/standing.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"
#include "tools/attune/score_view.h"

namespace attune {
namespace {

std::string StateWord(const v1::Evaluation& evaluation) {
  return absl::AsciiStrToLower(absl::StripPrefix(
      v1::Evaluation::State_Name(evaluation.state()), "STATE_"));
}

const std::vector<Column<v1::Evaluation>>& EvaluationColumns() {
  using Row = v1::Evaluation;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"day", Align::kLeft,
       [](const Row& row) {
         return ShortTime(row.contact_time()).substr(0, 10);
       }},
      {"agent", Align::kLeft,
       [](const Row& row) {
         const auto part = ParseEvaluationName(row.name());
         return part ? part->person : "";
       }},
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"form", Align::kLeft,
       [](const Row& row) { return ShortRevision(row.form_revision()); }},
      {"rater", Align::kLeft,
       [](const Row& row) { return LastPart(row.rater()); }},
      {"state", Align::kLeft, &StateWord},
      {"percent", Align::kRight,
       [](const Row& row) {
         const v1::Score& score = EffectiveScore(row);
         return score.has_percent() ? absl::StrFormat("%.2f", score.percent())
                                    : "";
       }},
      {"band", Align::kLeft,
       [](const Row& row) { return EffectiveScore(row).band(); }},
      {"critical", Align::kRight,
       [](const Row& row) {
         return absl::StrCat(EffectiveScore(row).critical_failures_size());
       }},
      {"evaluation_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

struct ListOptions {
  std::string agent;
  std::string contact;
  std::string form;
  std::string rater;
  std::string state;
  std::string since;
  std::string until;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListEvaluationsRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.contact.empty()) {
    ASSIGN_OR_RETURN(std::string contact, ContactArgument(options.contact));
    request.set_contact_id(LastPart(contact));
  }
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  if (!options.rater.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_rater(), PersonArgument(options.rater));
  }
  if (!options.state.empty()) {
    request.set_state(ValueOf<v1::Evaluation::State>(options.state, "STATE_"));
  }
  RETURN_IF_ERROR(SetDays(options.since, options.until, request));
  return ListAll<v1::Evaluation>(session, EvaluationColumns(), request,
                                 options.limit,
                                 &v1::EvaluationService::Stub::ListEvaluations,
                                 &v1::ListEvaluationsResponse::evaluations);
}

absl::Status Show(Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  v1::GetEvaluationRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FullEvaluationName(*client, id));
  ASSIGN_OR_RETURN(
      v1::Evaluation evaluation,
      client->Call(&v1::EvaluationService::Stub::GetEvaluation, request));
  v1::FormRevision revision;
  if (session.is_table()) {
    ASSIGN_OR_RETURN(revision,
                     FetchRevision(*client, evaluation.form_revision()));
  }
  return PrintEvaluation(session, evaluation, revision.form());
}

absl::Status Acknowledge(Session& session, const std::string& id,
                         const std::string& comment) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  v1::AcknowledgeEvaluationRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FullEvaluationName(*client, id));
  request.set_comment(comment);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      v1::Evaluation evaluation,
      client->Call(&v1::EvaluationService::Stub::AcknowledgeEvaluation,
                   request));
  return PrintOne(session.terminal, session.output, EvaluationColumns(),
                  evaluation);
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list", "List evaluations, the newest first.",
      "attune evaluations list --agent 28\n"
      "attune evaluations list --form call --since 2020-03-01 -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--agent", options->agent, "Only of this person's calls.");
  AddOption(list, "--call", options->contact, "Only of this call.");
  AddOption(list, "--form", options->form, "Only on this form.");
  AddOption(list, "--rater", options->rater, "Only by this person.");
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf({"draft", "submitted", "acknowledged", "contested", "void"});
  AddOption(list, "--since", options->since, "First day of the call, UTC.")
      .TypeName("DAY");
  AddOption(list, "--until", options->until, "Last day of the call, UTC.")
      .TypeName("DAY");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace

absl::StatusOr<std::string> FullEvaluationName(RpcClient& client,
                                               const std::string& text) {
  ASSIGN_OR_RETURN(std::string name, EvaluationArgument(text));
  if (!absl::StartsWith(name, "people/-/")) return name;
  std::string found;
  v1::ListEvaluationsRequest request;
  request.set_parent("people/-");
  request.set_page_size(1000);
  RETURN_IF_ERROR(ForEachPage(
      client, &v1::EvaluationService::Stub::ListEvaluations, request,
      [&](const v1::ListEvaluationsResponse& page) {
        for (const v1::Evaluation& evaluation : page.evaluations()) {
          if (LastPart(evaluation.name()) == text) found = evaluation.name();
        }
        return found.empty();
      }));
  if (found.empty()) return NotFound(absl::StrCat("evaluation ", text));
  return found;
}

absl::StatusOr<v1::FormRevision> FetchRevision(RpcClient& client,
                                               const std::string& name) {
  v1::GetFormRevisionRequest request;
  request.set_name(ParseFormName(name) ? absl::StrCat(name, "/revisions/-")
                                       : name);
  return client.Call(&v1::FormService::Stub::GetFormRevision, request);
}

absl::Status PrintEvaluation(Session& session, const v1::Evaluation& evaluation,
                             const v1::Form& form) {
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, EvaluationColumns(),
                    evaluation);
  }
  std::vector<std::pair<std::string, std::string>> facts = {
      {"evaluation", evaluation.name()},
      {"call", evaluation.contact()},
      {"took place", ShortTime(evaluation.contact_time())},
      {"form", evaluation.form_revision()},
      {"rater", evaluation.rater()},
      {"state", StateWord(evaluation)},
      {"submitted", ShortTime(evaluation.submit_time())},
      {"acknowledged", ShortTime(evaluation.acknowledge_time())},
      {"agent's word", evaluation.acknowledge_comment()},
      {"may be contested until", ShortTime(evaluation.contest_end_time())},
      {"voided", ShortTime(evaluation.void_time())},
      {"voided by", evaluation.voider()},
      {"voided because", evaluation.void_reason()},
      {"comment", evaluation.comment()},
      {"private note", evaluation.private_note()}};
  PrintFacts(session.terminal, facts);
  if (evaluation.has_ruled_score()) {
    session.terminal.out << absl::StrCat(
        "\nAs ruled after a contest; scored it had ",
        TotalText(evaluation.score()), ".\n");
  }
  if (evaluation.has_score()) {
    session.terminal.out << "\n"
                         << ScoreText(form, EffectiveAnswers(evaluation),
                                      EffectiveScore(evaluation),
                                      {session.TextWidth(),
                                       session.terminal.out_color});
  }
  return absl::OkStatus();
}

void AddEvaluationCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "evaluations", "Scored calls.");
  AddEvaluationImport(group, session);
  AddCommentCommands(group, session);
  AddList(group, session);

  CLI::App& show = AddCommand(
      group, "show", "Show one evaluation, with every point explained.",
      "attune evaluations show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "evaluation", *shown,
            "Id, PERSON/ID, or people/PERSON/evaluations/ID.")
      .Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  CLI::App& acknowledge = AddCommand(
      group, "acknowledge", "Say that you have read your evaluation.",
      "attune evaluations acknowledge 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--comment 'Thank you, I see it.'");
  auto read = std::make_shared<std::string>();
  auto comment = std::make_shared<std::string>();
  AddOption(acknowledge, "evaluation", *read,
            "Id, PERSON/ID, or people/PERSON/evaluations/ID.")
      .Required();
  AddOption(acknowledge, "--comment", *comment, "A word back to the rater.");
  OnRun(acknowledge, session, [&session, read, comment] {
    return Acknowledge(session, *read, *comment);
  });
}

}  // namespace attune
