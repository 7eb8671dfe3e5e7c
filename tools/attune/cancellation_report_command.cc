// attune report cancellations: how customers who leave are let go, and why they
// leave.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/cancellation_view.h"
#include "tools/attune/command.h"
#include "tools/attune/report_print.h"
#include "tools/attune/share_view.h"

namespace attune {
namespace {

struct Options {
  std::string since;
  std::string until;
  std::string team;
  std::string agent;
};

std::string Results(const v1::CancellationReport& report) {
  return absl::StrJoin(
      report.results(), ", ", [](std::string* out, const auto& result) {
        absl::StrAppend(out, result.count(), " ",
                        CancellationResultWord(result.result()));
      });
}

int64_t CountOf(const v1::CancellationMonth& month,
                v1::Cancellation::Reason reason_code) {
  for (const v1::CancellationReasonCount& reason : month.reasons()) {
    if (reason.reason_code() == reason_code) return reason.count();
  }
  return 0;
}

// A month a row, a reason a column.
std::vector<Column<v1::CancellationMonth>> MonthColumns() {
  using Row = v1::CancellationMonth;
  std::vector<Column<Row>> columns = {
      {"month", Align::kLeft, [](const Row& row) { return row.month(); }},
      {"calls", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.n()); }}};
  for (int i = v1::Cancellation::Reason_MIN + 1;
       i <= v1::Cancellation::Reason_MAX; ++i) {
    const auto reason = static_cast<v1::Cancellation::Reason>(i);
    columns.push_back({CancellationReasonWord(reason), Align::kRight,
                       [reason](const Row& row) {
                         return absl::StrCat(CountOf(row, reason));
                       }});
  }
  return columns;
}

// The reasons that there are, the most frequent first.
std::string MonthsTable(const v1::CancellationReport& report,
                        const ReportLook& look) {
  std::vector<TableColumn> columns = {{"MONTH"}, {"CALLS", Align::kRight}};
  for (const v1::CancellationReasonCount& reason : report.reasons()) {
    columns.push_back({absl::AsciiStrToUpper(InWords(
                           CancellationReasonWord(reason.reason_code()))),
                       Align::kRight});
  }
  Table table(std::move(columns));
  for (const v1::CancellationMonth& month : report.months()) {
    std::vector<std::string> cells = {month.month(), absl::StrCat(month.n())};
    for (const v1::CancellationReasonCount& reason : report.reasons()) {
      cells.push_back(absl::StrCat(CountOf(month, reason.reason_code())));
    }
    table.AddRow(std::move(cells));
  }
  return table.Render({true, look.color, 0, 0});
}

std::string ReportText(const v1::CancellationReport& report,
                       const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned("Cancellation calls", Tone::kStrong, look.color), ", ",
      report.period().first_day().empty() && report.period().last_day().empty()
          ? "all to date"
          : PeriodText(report.period()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()),
      report.person().empty() ? "" : absl::StrCat(", ", report.person()), "\n",
      report.n(), report.n() == 1 ? " call: " : " calls: ", Results(report),
      "\n");
  if (report.n() == 0) return text;
  absl::StrAppend(
      &text, "Leave to ask why: asked in ",
      ShareText(report.permission_asked()), "\n", "                  given in ",
      ShareText(report.permission_given()), "\n",
      "Offers to stay:   ", report.offers_made(), "; more than one in ",
      Toned(ShareText(report.over_offered()),
            report.over_offered().hits() > 0 ? Tone::kBad : Tone::kPlain,
            look.color),
      "\n",
      report.has_median_minutes()
          ? absl::StrFormat("Processed within: %.1f minutes (median of %d)\n",
                            report.median_minutes(), report.minutes_n())
          : "");
  if (!report.over_offered_contacts().empty()) {
    std::vector<std::string> calls;
    for (const std::string& name : report.over_offered_contacts()) {
      calls.push_back(LastPart(name));
    }
    absl::StrAppend(&text, "Look at:          ",
                    Wrapped(absl::StrJoin(calls, ", "), look.width - 18, 18),
                    "\n");
  }
  absl::StrAppend(&text, "\nWhy they wanted to leave\n",
                  MonthsTable(report, look));
  return text;
}

absl::Status Report(Session& session, const Options& options) {
  v1::GetCancellationReportRequest request;
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
      const v1::CancellationReport report,
      client->Call(&v1::VoiceService::Stub::GetCancellationReport, request));
  return PrintReport(session, report, report.months(), MonthColumns(),
                     &ReportText);
}

}  // namespace

void AddCancellationReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "cancellations",
      "How customers who leave are let go: permission, offers, minutes, "
      "reasons by month.",
      "attune report cancellations\n"
      "attune report cancellations --since 2026-01-01 --team red -o csv");
  auto options = std::make_shared<Options>();
  AddOption(command, "--since", options->since, "First day of the call, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until, "Last day of the call, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only agents of this team.");
  AddOption(command, "--agent", options->agent, "Only this person.");
  OnRun(command, session,
        [&session, options] { return Report(session, *options); });
}

}  // namespace attune
