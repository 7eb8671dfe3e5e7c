// attune great-calls: calls worth sharing.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"

namespace attune {
namespace {

constexpr char kGreatCall[] = "Id, PERSON/ID, or people/PERSON/greatCalls/ID.";

std::string AgentOf(const v1::GreatCall& call) {
  const auto name = ParseGreatCallName(call.name());
  return name ? name->person : "";
}

std::string StateWord(const v1::GreatCall& call) {
  return WordOf(call.state(), "STATE_");
}

const std::vector<Column<v1::GreatCall>>& GreatCallColumns() {
  using Row = v1::GreatCall;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"nominated", Align::kLeft,
       [](const Row& row) { return ShortTime(row.create_time()); }},
      {"agent", Align::kLeft, &AgentOf},
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"section", Align::kLeft,
       [](const Row& row) { return row.section_title(); }},
      {"state", Align::kLeft, &StateWord},
      {"kudos", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.kudos()); }},
      {"moment", Align::kLeft, [](const Row& row) { return MomentText(row); }},
      {"reason", Align::kLeft, [](const Row& row) { return row.reason(); }},
      {"great_call_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

absl::Status Print(Session& session, const v1::GreatCall& call) {
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, GreatCallColumns(), call);
  }
  PrintFacts(
      session.terminal,
      {{"great call", call.name()},
       {"call", call.contact()},
       {"state", StateWord(call)},
       {"shows", absl::StrCat(call.section_title(), " (", LastPart(call.form()),
                              ", ", call.section_id(), ")")},
       {"listen to", MomentText(call)},
       {"because", call.reason()},
       {"topics", absl::StrJoin(call.topics(), ", ")},
       {"nominated by", LastPart(call.nominator())},
       {"decided by", LastPart(call.decider())},
       {"decided", ShortTime(call.decide_time())},
       {"saying", call.decide_reason()},
       {"kudos", absl::StrCat(call.kudos())}});
  return absl::OkStatus();
}

struct NominateOptions {
  std::string call;
  std::string form;
  std::string section;
  std::string reason;
  std::string from;
  std::string to;
};

absl::Status Nominate(Session& session, const NominateOptions& options) {
  v1::NominateGreatCallRequest request;
  v1::GreatCall& call = *request.mutable_great_call();
  ASSIGN_OR_RETURN(*call.mutable_contact(), ContactArgument(options.call));
  ASSIGN_OR_RETURN(*call.mutable_form(), FormArgument(options.form));
  call.set_section_id(options.section);
  call.set_reason(options.reason);
  RETURN_IF_ERROR(SetMoment(options.from, options.to, call));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::GreatCall made,
      client->Call(&v1::VoiceService::Stub::NominateGreatCall, request));
  return Print(session, made);
}

// A call that names one and may say why.
template <typename Request>
absl::Status Decide(Session& session, const std::string& id,
                    const std::string& reason,
                    grpc::Status (v1::VoiceService::Stub::*method)(
                        grpc::ClientContext*, const Request&, v1::GreatCall*)) {
  Request request;
  ASSIGN_OR_RETURN(*request.mutable_name(), GreatCallArgument(id));
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::GreatCall decided, client->Call(method, request));
  return Print(session, decided);
}

absl::Status Kudos(Session& session, const std::string& id) {
  v1::GiveKudosRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), GreatCallArgument(id));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::GreatCall call,
                   client->Call(&v1::VoiceService::Stub::GiveKudos, request));
  return Print(session, call);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetGreatCallRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), GreatCallArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::GreatCall call,
      client->Call(&v1::VoiceService::Stub::GetGreatCall, request));
  return Print(session, call);
}

struct ListOptions {
  std::vector<std::string> words;
  std::string agent;
  std::string state;
  std::string form;
  std::string section;
  std::string value;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListGreatCallsRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  if (!options.state.empty()) {
    request.set_state(ValueOf<v1::GreatCall::State>(options.state, "STATE_"));
  }
  request.set_section_id(options.section);
  request.set_value(options.value);
  request.set_search(absl::StrJoin(options.words, " "));
  return ListAll<v1::GreatCall>(session, GreatCallColumns(), request,
                                options.limit,
                                &v1::VoiceService::Stub::ListGreatCalls,
                                &v1::ListGreatCallsResponse::great_calls);
}

void AddFilters(CLI::App& command, ListOptions& options) {
  AddOption(command, "--agent", options.agent, "Only of this person's calls.");
  AddOption(command, "--form", options.form, "Only of this form's sections.");
  AddOption(command, "--section", options.section,
            "Only of this section, by its id.");
  AddOption(command, "--value", options.value,
            "Only of sections with this value, such as "
            "emotional_connection.")
      .TypeName("VALUE");
  AddLimit(command, options.limit);
}

void AddLists(CLI::App& group, Session& session) {
  CLI::App& search = AddCommand(
      group, "search",
      "Search the library of confirmed great calls, the newest first.",
      "attune great-calls search refund patience\n"
      "attune great-calls search --value emotional_connection");
  auto searched = std::make_shared<ListOptions>();
  searched->state = "confirmed";
  AddOption(search, "words", searched->words,
            "Beginnings of words of the reason, section, value or "
            "topics; all of them are there.")
      .TypeName("WORDS");
  AddFilters(search, *searched);
  OnRun(search, session,
        [&session, searched] { return List(session, *searched); });

  CLI::App& list = AddCommand(
      group, "list", "List great calls and nominations, the newest first.",
      "attune great-calls list --state nominated\n"
      "attune great-calls list --agent 28 -o csv");
  auto listed = std::make_shared<ListOptions>();
  AddOption(list, "--state", listed->state, "Only in this state.")
      .OneOf({"nominated", "confirmed", "declined"});
  AddFilters(list, *listed);
  OnRun(list, session, [&session, listed] { return List(session, *listed); });
}

void AddDecisions(CLI::App& group, Session& session) {
  CLI::App& confirm = AddCommand(
      group, "confirm", "Take a nomination into the library.",
      "attune great-calls confirm 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--reason 'Hear how she waits.'");
  auto confirmed = std::make_shared<std::string>();
  auto praise = std::make_shared<std::string>();
  AddOption(confirm, "great_call", *confirmed, kGreatCall).Required();
  AddOption(confirm, "--reason", *praise, "What others should hear in it.")
      .TypeName("TEXT");
  OnRun(confirm, session, [&session, confirmed, praise] {
    return Decide(session, *confirmed, *praise,
                  &v1::VoiceService::Stub::ConfirmGreatCall);
  });

  CLI::App& decline = AddCommand(
      group, "decline", "Decline a nomination, and say why.",
      "attune great-calls decline 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--reason 'The customer had asked twice.'");
  auto declined = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(decline, "great_call", *declined, kGreatCall).Required();
  AddOption(decline, "--reason", *reason, "Why, for nominator and agent.")
      .TypeName("TEXT")
      .Required();
  OnRun(decline, session, [&session, declined, reason] {
    return Decide(session, *declined, *reason,
                  &v1::VoiceService::Stub::DeclineGreatCall);
  });
}

}  // namespace

void AddGreatCallCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "great-calls", "Calls worth sharing.");

  CLI::App& nominate = AddCommand(
      group, "nominate", "Nominate a call for the library, also your own.",
      "attune great-calls nominate 035edd1d09c1433e --form call "
      "--section connection --reason 'She laughed with him.' --from 0:31 "
      "--to 1:10");
  auto nominated = std::make_shared<NominateOptions>();
  AddOption(nominate, "call", nominated->call, "Which call.").Required();
  AddOption(nominate, "--form", nominated->form,
            "The form whose section it shows.")
      .Required();
  AddOption(nominate, "--section", nominated->section, "The section's id.")
      .Required();
  AddOption(nominate, "--reason", nominated->reason, "What makes it great.")
      .TypeName("TEXT")
      .Required();
  AddOption(nominate, "--from", nominated->from, "Where to begin to listen.")
      .TypeName("M:SS");
  AddOption(nominate, "--to", nominated->to, "Where to end.").TypeName("M:SS");
  OnRun(nominate, session,
        [&session, nominated] { return Nominate(session, *nominated); });

  AddDecisions(group, session);
  AddLists(group, session);

  CLI::App& show = AddCommand(
      group, "show", "Show one great call.",
      "attune great-calls show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "great_call", *shown, kGreatCall).Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  CLI::App& kudos = AddCommand(
      group, "kudos", "Give kudos to a colleague's great call, once.",
      "attune great-calls kudos 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto given = std::make_shared<std::string>();
  AddOption(kudos, "great_call", *given, kGreatCall).Required();
  OnRun(kudos, session, [&session, given] { return Kudos(session, *given); });
}

}  // namespace attune
