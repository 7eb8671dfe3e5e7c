// attune report: what the scores come to.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/report_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/report_print.h"
#include "tools/attune/report_view.h"
#include "tools/attune/severity_view.h"

namespace attune {
namespace {

struct ReportOptions {
  std::string subject;
  std::string since;
  std::string until;
  std::string form;
};

std::string Optional(bool present, double value) {
  return present ? absl::StrFormat("%.2f", value) : "";
}

const std::vector<Column<v1::AgentSummary>>& AgentColumns() {
  using Agent = v1::AgentSummary;
  static const auto& columns = *new std::vector<Column<Agent>>{
      {"person_id", Align::kLeft,
       [](const Agent& agent) { return LastPart(agent.person()); }},
      {"display_name", Align::kLeft,
       [](const Agent& agent) { return agent.display_name(); }},
      {"n", Align::kRight,
       [](const Agent& agent) { return absl::StrCat(agent.average().n()); }},
      {"percent", Align::kRight,
       [](const Agent& agent) {
         return Optional(agent.average().has_percent(),
                         agent.average().percent());
       }},
      {"low", Align::kRight,
       [](const Agent& agent) {
         return Optional(agent.average().has_low(), agent.average().low());
       }},
      {"high", Align::kRight,
       [](const Agent& agent) {
         return Optional(agent.average().has_high(), agent.average().high());
       }},
      {"change", Align::kRight,
       [](const Agent& agent) {
         return Optional(agent.trend().has_change(), agent.trend().change());
       }},
      {"critical", Align::kRight,
       [](const Agent& agent) {
         return absl::StrCat(agent.critical_evaluations());
       }},
      {"below_floor", Align::kLeft,
       [](const Agent& agent) { return agent.below_floor() ? "yes" : "no"; }},
      {"unacknowledged", Align::kRight,
       [](const Agent& agent) { return absl::StrCat(agent.unacknowledged()); }},
      {"weakest_section", Align::kLeft,
       [](const Agent& agent) {
         return agent.sections_size() > 0 ? agent.sections(0).title() : "";
       }},
      {"weighted_loss", Align::kRight,
       [](const Agent& agent) {
         return Optional(
             agent.sections_size() > 0,
             agent.sections_size() > 0 ? agent.sections(0).weighted_loss() : 0);
       }},
      {"focus", Align::kLeft, [](const Agent& agent) { return agent.focus(); }},
  };
  return columns;
}

const std::vector<Column<v1::ScorecardRow>>& RowColumns() {
  using Row = v1::ScorecardRow;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"day", Align::kLeft, [](const Row& row) { return row.day(); }},
      {"contact", Align::kLeft, [](const Row& row) { return row.contact(); }},
      {"form_revision", Align::kLeft,
       [](const Row& row) { return row.form_revision(); }},
      {"rater", Align::kLeft, [](const Row& row) { return row.rater(); }},
      {"percent", Align::kRight,
       [](const Row& row) {
         return Optional(row.has_percent(), row.percent());
       }},
      {"critical", Align::kLeft,
       [](const Row& row) { return row.critical() ? "yes" : "no"; }},
      {"acknowledged", Align::kLeft,
       [](const Row& row) { return row.acknowledged() ? "yes" : "no"; }},
      {"contested", Align::kLeft,
       [](const Row& row) { return row.contested() ? "yes" : "no"; }},
      {"evaluation", Align::kLeft,
       [](const Row& row) { return row.evaluation(); }},
  };
  return columns;
}

absl::Status Agent(Session& session, const ReportOptions& options) {
  v1::GetAgentScorecardRequest request;
  ASSIGN_OR_RETURN(*request.mutable_person(), PersonArgument(options.subject));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      v1::AgentScorecard scorecard,
      client->Call(&v1::ReportService::Stub::GetAgentScorecard, request));
  return PrintReport(session, scorecard, scorecard.rows(), RowColumns(),
                     &AgentReportText);
}

absl::Status Team(Session& session, const ReportOptions& options) {
  v1::GetTeamCoachingReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.subject));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      v1::TeamCoachingReport report,
      client->Call(&v1::ReportService::Stub::GetTeamCoachingReport, request));
  return PrintReport(session, report, report.agents(), AgentColumns(),
                     &TeamReportText);
}

void AddOptions(CLI::App& command, ReportOptions& options) {
  AddOption(command, "--since", options.since, "First day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options.until, "Last day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--form", options.form, "Only scores on this form.");
}

}  // namespace

void AddReportCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "report", "What the scores come to.");

  CLI::App& agent = AddCommand(
      group, "agent",
      "One agent's scorecard: average, sections, trend, newest evaluations.",
      "attune report agent 28\n"
      "attune report agent 28 --since 2020-03-01 --until 2020-03-31");
  auto agent_options = std::make_shared<ReportOptions>();
  AddOption(agent, "person", agent_options->subject, "Id, such as 28.")
      .Required();
  AddOptions(agent, *agent_options);
  OnRun(agent, session,
        [&session, agent_options] { return Agent(session, *agent_options); });

  CLI::App& team =
      AddCommand(group, "team",
                 "A team's coaching report: who needs help first, and on what.",
                 "attune report team harper-valley\n"
                 "attune report team harper-valley --form call -o csv");
  auto team_options = std::make_shared<ReportOptions>();
  AddOption(team, "team", team_options->subject, "Id, such as harper-valley.")
      .Required();
  AddOptions(team, *team_options);
  OnRun(team, session,
        [&session, team_options] { return Team(session, *team_options); });

  AddFormHealthReport(group, session);
  AddContestReport(group, session);
  AddRelationshipValueReport(group, session);
  AddCancellationReport(group, session);
  AddRecognitionReport(group, session);
  AddRecoveryReport(group, session);
  AddThemeReport(group, session);
  AddFloorReport(group, session);
  AddServiceLevelReport(group, session);
  AddVoiceReport(group, session);
  AddSeverityReports(group, session);
  AddSurveyReport(group, session);
  AddDriverReport(group, session);
  AddChangeNoteReport(group, session);
}

}  // namespace attune
