// attune report relationship-value and attune report recognition: what counts
// and is never turned into money or points.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/relationship_value_view.h"
#include "tools/attune/report_print.h"
#include "tools/attune/share_view.h"

namespace attune {
namespace {

using Groups = google::protobuf::RepeatedPtrField<v1::RelationshipValueGroup>;
using Kinds = google::protobuf::RepeatedPtrField<v1::RelationshipValueCount>;

struct Options {
  std::string since;
  std::string until;
  std::string team;
  std::string agent;
};

int64_t UnitsOf(const v1::RelationshipValueGroup& group,
                v1::RelationshipValue::Kind kind) {
  for (const v1::RelationshipValueCount& count : group.kinds()) {
    if (count.kind() == kind) return count.units();
  }
  return 0;
}

std::string NameOf(const v1::RelationshipValueGroup& group) {
  if (group.name().empty()) return "in no team";
  return group.display_name().empty()
             ? LastPart(group.name())
             : NameText(group.display_name(), group.name());
}

// Groups beside the kinds.
std::string GroupsTable(const std::string& head, const Groups& groups,
                        const Kinds& kinds, const ReportLook& look) {
  std::vector<TableColumn> columns = {{head}};
  for (const v1::RelationshipValueCount& kind : kinds) {
    columns.push_back(
        {absl::AsciiStrToUpper(InWords(RelationshipKindWord(kind.kind()))),
         Align::kRight});
  }
  Table table(std::move(columns));
  for (const v1::RelationshipValueGroup& group : groups) {
    std::vector<std::string> cells = {NameOf(group)};
    for (const v1::RelationshipValueCount& kind : kinds) {
      cells.push_back(absl::StrCat(UnitsOf(group, kind.kind())));
    }
    table.AddRow(std::move(cells));
  }
  return table.Render({true, look.color, 0, 0});
}

std::string ValueReportText(const v1::RelationshipValueReport& report,
                            const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned("Relationship value", Tone::kStrong, look.color), ", ",
      report.period().first_day().empty() && report.period().last_day().empty()
          ? "all to date"
          : PeriodText(report.period()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()),
      report.person().empty() ? "" : absl::StrCat(", ", report.person()), "\n");
  Table kinds({{"KIND"}, {"UNITS", Align::kRight}, {"TIMES", Align::kRight}});
  for (const v1::RelationshipValueCount& count : report.kinds()) {
    kinds.AddRow({InWords(RelationshipKindWord(count.kind())),
                  absl::StrCat(count.units()), absl::StrCat(count.records())});
  }
  absl::StrAppend(&text, kinds.Render({true, look.color, 0, 0}));
  if (!report.agents().empty()) {
    absl::StrAppend(
        &text, "\n",
        GroupsTable("AGENT", report.agents(), report.kinds(), look), "\n",
        GroupsTable("TEAM", report.teams(), report.kinds(), look), "\n",
        GroupsTable("MONTH", report.months(), report.kinds(), look));
  }
  if (!report.referral_rates().empty()) {
    absl::StrAppend(&text,
                    "\nReferral rate: calls whose customer refers "
                    "others, of all calls of the year\n");
  }
  for (const v1::ReferralRate& rate : report.referral_rates()) {
    absl::StrAppend(&text, rate.year(), "  ", ShareText(rate.share()), "\n");
  }
  return text;
}

std::string WhatOf(const v1::RelationshipValueGroup& group) {
  if (absl::StartsWith(group.name(), "people/")) return "agent";
  const bool team =
      group.name().empty() || absl::StartsWith(group.name(), "teams/");
  return team ? "team" : "month";
}

// A group a row, the units of a kind a column.
std::vector<Column<v1::RelationshipValueGroup>> GroupColumns() {
  using Row = v1::RelationshipValueGroup;
  std::vector<Column<Row>> columns = {
      {"by", Align::kLeft, &WhatOf},
      {"id", Align::kLeft, [](const Row& row) { return LastPart(row.name()); }},
      {"display_name", Align::kLeft,
       [](const Row& row) { return row.display_name(); }}};
  for (int i = v1::RelationshipValue::Kind_MIN + 1;
       i <= v1::RelationshipValue::Kind_MAX; ++i) {
    const auto kind = static_cast<v1::RelationshipValue::Kind>(i);
    columns.push_back(
        {RelationshipKindWord(kind), Align::kRight,
         [kind](const Row& row) { return absl::StrCat(UnitsOf(row, kind)); }});
  }
  return columns;
}

absl::Status ValueReport(Session& session, const Options& options) {
  v1::GetRelationshipValueReportRequest request;
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
      const v1::RelationshipValueReport report,
      client->Call(&v1::VoiceService::Stub::GetRelationshipValueReport,
                   request));
  Groups all = report.agents();
  all.MergeFrom(report.teams());
  all.MergeFrom(report.months());
  return PrintReport(session, report, all, GroupColumns(), &ValueReportText);
}

absl::Status RecognitionReport(Session& session, const std::string& agent) {
  v1::GetRecognitionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_person(), PersonArgument(agent));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::Recognition recognition,
      client->Call(&v1::VoiceService::Stub::GetRecognition, request));
  using Row = v1::Recognition;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"person", Align::kLeft,
       [](const Row& row) { return LastPart(row.person()); }},
      {"props", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.props()); }},
      {"great_calls", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.great_calls()); }},
      {"kudos", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.kudos()); }},
  };
  return PrintOne(session.terminal, session.output, columns, recognition);
}

}  // namespace

void AddRelationshipValueReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "relationship-value",
      "What was done for us that is not money, by kind, agent, team and month, "
      "and the referral rate of each year.",
      "attune report relationship-value\n"
      "attune report relationship-value --since 2026-01-01 --team red -o csv");
  auto options = std::make_shared<Options>();
  AddOption(command, "--since", options->since, "First day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until, "Last day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only agents of this team.");
  AddOption(command, "--agent", options->agent, "Only this person.");
  OnRun(command, session,
        [&session, options] { return ValueReport(session, *options); });
}

void AddRecognitionReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "recognition",
      "What an agent is recognised for: props, great calls, kudos; never "
      "points.",
      "attune report recognition 28");
  auto agent = std::make_shared<std::string>();
  AddOption(command, "person", *agent, "Id, such as 28.").Required();
  OnRun(command, session,
        [&session, agent] { return RecognitionReport(session, *agent); });
}

}  // namespace attune
