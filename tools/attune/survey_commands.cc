#include "tools/attune/survey_commands.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/survey_import.h"

namespace attune {
namespace {

using Response = v1::SurveyResponse;
using Stub = v1::VoiceService::Stub;

template <typename Number>
std::string Optional(bool present, Number value) {
  return present ? absl::StrCat(value) : "";
}

std::string YesNo(bool present, bool yes) {
  if (!present) return "";
  return yes ? "yes" : "no";
}

PersonPart PartsOf(const Response& response) {
  return ParseSurveyResponseName(response.name()).value_or(PersonPart{});
}

const std::vector<Column<Response>>& ResponseColumns() {
  static const auto& columns = *new std::vector<Column<Response>>{
      {"contact_time", Align::kLeft,
       [](const Response& response) {
         return ShortTime(response.contact_time());
       }},
      {"agent", Align::kLeft,
       [](const Response& response) { return PartsOf(response).person; }},
      {"contact_id", Align::kLeft,
       [](const Response& response) { return LastPart(response.contact()); }},
      {"channel", Align::kLeft,
       [](const Response& response) {
         return ChannelWord(response.channel());
       }},
      {"queue", Align::kLeft,
       [](const Response& response) { return response.queue(); }},
      {"status", Align::kLeft,
       [](const Response& response) {
         return SurveyStatusWord(response.status());
       }},
      {"nps", Align::kRight,
       [](const Response& response) {
         return Optional(response.has_nps(), response.nps());
       }},
      {"csat", Align::kRight,
       [](const Response& response) {
         return Optional(response.has_csat(), response.csat());
       }},
      {"would_hire", Align::kLeft,
       [](const Response& response) {
         return YesNo(response.has_would_hire(), response.would_hire());
       }},
      {"would_recommend", Align::kLeft,
       [](const Response& response) {
         return YesNo(response.has_would_recommend(),
                      response.would_recommend());
       }},
      {"did_refer", Align::kLeft,
       [](const Response& response) {
         return YesNo(response.has_did_refer(), response.did_refer());
       }},
      {"partner_rating", Align::kRight,
       [](const Response& response) {
         return Optional(response.has_partner_rating(),
                         response.partner_rating());
       }},
      {"verbatim", Align::kLeft,
       [](const Response& response) { return response.verbatim(); }},
      {"best_thing", Align::kLeft,
       [](const Response& response) {
         return response.insight().best_thing();
       }},
      {"improve", Align::kLeft,
       [](const Response& response) { return response.insight().improve(); }},
      {"stop", Align::kLeft,
       [](const Response& response) { return response.insight().stop(); }},
      {"start", Align::kLeft,
       [](const Response& response) { return response.insight().start(); }},
      {"source", Align::kLeft,
       [](const Response& response) { return response.source(); }},
      {"source_id", Align::kLeft,
       [](const Response& response) { return response.source_id(); }},
      {"survey_response", Align::kLeft,
       [](const Response& response) {
         const PersonPart parts = PartsOf(response);
         return absl::StrCat(parts.person, "/", parts.id);
       }},
  };
  return columns;
}

struct ListOptions {
  std::string agent;
  std::string team;
  std::string call;
  std::string channel;
  std::string status;
  std::string since;
  std::string until;
  std::optional<int> min_nps;
  std::optional<int> max_nps;
  v1::ListSurveyResponsesRequest request;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListSurveyResponsesRequest request = options.request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.call.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_contact(), ContactArgument(options.call));
  }
  if (!options.channel.empty()) {
    request.set_channel(*ParseChannel(options.channel));
  }
  if (!options.status.empty()) {
    request.set_status(ParseSurveyStatus(options.status));
  }
  if (options.min_nps) request.set_min_nps(*options.min_nps);
  if (options.max_nps) request.set_max_nps(*options.max_nps);
  RETURN_IF_ERROR(SetDays(options.since, options.until, request));
  if (session.is_table() && session.output.fields.empty()) {
    // The others are mostly empty; -o csv has them all.
    session.output.fields = {
        "contact_time", "agent", "channel",  "status",
        "nps",          "csat",  "verbatim", "survey_response"};
  }
  return ListAll<Response>(session, ResponseColumns(), request, options.limit,
                           &Stub::ListSurveyResponses,
                           &v1::ListSurveyResponsesResponse::survey_responses);
}

absl::Status Show(Session& session, const std::string& id) {
  std::string name = id;
  const size_t slash = id.find('/');
  if (slash != std::string::npos &&
      id.find('/', slash + 1) == std::string::npos) {
    name = SurveyResponseName(id.substr(0, slash), id.substr(slash + 1));
  }
  if (!ParseSurveyResponseName(name)) {
    return UsageError(
        absl::StrCat("`", id,
                     "` is no survey response; one is like `28/ID` or "
                     "`people/28/surveyResponses/ID`."));
  }
  v1::GetSurveyResponseRequest request;
  request.set_name(name);
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Response response,
                   client->Call(&Stub::GetSurveyResponse, request));
  return PrintOne(session.terminal, session.output, ResponseColumns(),
                  response);
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list", "List survey responses, the last stored first.",
      "attune surveys list --limit 10\n"
      "attune surveys list --team red --max-nps 6 --words -o csv\n"
      "attune surveys list --agent 28 --since 2026-03-01 --status answered");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--agent", options->agent, "Only of this person.");
  AddOption(list, "--team", options->team, "Only of people in this team.");
  AddOption(list, "--call", options->call, "Only of this call.");
  AddOption(list, "--channel", options->channel, "Only this channel.")
      .OneOf(ChannelWords());
  list.add_option_function<std::string>(
      "--queue",
      [options](const std::string& queue) {
        options->request.set_queue(queue);
      },
      "Only contacts of this queue.");
  list.add_option_function<std::string>(
      "--source",
      [options](const std::string& source) {
        options->request.set_source(source);
      },
      "Only from this survey or system.");
  AddOption(list, "--status", options->status, "Only this status.")
      .OneOf(SurveyStatusWords());
  AddOption(list, "--min-nps", options->min_nps, "NPS answers from this on.");
  AddOption(list, "--max-nps", options->max_nps, "NPS answers up to this.");
  list.add_flag_function(
      "--words", [options](int64_t) { options->request.set_with_words(true); },
      "Only where the customer says something in words.");
  AddOption(list, "--since", options->since, "First day, UTC.").TypeName("DAY");
  AddOption(list, "--until", options->until, "Last day, UTC.").TypeName("DAY");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace

void AddSurveyCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "surveys", "What customers answered.");
  AddSurveyImport(group, session);
  AddList(group, session);
  CLI::App& show =
      AddCommand(group, "show", "Show one survey response.",
                 "attune surveys show 28/01a20840-266e-7002-ae0a-162d1365cb4a");
  auto id = std::make_shared<std::string>();
  AddOption(show, "response", *id,
            "PERSON/ID, as in the list, or the full name.")
      .Required();
  OnRun(show, session, [&session, id] { return Show(session, *id); });
}

}  // namespace attune
