// attune report themes: what comes up, and what comes up more than it did.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/report_print.h"

namespace attune {
namespace {

using Line = v1::ThemeReport::Line;

struct Options {
  std::string since;
  std::string until;
  std::string team;
};

const std::vector<Column<Line>>& Columns() {
  static const auto& columns = *new std::vector<Column<Line>>{
      {"theme_id", Align::kLeft,
       [](const Line& row) { return LastPart(row.theme()); }},
      {"kind", Align::kLeft,
       [](const Line& row) { return WordOf(row.kind(), "KIND_"); }},
      {"label", Align::kLeft, [](const Line& row) { return row.label(); }},
      {"count", Align::kRight,
       [](const Line& row) { return absl::StrCat(row.count()); }},
      {"usual", Align::kRight,
       [](const Line& row) { return absl::StrFormat("%.2f", row.usual()); }},
      {"p", Align::kRight,
       [](const Line& row) { return absl::StrFormat("%.6f", row.p()); }},
      {"rising", Align::kLeft,
       [](const Line& row) { return row.rising() ? "yes" : "no"; }},
  };
  return columns;
}

std::string ReportText(const v1::ThemeReport& report, const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned("Themes", Tone::kStrong, look.color), ", ",
      PeriodText(report.period()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()),
      "; usual: the mean of the six such periods before\n");
  if (report.themes().empty()) {
    return absl::StrCat(text, "Nothing was tagged.\n");
  }
  Table table({{"THEME"},
               {"KIND"},
               {"COUNT", Align::kRight},
               {"USUAL", Align::kRight},
               {"RISING"}});
  for (const Line& line : report.themes()) {
    table.AddRow(
        {NameText(line.label(), line.theme()), WordOf(line.kind(), "KIND_"),
         absl::StrCat(line.count()), absl::StrFormat("%.2f", line.usual()),
         line.rising() ? absl::StrFormat("RISING, p = %.6f", line.p()) : ""},
        line.rising() ? Tone::kWarning : Tone::kPlain);
  }
  absl::StrAppend(&text, "\n", table.Render({true, look.color, 0, 0}));
  return text;
}

absl::Status Themes(Session& session, const Options& options) {
  v1::GetThemeReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::ThemeReport report,
      client->Call(&v1::InboxService::Stub::GetThemeReport, request));
  return PrintReport(session, report, report.themes(), Columns(), &ReportText);
}

}  // namespace

void AddThemeReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "themes",
      "How often each theme comes up, and which are rising; the last 30 days.",
      "attune report themes\n"
      "attune report themes --since 2026-11-01 --until 2026-11-30 --team red");
  auto options = std::make_shared<Options>();
  Option since =
      AddOption(command, "--since", options->since, "First day, UTC.")
          .TypeName("DAY");
  Option until = AddOption(command, "--until", options->until, "Last day, UTC.")
                     .TypeName("DAY")
                     .Needs(since);
  since.Needs(until);
  AddOption(command, "--team", options->team, "Only this team's.");
  OnRun(command, session,
        [&session, options] { return Themes(session, *options); });
}

}  // namespace attune
