// attune relationship-values: what customers and others do for us that is not
// money.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"
#include "tools/attune/relationship_value_view.h"
#include "tools/attune/scoring.h"

namespace attune {
namespace {

v1::RelationshipValue::Kind KindOf(const std::string& word) {
  return ValueOf<v1::RelationshipValue::Kind>(word, "KIND_");
}

const std::vector<std::string>& KindWords() {
  static const auto& words = *new std::vector<std::string>(
      WordsOf<v1::RelationshipValue::Kind>("KIND_"));
  return words;
}

std::string AgentOf(const v1::RelationshipValue& value) {
  // people/{person}/relationshipValues/{id}
  const std::string name = value.name().substr(0, value.name().rfind('/'));
  return LastPart(name.substr(0, name.rfind('/')));
}

const std::vector<Column<v1::RelationshipValue>>& ValueColumns() {
  using Row = v1::RelationshipValue;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"day", Align::kLeft,
       [](const Row& row) {
         return ShortTime(row.occur_time()).substr(0, 10);
       }},
      {"agent", Align::kLeft, &AgentOf},
      {"kind", Align::kLeft,
       [](const Row& row) { return RelationshipKindWord(row.kind()); }},
      {"units", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.units()); }},
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"party", Align::kLeft, [](const Row& row) { return row.party(); }},
      {"note", Align::kLeft, [](const Row& row) { return row.note(); }},
      {"recorder", Align::kLeft,
       [](const Row& row) { return LastPart(row.recorder()); }},
      {"relationship_value_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

struct AddOptions {
  std::string kind;
  std::string agent;
  std::string call;
  std::string party;
  std::string note;
  std::string when;
  int units = 1;
};

absl::Status Add(Session& session, const AddOptions& options) {
  if (options.agent.empty() && options.call.empty()) {
    return UsageError("Say whose it is, with --agent, or name the --call.");
  }
  v1::CreateRelationshipValueRequest request;
  v1::RelationshipValue& value = *request.mutable_relationship_value();
  value.set_kind(KindOf(options.kind));
  value.set_units(options.units);
  value.set_party(options.party);
  value.set_note(options.note);
  if (!options.when.empty()) {
    ASSIGN_OR_RETURN(*value.mutable_occur_time(), TimeArgument(options.when));
  }
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  if (!options.call.empty()) {
    ASSIGN_OR_RETURN(const v1::Contact contact,
                     FetchContact(*client, options.call));
    value.set_contact(contact.name());
    if (request.parent().empty()) {
      const auto part = ParseContactName(contact.name());
      request.set_parent(PersonName(part ? part->person : ""));
    }
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::RelationshipValue made,
      client->Call(&v1::VoiceService::Stub::CreateRelationshipValue, request));
  return PrintOne(session.terminal, session.output, ValueColumns(), made);
}

struct ListOptions {
  std::string agent;
  std::string team;
  std::string kind;
  std::string since;
  std::string until;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListRelationshipValuesRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.kind.empty()) request.set_kind(KindOf(options.kind));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  return ListAll<v1::RelationshipValue>(
      session, ValueColumns(), request, options.limit,
      &v1::VoiceService::Stub::ListRelationshipValues,
      &v1::ListRelationshipValuesResponse::relationship_values);
}

}  // namespace

void AddRelationshipValueCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "relationship-values",
               "What customers and others do for us that is not money.");

  CLI::App& add = AddCommand(
      group, "add", "Record something that somebody did for us.",
      "attune relationship-values add refers_customers --call 035edd1d09c1433e "
      "--units 2\n"
      "attune relationship-values add other --agent 28 --party 'Ms. Ito' "
      "--note 'Translated our help page.'");
  auto added = std::make_shared<AddOptions>();
  AddOption(add, "kind", added->kind, "What was done.")
      .OneOf(KindWords())
      .Required();
  AddOption(add, "--agent", added->agent,
            "Who built the relationship; default whose call it was.");
  AddOption(add, "--call", added->call, "The call in which it came up.");
  AddOption(add, "--units", added->units,
            "How many mentions, customers, employees, recommendations or "
            "networks; default 1.")
      .TypeName("N");
  AddOption(add, "--party", added->party,
            "Who did it; it need not be a customer.")
      .TypeName("TEXT");
  AddOption(add, "--note", added->note, "What it was; kind other needs it.")
      .TypeName("TEXT");
  AddOption(add, "--when", added->when,
            "When it was done; default when the call was, else now.")
      .TypeName("TIME");
  OnRun(add, session, [&session, added] { return Add(session, *added); });

  CLI::App& list = AddCommand(
      group, "list", "List what was recorded, the last first.",
      "attune relationship-values list --agent 28\n"
      "attune relationship-values list --kind refers_customers -o csv");
  auto listed = std::make_shared<ListOptions>();
  AddOption(list, "--agent", listed->agent, "Only of this person.");
  AddOption(list, "--team", listed->team, "Only of agents of this team.");
  AddOption(list, "--kind", listed->kind, "Only of this kind.")
      .OneOf(KindWords());
  AddOption(list, "--since", listed->since, "First day, UTC.").TypeName("DAY");
  AddOption(list, "--until", listed->until, "Last day, UTC.").TypeName("DAY");
  AddLimit(list, listed->limit);
  OnRun(list, session, [&session, listed] { return List(session, *listed); });
}

}  // namespace attune
