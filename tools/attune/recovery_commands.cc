// attune recovery: making good towards customers.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"
#include "tools/attune/inbox_arguments.h"

namespace attune {
namespace {

using Stub = v1::InboxService::Stub;
using Action = v1::RecoveryAction;

const std::vector<Column<Action>>& ActionColumns() {
  static const auto& columns = *new std::vector<Column<Action>>{
      {"opened", Align::kLeft,
       [](const Action& row) { return ShortTime(row.create_time()); }},
      {"call", Align::kLeft,
       [](const Action& row) { return ShortContact(row.contact()); }},
      {"kind", Align::kLeft,
       [](const Action& row) { return WordOf(row.kind(), "KIND_"); }},
      {"prompted", Align::kLeft,
       [](const Action& row) { return row.prompted() ? "yes" : "no"; }},
      {"state", Align::kLeft,
       [](const Action& row) { return WordOf(row.state(), "STATE_"); }},
      {"outcome", Align::kLeft,
       [](const Action& row) { return WordOf(row.outcome(), "OUTCOME_"); }},
      {"owner", Align::kLeft,
       [](const Action& row) { return LastPart(row.owner()); }},
      {"due", Align::kLeft,
       [](const Action& row) { return ShortTime(row.due_time()); }},
      {"closed", Align::kLeft,
       [](const Action& row) { return ShortTime(row.close_time()); }},
      {"cost_minor_units", Align::kRight,
       [](const Action& row) {
         return row.has_cost() ? absl::StrCat(row.cost().minor_units()) : "";
       }},
      {"currency", Align::kLeft,
       [](const Action& row) { return row.cost().currency_code(); }},
      {"note", Align::kLeft, [](const Action& row) { return row.note(); }},
      {"words", Align::kLeft,
       [](const Action& row) { return row.close_words(); }},
      {"origin", Align::kLeft, [](const Action& row) { return row.origin(); }},
      {"recovery_id", Align::kLeft,
       [](const Action& row) { return LastPart(row.name()); }},
  };
  return columns;
}

absl::Status Print(Session& session, const Action& action) {
  return PrintOne(session.terminal, session.output, ActionColumns(), action);
}

// --cost and --currency, where they are given.
struct CostOptions {
  std::optional<int64_t> minor_units;
  std::string currency;
};

template <typename Message>
absl::Status SetCost(const CostOptions& options, Message& message) {
  if (!options.minor_units) {
    return options.currency.empty()
               ? absl::OkStatus()
               : UsageError("A --currency needs its --cost.");
  }
  message.mutable_cost()->set_minor_units(*options.minor_units);
  message.mutable_cost()->set_currency_code(options.currency);
  return absl::OkStatus();
}

void AddCost(CLI::App& command, CostOptions& options,
             const std::string& summary) {
  AddOption(command, "--cost", options.minor_units, summary)
      .TypeName("MINOR_UNITS");
  AddOption(command, "--currency", options.currency,
            "Of the cost, such as EUR.")
      .TypeName("CODE");
}

struct OpenOptions {
  std::string call;
  std::string kind;
  std::string note;
  std::string origin;
  std::string owner;
  std::string due;
  CostOptions cost;
  bool prompted = false;
};

absl::Status Open(Session& session, const OpenOptions& options) {
  v1::CreateRecoveryActionRequest request;
  request.set_parent("people/-");
  Action& action = *request.mutable_recovery_action();
  ASSIGN_OR_RETURN(*action.mutable_contact(), ContactArgument(options.call));
  action.set_kind(ValueOf<Action::Kind>(options.kind, "KIND_"));
  action.set_note(options.note);
  action.set_origin(options.origin);
  action.set_prompted(options.prompted);
  if (!options.owner.empty()) {
    ASSIGN_OR_RETURN(*action.mutable_owner(), PersonArgument(options.owner));
  }
  if (!options.due.empty()) {
    ASSIGN_OR_RETURN(*action.mutable_due_time(), TimeArgument(options.due));
  }
  RETURN_IF_ERROR(SetCost(options.cost, action));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Action opened,
                   client->Call(&Stub::CreateRecoveryAction, request));
  return Print(session, opened);
}

struct ListOptions {
  std::string owner;
  std::string agent;
  std::string call;
  std::string team;
  std::string state;
  bool overdue = false;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListRecoveryActionsRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.owner.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_owner(), PersonArgument(options.owner));
  }
  if (!options.call.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_contact(), ContactArgument(options.call));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  request.set_state(ValueOf<Action::State>(options.state, "STATE_"));
  request.set_overdue_only(options.overdue);
  return ListAll<Action>(session, ActionColumns(), request, options.limit,
                         &Stub::ListRecoveryActions,
                         &v1::ListRecoveryActionsResponse::recovery_actions);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetRecoveryActionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), RecoveryActionArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Action action,
                   client->Call(&Stub::GetRecoveryAction, request));
  return Print(session, action);
}

struct CloseOptions {
  std::string id;
  std::string state;
  std::string outcome;
  std::string words;
  CostOptions cost;
};

absl::Status Close(Session& session, const CloseOptions& options) {
  v1::CloseRecoveryActionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), RecoveryActionArgument(options.id));
  request.set_state(ValueOf<Action::State>(options.state, "STATE_"));
  request.set_outcome(ValueOf<Action::Outcome>(options.outcome, "OUTCOME_"));
  request.set_words(options.words);
  RETURN_IF_ERROR(SetCost(options.cost, request));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Action action,
                   client->Call(&Stub::CloseRecoveryAction, request));
  return Print(session, action);
}

void AddOpen(CLI::App& group, Session& session) {
  CLI::App& open = AddCommand(
      group, "open", "Open a recovery action towards the customer of a call.",
      "attune recovery open 035edd1d09c1433e --kind call_back "
      "--note 'Say sorry for the third transfer.'\n"
      "attune recovery open 28/035edd1d09c1433e --kind refund --cost 1250 "
      "--currency EUR --note 'Half the order.' --prompted --due 2026-12-01");
  auto options = std::make_shared<OpenOptions>();
  AddOption(open, "call", options->call, "Id, or PERSON/ID.").Required();
  AddOption(open, "--kind", options->kind, "What is done.")
      .Required()
      .OneOf(WordsOf<Action::Kind>("KIND_"));
  AddOption(open, "--note", options->note,
            "What went wrong, and what is to be done.")
      .Required()
      .TypeName("TEXT");
  AddFlag(open, "--prompted", options->prompted,
          "The customer asked for it; default they did not.");
  AddCost(open, options->cost,
          "What it should cost, in cents or the like; default nothing.");
  AddOption(open, "--origin", options->origin,
            "What gave rise to it: the name of an evaluation or of "
            "feedback.")
      .TypeName("NAME");
  AddOption(open, "--owner", options->owner, "Who does it; default you.")
      .TypeName("PERSON");
  AddOption(open, "--due", options->due,
            "Day or time it is due; default in seven days.")
      .TypeName("TIME");
  OnRun(open, session, [&session, options] { return Open(session, *options); });
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list", "List the recovery actions you may see, the oldest first.",
      "attune recovery list --state open\n"
      "attune recovery list --overdue --owner lea\n"
      "attune recovery list --team harper-valley -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--owner", options->owner, "Only what this person does.");
  AddOption(list, "--agent", options->agent, "Only of this person's calls.");
  AddOption(list, "--call", options->call, "Only of this call.");
  AddOption(list, "--team", options->team, "Only of this team's calls.");
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf(WordsOf<Action::State>("STATE_"));
  AddFlag(list, "--overdue", options->overdue,
          "Only what should have been done by now.");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

void AddClose(CLI::App& group, Session& session) {
  CLI::App& close = AddCommand(
      group, "close", "Say that a recovery action is done, or given up.",
      "attune recovery close 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 done "
      "--outcome fixed --words 'He laughed about it.'\n"
      "attune recovery close 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 abandoned "
      "--words 'The number is gone.'");
  auto options = std::make_shared<CloseOptions>();
  AddOption(close, "recovery", options->id, "Id or full name.").Required();
  AddOption(close, "state", options->state, "done or abandoned.")
      .Required()
      .OneOf({"done", "abandoned"});
  AddOption(close, "--outcome", options->outcome,
            "What it came to, of what is done.")
      .OneOf(WordsOf<Action::Outcome>("OUTCOME_"));
  AddOption(close, "--words", options->words,
            "How it went, or why it is given up.")
      .Required()
      .TypeName("TEXT");
  AddCost(close, options->cost,
          "What it did cost, in cents or the like; default as expected.");
  OnRun(close, session,
        [&session, options] { return Close(session, *options); });
}

}  // namespace

void AddRecoveryCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "recovery", "Making good towards customers.");
  AddOpen(group, session);
  AddList(group, session);
  CLI::App& show =
      AddCommand(group, "show", "Show one recovery action.",
                 "attune recovery show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "recovery", *shown, "Id or full name.").Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });
  AddClose(group, session);
}

}  // namespace attune
