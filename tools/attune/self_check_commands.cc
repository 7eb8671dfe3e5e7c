// attune self-check: agents grade calls of their own.

#include "tools/attune/self_check_commands.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "attune/v1/self_check_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/form/compiled_form.h"
#include "engine/names.h"
#include "engine/scoring/answers_json.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/scoring.h"
#include "tools/attune/self_check_names.h"
#include "tools/attune/self_check_view.h"

namespace attune {
namespace {

// What the commands take; each some of it.
struct Options {
  std::string call;
  std::string agent;
  std::string cycle;
  std::string team;
  std::string form;
  std::string answers;
  bool overdue = false;
  int limit = 0;
};

absl::Status Due(Session& session, const Options& options) {
  v1::ListSelfChecksRequest request;
  request.set_parent("people/-");
  if (!options.cycle.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_cycle(),
                     SelfCheckCycleArgument(options.cycle));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  request.set_overdue_only(options.overdue);
  return ListAll<v1::SelfCheck>(session, SelfCheckColumns(), request,
                                options.limit,
                                &v1::SelfCheckService::Stub::ListSelfChecks,
                                &v1::ListSelfChecksResponse::self_checks);
}

absl::Status ToScore(Session& session, const Options& options) {
  v1::ListCallsToScoreRequest request;
  if (!options.cycle.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_cycle(),
                     SelfCheckCycleArgument(options.cycle));
  }
  return ListAll<v1::CallToScore>(session, CallToScoreColumns(), request,
                                  options.limit,
                                  &v1::SelfCheckService::Stub::ListCallsToScore,
                                  &v1::ListCallsToScoreResponse::calls);
}

// A call by its id, of the named agent or of whoever had it.
absl::StatusOr<v1::Contact> FetchCall(RpcClient& client,
                                      const Options& options) {
  if (options.agent.empty()) return FetchContact(client, options.call);
  ASSIGN_OR_RETURN(const std::string agent, PersonArgument(options.agent));
  return FetchContact(client, absl::StrCat(LastPart(agent), "/", options.call));
}

absl::Status Pick(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Contact contact, FetchCall(*client, options));
  ASSIGN_OR_RETURN(const std::string cycle, CycleName(*client, options.cycle));
  const auto part = ParseContactName(contact.name());
  v1::PickContactRequest request;
  request.set_name(SelfCheckOf(part ? part->person : "", cycle));
  request.set_contact(contact.name());
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::SelfCheck check,
      client->Call(&v1::SelfCheckService::Stub::PickContact, request));
  return PrintSelfCheck(session, check);
}

// The call that is named, or the first one still to be graded.
absl::StatusOr<std::string> CallToGrade(const v1::SelfCheck& check,
                                        const Options& options) {
  if (!options.call.empty()) return ContactArgument(options.call);
  for (const v1::SelfCheckPick& pick : check.picks()) {
    if (!pick.has_self_submit_time()) return pick.contact();
  }
  return FailedPrecondition(
      "NOT_PICKED",
      check.picks_size() < 2
          ? "No picked call is left to grade; pick one with `attune "
            "self-check pick`, or ask your lead for theirs."
          : "Both calls are graded.");
}

absl::Status Grade(Session& session, const Options& options) {
  const bool by_hand = options.answers.empty();
  std::string json;
  if (by_hand) {
    RETURN_IF_ERROR(CheckTerminal(session));
  } else {
    ASSIGN_OR_RETURN(json, ReadFileOr(options.answers, session.terminal.in));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const std::string agent, AgentName(*client, options.agent));
  ASSIGN_OR_RETURN(const std::string cycle, CycleName(*client, options.cycle));
  v1::BeginSelfEvaluationRequest request;
  request.set_name(SelfCheckOf(agent, cycle));
  ASSIGN_OR_RETURN(const v1::SelfCheck check,
                   FetchSelfCheck(*client, request.name()));
  ASSIGN_OR_RETURN(*request.mutable_contact(), CallToGrade(check, options));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      v1::Evaluation draft,
      client->Call(&v1::SelfCheckService::Stub::BeginSelfEvaluation, request));
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FetchRevision(*client, draft.form_revision()));
  if (by_hand) {
    ASSIGN_OR_RETURN(const v1::Contact contact,
                     FetchContact(*client, draft.contact()));
    return ScoreAtTerminal(session, *client, contact, revision, draft);
  }
  ASSIGN_OR_RETURN(CompiledForm form, CompiledForm::Make(revision.form()));
  ASSIGN_OR_RETURN(*draft.mutable_answers(), ParseAnswersJson(form, json));
  ASSIGN_OR_RETURN(const v1::Evaluation submitted,
                   SubmitEvaluation(*client, draft));
  return PrintEvaluation(session, submitted, revision.form());
}

absl::Status Show(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const std::string agent, AgentName(*client, options.agent));
  ASSIGN_OR_RETURN(const std::string cycle, CycleName(*client, options.cycle));
  ASSIGN_OR_RETURN(const v1::SelfCheck check,
                   FetchSelfCheck(*client, SelfCheckOf(agent, cycle)));
  return PrintSelfCheck(session, check);
}

absl::Status Gaps(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  v1::GetSelfGapsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_person(),
                   AgentName(*client, options.agent));
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  ASSIGN_OR_RETURN(
      const v1::SelfGaps gaps,
      client->Call(&v1::SelfCheckService::Stub::GetSelfGaps, request));
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(gaps, true) << '\n';
    return absl::OkStatus();
  }
  ListPrinter<v1::CycleGap> printer(session.terminal, session.output,
                                    CycleGapColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const v1::CycleGap& cycle : gaps.cycles()) printer.Add(cycle);
  printer.End();
  return absl::OkStatus();
}

void AddAgent(CLI::App& command, Options& options) {
  AddOption(command, "--agent", options.agent, "Whose; default your own.");
}

void AddLists(CLI::App& group, Session& session) {
  CLI::App& due = AddCommand(
      group, "due", "Who is due for a self-check, and who is overdue.",
      "attune self-check due\n"
      "attune self-check due --overdue --team harper-valley -o csv");
  auto due_options = std::make_shared<Options>();
  AddFlag(due, "--overdue", due_options->overdue, "Only who is overdue.");
  AddOption(due, "--team", due_options->team, "Only people in this team.");
  AddCycleOption(due, due_options->cycle);
  AddLimit(due, due_options->limit);
  OnRun(due, session,
        [&session, due_options] { return Due(session, *due_options); });

  CLI::App& to_score =
      AddCommand(group, "to-score",
                 "Calls of self-checks that wait for an advocate's score.",
                 "attune self-check to-score");
  auto score_options = std::make_shared<Options>();
  AddCycleOption(to_score, score_options->cycle);
  AddLimit(to_score, score_options->limit);
  OnRun(to_score, session,
        [&session, score_options] { return ToScore(session, *score_options); });
}

void AddSession(CLI::App& group, Session& session) {
  CLI::App& pick = AddCommand(
      group, "pick",
      "Pick a call to grade: one of your own, or as a lead one of an agent's.",
      "attune self-check pick 035edd1d09c1433e\n"
      "attune self-check pick 035edd1d09c1433e --agent 28");
  auto picked = std::make_shared<Options>();
  AddOption(pick, "call", picked->call, "Which call.").Required();
  AddOption(pick, "--agent", picked->agent,
            "Whose call; default whoever had it.");
  AddCycleOption(pick, picked->cycle);
  OnRun(pick, session, [&session, picked] { return Pick(session, *picked); });

  CLI::App& score = AddCommand(
      group, "score",
      "Grade a picked call: question by question at a terminal, every answer "
      "saved; or from a file.",
      "attune self-check score\n"
      "attune self-check score 035edd1d09c1433e --answers answers.json");
  auto graded = std::make_shared<Options>();
  AddOption(score, "call", graded->call,
            "Which call; default the first that is not graded.");
  AddOption(score, "--answers", graded->answers,
            "JSON file with the answers; - is stdin.")
      .TypeName("FILE");
  AddAgent(score, *graded);
  AddCycleOption(score, graded->cycle);
  OnRun(score, session, [&session, graded] { return Grade(session, *graded); });

  CLI::App& show =
      AddCommand(group, "show",
                 "Show a self-check: its calls, and the gap once both "
                 "sides graded them.",
                 "attune self-check show\n"
                 "attune self-check show --agent 28 --cycle 2026-h1");
  auto shown = std::make_shared<Options>();
  AddAgent(show, *shown);
  AddCycleOption(show, shown->cycle);
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  CLI::App& gaps = AddCommand(
      group, "gaps", "An agent's gaps over all cycles, the oldest first.",
      "attune self-check gaps\n"
      "attune self-check gaps --agent 28 -o csv");
  auto gap_options = std::make_shared<Options>();
  AddAgent(gaps, *gap_options);
  AddOption(gaps, "--form", gap_options->form, "Only cycles on this form.");
  OnRun(gaps, session,
        [&session, gap_options] { return Gaps(session, *gap_options); });
}

}  // namespace

void AddCycleOption(CLI::App& command, std::string& cycle) {
  AddOption(command, "--cycle", cycle,
            "Which cycle, such as 2026-h1; default what is open.");
}

void AddSelfCheckCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "self-check", "Agents grade calls of their own.");
  AddSelfCheckCycleCommands(group, session);
  AddLists(group, session);
  AddSession(group, session);
  AddSelfCheckFeedbackCommand(group, session);
}

}  // namespace attune
