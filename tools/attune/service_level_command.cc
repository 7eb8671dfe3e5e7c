// attune report service-level: which share of logged time was for customers.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/floor_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/report_print.h"

namespace attune {
namespace {

using Report = v1::ServiceLevelReport;
using Line = Report::Line;
using Level = v1::ServiceLevel;

struct Options {
  std::string since;
  std::string until;
  std::string team;
  std::string agent;
};

// `agent`, `team` or `all`.
std::string KindOf(const Line& line) {
  if (line.name().rfind("people/", 0) == 0) return "agent";
  return line.display_name() == "all" ? "all" : "team";
}

std::string Percent(const Level& level) {
  return level.has_percent() ? absl::StrFormat("%.2f", level.percent()) : "";
}

std::string Quality(const Line& line) {
  return line.quality().has_percent()
             ? absl::StrFormat("%.2f", line.quality().percent())
             : "";
}

Column<Line> Count(const std::string& key, int64_t (Level::*get)() const) {
  return {key, Align::kRight, [get](const Line& row) {
            return absl::StrCat((row.service_level().*get)());
          }};
}

const std::vector<Column<Line>>& Columns() {
  static const auto& columns = *new std::vector<Column<Line>>{
      {"of", Align::kLeft, &KindOf},
      {"id", Align::kLeft,
       [](const Line& row) { return LastPart(row.name()); }},
      Count("days", &Level::days),
      Count("leave_days", &Level::leave_days),
      Count("logged_minutes", &Level::logged_minutes),
      Count("customer_facing_minutes", &Level::customer_facing_minutes),
      {"percent", Align::kRight,
       [](const Line& row) { return Percent(row.service_level()); }},
      {"meets_line", Align::kLeft,
       [](const Line& row) -> std::string {
         if (!row.service_level().has_meets_line()) return "";
         return row.service_level().meets_line() ? "yes" : "no";
       }},
      {"reason", Align::kLeft,
       [](const Line& row) { return row.service_level().reason(); }},
      Count("idle_chats", &Level::idle_chats),
      Count("idle_chat_minutes", &Level::idle_chat_minutes),
      {"quality", Align::kRight, &Quality},
      {"quality_n", Align::kRight,
       [](const Line& row) { return absl::StrCat(row.quality().n()); }},
  };
  return columns;
}

using Lines = google::protobuf::RepeatedPtrField<Line>;

std::string LinesTable(const std::string& head, const Lines& lines,
                       const ReportLook& look) {
  Table table({{head},
               {"DAYS", Align::kRight},
               {"LOGGED", Align::kRight},
               {"FACING", Align::kRight},
               {"PERCENT", Align::kRight},
               {"IDLE", Align::kRight},
               {"IDLE MIN", Align::kRight},
               {"QUALITY", Align::kRight},
               {"N", Align::kRight}});
  for (const Line& line : lines) {
    const Level& level = line.service_level();
    const std::string name = line.name().empty() ? "in no team"
                             : line.display_name().empty()
                                 ? LastPart(line.name())
                                 : NameText(line.display_name(), line.name());
    table.AddRow(
        {absl::StrCat(
             name, level.has_meets_line() && !level.meets_line() ? " !" : ""),
         absl::StrCat(level.days()), absl::StrCat(level.logged_minutes()),
         absl::StrCat(level.customer_facing_minutes()),
         level.has_percent() ? Percent(level) : "no data",
         absl::StrCat(level.idle_chats()),
         absl::StrCat(level.idle_chat_minutes()),
         line.quality().has_percent() ? Quality(line) : "no data",
         absl::StrCat(line.quality().n())});
  }
  return table.Render({true, look.color, look.width, 0});
}

std::string ReportText(const Report& report, const ReportLook& look) {
  const Level& all = report.overall().service_level();
  const bool always =
      report.period().first_day().empty() && report.period().last_day().empty();
  std::string text = absl::StrCat(
      Toned("Personal service level", Tone::kStrong, look.color), ", ",
      always ? "all to date" : PeriodText(report.period()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()), "\n");
  if (all.has_percent()) {
    absl::StrAppendFormat(
        &text,
        "%.2f %% of %d logged minutes for customers; the line is %.0f %%, ! is "
        "below it\n",
        all.percent(), all.logged_minutes(), report.line_percent());
  } else {
    absl::StrAppend(&text, "No logged minutes: no data.\n");
  }
  if (report.overall().quality().has_percent()) {
    absl::StrAppendFormat(
        &text, "Quality of the same: %.2f from %d evaluations\n",
        report.overall().quality().percent(), report.overall().quality().n());
  }
  if (report.agents().empty()) return text;
  absl::StrAppend(&text, "\n", LinesTable("AGENT", report.agents(), look));
  if (!report.teams().empty()) {
    absl::StrAppend(&text, "\n", LinesTable("TEAM", report.teams(), look));
  }
  return text;
}

absl::Status ServiceLevel(Session& session, const Options& options) {
  v1::GetServiceLevelRequest request;
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_person(), PersonArgument(options.agent));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const Report report,
      client->Call(&v1::FloorService::Stub::GetServiceLevel, request));
  Lines rows = report.agents();
  rows.MergeFrom(report.teams());
  *rows.Add() = report.overall();
  rows.rbegin()->set_display_name("all");
  return PrintReport(session, report, rows, Columns(), &ReportText);
}

}  // namespace

void AddServiceLevelReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "service-level",
      "Which share of their time agents were there for customers, and the "
      "quality beside it.",
      "attune report service-level\n"
      "attune report service-level --team harper-valley --since 2026-11-01 "
      "--until 2026-11-30 -o csv");
  auto options = std::make_shared<Options>();
  AddOption(command, "--since", options->since, "First day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until, "Last day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only this team's agents.");
  AddOption(command, "--agent", options->agent, "Only this agent.")
      .TypeName("PERSON");
  OnRun(command, session,
        [&session, options] { return ServiceLevel(session, *options); });
}

}  // namespace attune
