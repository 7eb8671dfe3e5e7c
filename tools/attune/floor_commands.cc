// attune floor: time that raters spend taking calls.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/floor_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/floor_arguments.h"
#include "tools/attune/floor_parts.h"

namespace attune {
namespace {

using Stub = v1::FloorService::Stub;
using FloorSession = v1::FloorSession;
using Quota = v1::FloorQuota;

std::string PersonOf(const FloorSession& session) {
  const auto name = ParseFloorSessionName(session.name());
  return name ? name->person : "";
}

const std::vector<Column<FloorSession>>& SessionColumns() {
  static const auto& columns = *new std::vector<Column<FloorSession>>{
      {"start", Align::kLeft,
       [](const FloorSession& row) { return ShortTime(row.start_time()); }},
      {"end", Align::kLeft,
       [](const FloorSession& row) { return ShortTime(row.end_time()); }},
      {"minutes", Align::kRight,
       [](const FloorSession& row) { return absl::StrCat(row.minutes()); }},
      {"person", Align::kLeft, &PersonOf},
      {"channel", Align::kLeft,
       [](const FloorSession& row) { return ChannelWord(row.channel()); }},
      {"note", Align::kLeft,
       [](const FloorSession& row) { return row.note(); }},
      {"logged_by", Align::kLeft,
       [](const FloorSession& row) { return LastPart(row.recorder()); }},
      {"session_id", Align::kLeft,
       [](const FloorSession& row) { return LastPart(row.name()); }},
  };
  return columns;
}

const std::vector<Column<Quota>>& QuotaColumns() {
  static const auto& columns = *new std::vector<Column<Quota>>{
      {"role", Align::kLeft,
       [](const Quota& row) { return RoleWord(row.role()); }},
      {"weekly_minutes", Align::kRight,
       [](const Quota& row) { return absl::StrCat(row.weekly_minutes()); }},
      {"blocks_submitting", Align::kLeft,
       [](const Quota& row) { return row.blocks_submitting() ? "yes" : "no"; }},
      {"since", Align::kLeft,
       [](const Quota& row) {
         return row.terms().empty() ? "" : row.terms().rbegin()->start_week();
       }},
      {"set_by", Align::kLeft,
       [](const Quota& row) { return LastPart(row.setter()); }},
      {"set", Align::kLeft,
       [](const Quota& row) { return ShortTime(row.update_time()); }},
  };
  return columns;
}

struct LogOptions {
  std::string person;
  std::string start;
  std::string end;
  std::optional<int64_t> minutes;
  std::string channel;
  std::string note;
};

absl::Status Log(Session& session, const LogOptions& options) {
  constexpr int64_t kMicrosPerMinute = int64_t{60} * 1'000'000;
  v1::CreateFloorSessionRequest request;
  request.set_parent("people/-");
  if (!options.person.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.person));
  }
  FloorSession& logged = *request.mutable_floor_session();
  ASSIGN_OR_RETURN(*logged.mutable_start_time(), TimeArgument(options.start));
  if (options.minutes) {
    *logged.mutable_end_time() = ToTimestamp(
        ToMicros(logged.start_time()) + *options.minutes * kMicrosPerMinute);
  } else if (!options.end.empty()) {
    ASSIGN_OR_RETURN(*logged.mutable_end_time(), TimeArgument(options.end));
  } else {
    return UsageError(
        "Say when it ended, --end, or how long it was, "
        "--minutes.");
  }
  logged.set_channel(*ParseChannel(options.channel));
  logged.set_note(options.note);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const FloorSession made,
                   client->Call(&Stub::CreateFloorSession, request));
  return PrintOne(session.terminal, session.output, SessionColumns(), made);
}

struct ListOptions {
  std::string person;
  std::string team;
  WeekOptions weeks;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListFloorSessionsRequest request;
  request.set_parent("people/-");
  if (!options.person.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.person));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  RETURN_IF_ERROR(SetWeeks(options.weeks, request));
  return ListAll<FloorSession>(session, SessionColumns(), request,
                               options.limit, &Stub::ListFloorSessions,
                               &v1::ListFloorSessionsResponse::floor_sessions);
}

absl::Status Delete(Session& session, const std::string& id) {
  v1::DeleteFloorSessionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FloorSessionArgument(id));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  RETURN_IF_ERROR(client->Call(&Stub::DeleteFloorSession, request).status());
  session.Say(absl::StrCat("Deleted ", id, "."));
  return absl::OkStatus();
}

absl::Status Quotas(Session& session) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::ListFloorQuotasResponse quotas,
      client->Call(&Stub::ListFloorQuotas, v1::ListFloorQuotasRequest()));
  ListPrinter<Quota> printer(session.terminal, session.output, QuotaColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const Quota& quota : quotas.floor_quotas()) printer.Add(quota);
  printer.End();
  return absl::OkStatus();
}

struct SetOptions {
  std::string role;
  std::optional<int> minutes;
  bool block = false;
  bool allow = false;
};

absl::Status SetQuota(Session& session, const SetOptions& options) {
  v1::SetFloorQuotaRequest request;
  request.set_role(*ParseRole(options.role));
  if (options.minutes) request.set_weekly_minutes(*options.minutes);
  if (options.block || options.allow) {
    request.set_blocks_submitting(options.block);
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Quota quota,
                   client->Call(&Stub::SetFloorQuota, request));
  return PrintOne(session.terminal, session.output, QuotaColumns(), quota);
}

void AddLog(CLI::App& group, Session& session) {
  CLI::App& log = AddCommand(
      group, "log", "Log time that you, or somebody you lead, took calls.",
      "attune floor log --start 2026-11-23T09:00:00Z --minutes 90 "
      "--channel phone\n"
      "attune floor log --start 2026-11-23T09:00:00Z --end "
      "2026-11-23T11:30:00Z --channel chat --person ada "
      "--note 'The holiday queue.'");
  auto options = std::make_shared<LogOptions>();
  AddOption(log, "--start", options->start, "When it began.")
      .Required()
      .TypeName("TIME");
  const Option end =
      AddOption(log, "--end", options->end, "When it ended.").TypeName("TIME");
  AddOption(log, "--minutes", options->minutes,
            "How long it was, instead of --end.")
      .Between(int64_t{1}, int64_t{16 * 60})
      .Excludes(end);
  AddOption(log, "--channel", options->channel, "Where customers were served.")
      .Required()
      .OneOf(ChannelWords());
  AddOption(log, "--person", options->person, "Who it was; default you.");
  AddOption(log, "--note", options->note, "Anything worth knowing.")
      .TypeName("TEXT");
  OnRun(log, session, [&session, options] { return Log(session, *options); });
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list", "List the floor sessions you may see, the latest first.",
      "attune floor list --since 2026-W47\n"
      "attune floor list --person ada --since 2026-11-01 -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--person", options->person, "Only of this person.");
  AddOption(list, "--team", options->team, "Only of this team.");
  AddWeekOptions(list, options->weeks);
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

void AddSetQuota(CLI::App& group, Session& session) {
  CLI::App& set = AddCommand(
      group, "set-quota", "Set what a role owes, from the running ISO week on.",
      "attune floor set-quota advocate --minutes 240\n"
      "attune floor set-quota advocate --block");
  auto options = std::make_shared<SetOptions>();
  AddOption(set, "role", options->role, "The role that owes.")
      .Required()
      .OneOf(RoleWords());
  AddOption(set, "--minutes", options->minutes,
            "Minutes an ISO week, 0 for none; default as it is.")
      .Between(0, 7 * 24 * 60);
  const Option block =
      AddFlag(set, "--block", options->block,
              "Who fell short last week submits no evaluations.");
  AddFlag(set, "--no-block", options->allow, "Falling short is only reported.")
      .Excludes(block);
  OnRun(set, session,
        [&session, options] { return SetQuota(session, *options); });
}

}  // namespace

void AddFloorCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "floor", "Time that raters spend taking calls.");
  AddLog(group, session);
  AddList(group, session);
  CLI::App& remove = AddCommand(
      group, "delete", "Take a floor session back, such as to log it anew.",
      "attune floor delete 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto removed = std::make_shared<std::string>();
  AddOption(remove, "session", *removed, "Id or full name.").Required();
  OnRun(remove, session,
        [&session, removed] { return Delete(session, *removed); });
  AddFloorHoursCommand(group, session);
  CLI::App& quotas =
      AddCommand(group, "quotas", "List what roles owe on the floor.",
                 "attune floor quotas");
  OnRun(quotas, session, [&session] { return Quotas(session); });
  AddSetQuota(group, session);
  AddWorkDayCommands(group, session);
}

}  // namespace attune
