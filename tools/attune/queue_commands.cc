// attune queue: what is to be scored, and by whom.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"

namespace attune {
namespace {

using Stub = v1::EvaluationService::Stub;

std::string StateWord(const v1::Assignment& assignment) {
  return absl::AsciiStrToLower(absl::StripPrefix(
      v1::Assignment::State_Name(assignment.state()), "STATE_"));
}

const std::vector<Column<v1::Assignment>>& AssignmentColumns() {
  using Row = v1::Assignment;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"assignment_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
      {"agent", Align::kLeft,
       [](const Row& row) {
         const auto contact = ParseContactName(row.contact());
         return contact ? contact->person : "";
       }},
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"form", Align::kLeft,
       [](const Row& row) { return LastPart(row.form()); }},
      {"advocate", Align::kLeft,
       [](const Row& row) { return LastPart(row.advocate()); }},
      {"state", Align::kLeft, &StateWord},
      {"due", Align::kLeft,
       [](const Row& row) { return ShortTime(row.due_time()); }},
      {"plan", Align::kLeft,
       [](const Row& row) { return LastPart(row.plan()); }},
      {"period", Align::kLeft,
       [](const Row& row) { return LastPart(row.draw()); }},
      {"self_check", Align::kLeft,
       [](const Row& row) { return LastPart(row.self_check_cycle()); }},
      {"reason", Align::kLeft,
       [](const Row& row) { return row.skip_reason(); }},
  };
  return columns;
}

absl::Status Print(Session& session, const v1::Assignment& assignment) {
  return PrintOne(session.terminal, session.output, AssignmentColumns(),
                  assignment);
}

absl::Status Next(Session& session, bool claim) {
  v1::NextAssignmentRequest request;
  request.set_claim(claim);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::NextAssignmentResponse response,
                   client->Call(&Stub::NextAssignment, request));
  if (!response.has_assignment()) {
    session.Say("Nothing is waiting for you.");
    if (session.output.format == Format::kJson) session.terminal.out << "{}\n";
    return absl::OkStatus();
  }
  const v1::Assignment& next = response.assignment();
  RETURN_IF_ERROR(Print(session, next));
  const auto contact = ParseContactName(next.contact()).value_or(PersonPart{});
  if (!next.self_check_cycle().empty()) {
    session.Say(absl::StrCat(
        "It is of the self-check ", LastPart(next.self_check_cycle()),
        ": the agent grades it too, and sees your score once both are in."));
  }
  session.Say(absl::StrCat(
      "Score it: attune score ", contact.person, "/", contact.id, " --form ",
      next.form_revision().empty() ? LastPart(next.form())
                                   : ShortRevision(next.form_revision())));
  return absl::OkStatus();
}

struct ListOptions {
  std::string advocate;
  std::string agent;
  std::string plan;
  std::string period;
  std::string state;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListAssignmentsRequest request;
  if (options.advocate == "-") {
    request.set_advocate(PersonName("-"));
  } else if (!options.advocate.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_advocate(),
                     PersonArgument(options.advocate));
  }
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_agent(), PersonArgument(options.agent));
  }
  if (!options.plan.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_plan(),
                     SamplingPlanArgument(options.plan));
  }
  if (!options.period.empty()) {
    absl::StrAppend(request.mutable_plan(), "/draws/", options.period);
  }
  if (!options.state.empty()) {
    request.set_state(ValueOf<v1::Assignment::State>(options.state, "STATE_"));
  }
  return ListAll<v1::Assignment>(session, AssignmentColumns(), request,
                                 options.limit, &Stub::ListAssignments,
                                 &v1::ListAssignmentsResponse::assignments);
}

absl::Status Claim(Session& session, const std::string& id) {
  v1::ClaimAssignmentRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), AssignmentArgument(id));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Assignment claimed,
                   client->Call(&Stub::ClaimAssignment, request));
  return Print(session, claimed);
}

absl::Status Skip(Session& session, const std::string& id,
                  const std::string& reason) {
  v1::SkipAssignmentRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), AssignmentArgument(id));
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::SkipAssignmentResponse response,
                   client->Call(&Stub::SkipAssignment, request));
  RETURN_IF_ERROR(Print(session, response.assignment()));
  const std::string& next = response.successor().advocate();
  session.Say(!response.has_successor() ? "Nobody gets it."
              : next.empty() ? "Nobody else is there to score it; it waits."
                             : absl::StrCat("It goes to ", next, "."));
  return absl::OkStatus();
}

absl::Status Reassign(Session& session, const std::string& id,
                      const std::string& to) {
  v1::ReassignAssignmentRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), AssignmentArgument(id));
  if (to != "-") {
    ASSIGN_OR_RETURN(*request.mutable_advocate(), PersonArgument(to));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Assignment assignment,
                   client->Call(&Stub::ReassignAssignment, request));
  return Print(session, assignment);
}

struct AddOptions {
  std::string contact;
  std::string form;
  std::string to;
  std::string due;
};

absl::Status Add(Session& session, const AddOptions& options) {
  v1::CreateAssignmentRequest request;
  v1::Assignment& wanted = *request.mutable_assignment();
  ASSIGN_OR_RETURN(*wanted.mutable_contact(), ContactArgument(options.contact));
  ASSIGN_OR_RETURN(*wanted.mutable_form(), FormArgument(options.form));
  if (!options.to.empty()) {
    ASSIGN_OR_RETURN(*wanted.mutable_advocate(), PersonArgument(options.to));
  }
  if (!options.due.empty()) {
    ASSIGN_OR_RETURN(*wanted.mutable_due_time(), TimeArgument(options.due));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Assignment assignment,
                   client->Call(&Stub::CreateAssignment, request));
  return Print(session, assignment);
}

void AddNext(CLI::App& group, Session& session) {
  CLI::App& next = AddCommand(
      group, "next",
      "Show what you are to score next: what you have claimed, else what waits "
      "for you, else what is shared.",
      "attune queue next\n"
      "attune queue next --claim");
  auto claim = std::make_shared<bool>(false);
  AddFlag(next, "--claim", *claim, "Claim it as well.");
  OnRun(next, session, [&session, claim] { return Next(session, *claim); });
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list", "List the assignments you may see, the oldest first.",
      "attune queue list --state open\n"
      "attune queue list --plan weekly --period 2026-W47 -o csv\n"
      "attune queue list --advocate -");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--advocate", options->advocate,
            "Only this person's; - is what nobody holds.");
  AddOption(list, "--agent", options->agent, "Only this person's calls.");
  Option plan =
      AddOption(list, "--plan", options->plan, "Only what this plan drew.");
  AddOption(list, "--period", options->period,
            "Only what it drew from this period.")
      .Needs(plan);
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf({"open", "claimed", "done", "skipped", "expired", "withdrawn"});
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

void AddClaim(CLI::App& group, Session& session) {
  CLI::App& claim =
      AddCommand(group, "claim", "Take one that waits for you or for anybody.",
                 "attune queue claim 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto id = std::make_shared<std::string>();
  AddOption(claim, "assignment", *id, "Id of the assignment.").Required();
  OnRun(claim, session, [&session, id] { return Claim(session, *id); });
}

void AddSkip(CLI::App& group, Session& session) {
  CLI::App& skip = AddCommand(
      group, "skip",
      "Give one up: yours goes to another advocate, somebody else's to nobody.",
      "attune queue skip 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--reason 'The recording has no sound.'");
  auto id = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(skip, "assignment", *id, "Id of the assignment.").Required();
  AddOption(skip, "--reason", *reason, "Why.").Required();
  OnRun(skip, session,
        [&session, id, reason] { return Skip(session, *id, *reason); });
}

void AddReassign(CLI::App& group, Session& session) {
  CLI::App& reassign = AddCommand(
      group, "reassign", "Give one to somebody else; for those who lead.",
      "attune queue reassign 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--to reader-b");
  auto id = std::make_shared<std::string>();
  auto to = std::make_shared<std::string>();
  AddOption(reassign, "assignment", *id, "Id of the assignment.").Required();
  AddOption(reassign, "--to", *to, "Who gets it; - is nobody yet.")
      .Required()
      .TypeName("PERSON");
  OnRun(reassign, session,
        [&session, id, to] { return Reassign(session, *id, *to); });
}

void AddAdd(CLI::App& group, Session& session) {
  CLI::App& add = AddCommand(
      group, "add", "Queue one call by hand; for those who lead.",
      "attune queue add 035edd1d09c1433e --form call\n"
      "attune queue add 28/035edd1d09c1433e --form call --to reader-a");
  auto options = std::make_shared<AddOptions>();
  AddOption(add, "call", options->contact, "Id, or PERSON/ID.").Required();
  AddOption(add, "--form", options->form, "Which form.").Required();
  AddOption(add, "--to", options->to, "Who scores it; default anybody.")
      .TypeName("PERSON");
  AddOption(add, "--due", options->due,
            "Day or time it is due; default in seven days.")
      .TypeName("TIME");
  OnRun(add, session, [&session, options] { return Add(session, *options); });
}

}  // namespace

void AddQueueCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "queue", "What is to be scored, and by whom.");
  AddNext(group, session);
  AddList(group, session);
  AddClaim(group, session);
  AddSkip(group, session);
  AddReassign(group, session);
  AddAdd(group, session);
}

}  // namespace attune
