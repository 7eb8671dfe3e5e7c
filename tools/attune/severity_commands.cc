// attune report severity and drift: how raters score, and what agents would
// get from an average one.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/calibration_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/severity_view.h"

namespace attune {
namespace {

struct SeverityOptions {
  std::string rater;
  std::string form;
  std::string since;
  std::string until;
  std::string team;
};

std::string Number(bool present, double value) {
  return present ? absl::StrFormat("%.4f", value) : "";
}

template <typename Row>
Column<Row> LowColumn() {
  return {"low", Align::kRight,
          [](const Row& row) { return Number(row.has_low(), row.low()); }};
}

template <typename Row>
Column<Row> HighColumn() {
  return {"high", Align::kRight,
          [](const Row& row) { return Number(row.has_high(), row.high()); }};
}

const std::vector<Column<v1::FairMean>>& AgentColumns() {
  using Row = v1::FairMean;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"agent", Align::kLeft,
       [](const Row& row) { return LastPart(row.agent()); }},
      {"n", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.n()); }},
      {"auto_failed", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.auto_failed()); }},
      {"raw_mean", Align::kRight,
       [](const Row& row) { return Number(true, row.raw_mean()); }},
      {"scored_mean", Align::kRight,
       [](const Row& row) {
         return Number(row.has_scored_mean(), row.scored_mean());
       }},
      {"fair_mean", Align::kRight,
       [](const Row& row) {
         return Number(row.has_fair_mean(), row.fair_mean());
       }},
      {"se", Align::kRight,
       [](const Row& row) { return Number(row.has_se(), row.se()); }},
      LowColumn<Row>(),
      HighColumn<Row>(),
      {"sentence", Align::kLeft, [](const Row& row) { return row.sentence(); }},
  };
  return columns;
}

const std::vector<Column<v1::MonthSeverity>>& MonthColumns() {
  using Row = v1::MonthSeverity;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"month", Align::kLeft, [](const Row& row) { return row.month(); }},
      {"n", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.n()); }},
      {"others", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.others()); }},
      {"severity", Align::kRight,
       [](const Row& row) {
         return Number(row.has_severity(), row.severity());
       }},
      LowColumn<Row>(),
      HighColumn<Row>(),
      {"reason", Align::kLeft, [](const Row& row) { return row.reason(); }},
  };
  return columns;
}

// The whole answer as JSON or text; `rows` in the other formats.
template <typename Report, typename Row>
absl::Status Print(Session& session, const Report& report,
                   const std::vector<Row>& rows,
                   const std::vector<Column<Row>>& columns,
                   std::string (*text)(const Report&, const ReportLook&)) {
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(report, true) << '\n';
    return absl::OkStatus();
  }
  if (session.is_table() && session.output.fields.empty()) {
    session.terminal.out << text(
        report, {session.TextWidth(), session.terminal.out_color});
    return absl::OkStatus();
  }
  ListPrinter<Row> printer(session.terminal, session.output, columns);
  RETURN_IF_ERROR(printer.Begin());
  for (const Row& row : rows) printer.Add(row);
  printer.End();
  return absl::OkStatus();
}

absl::Status Severity(Session& session, const SeverityOptions& options) {
  v1::GetRaterSeverityRequest request;
  ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::SeverityReport report,
      client->Call(&v1::CalibrationService::Stub::GetRaterSeverity, request));
  std::vector<v1::FairMean> agents;
  for (const v1::SeverityPart& part : report.parts()) {
    agents.insert(agents.end(), part.agents().begin(), part.agents().end());
  }
  return Print(session, report, agents, AgentColumns(), &SeverityReportText);
}

absl::Status Drift(Session& session, const SeverityOptions& options) {
  v1::GetRaterDriftRequest request;
  ASSIGN_OR_RETURN(*request.mutable_rater(), PersonArgument(options.rater));
  ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::RaterDrift drift,
      client->Call(&v1::CalibrationService::Stub::GetRaterDrift, request));
  const std::vector<v1::MonthSeverity> months(drift.months().begin(),
                                              drift.months().end());
  return Print(session, drift, months, MonthColumns(), &RaterDriftText);
}

void AddOptions(CLI::App& command, SeverityOptions& options) {
  AddOption(command, "--form", options.form, "Scores on which form.")
      .Required();
  AddOption(command, "--since", options.since, "First day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options.until, "Last day, UTC.")
      .TypeName("DAY");
}

}  // namespace

void AddSeverityReports(CLI::App& group, Session& session) {
  CLI::App& severity = AddCommand(
      group, "severity",
      "How lenient or harsh each rater is, and agents' means without that.",
      "attune report severity --form call\n"
      "attune report severity --form call --since 2020-03-01 --team red -o "
      "csv");
  auto options = std::make_shared<SeverityOptions>();
  AddOptions(severity, *options);
  AddOption(severity, "--team", options->team,
            "Only this team's agents are shown; everybody's scores "
            "are used.");
  OnRun(severity, session,
        [&session, options] { return Severity(session, *options); });

  CLI::App& drift =
      AddCommand(group, "drift", "A rater's severity month by month.",
                 "attune report drift reader-a --form call\n"
                 "attune report drift reader-a --form call -o csv");
  auto drifted = std::make_shared<SeverityOptions>();
  AddOption(drift, "rater", drifted->rater, "Id, such as reader-a.").Required();
  AddOptions(drift, *drifted);
  OnRun(drift, session,
        [&session, drifted] { return Drift(session, *drifted); });
}

}  // namespace attune
