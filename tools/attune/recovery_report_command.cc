// attune report recovery: how much was made good, at what cost, how fast.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/report_print.h"

namespace attune {
namespace {

using Group = v1::RecoveryReport::Group;
using Figures = v1::RecoveryFigures;

struct Options {
  std::string since;
  std::string until;
  std::string team;
};

std::string Days(bool present, double days) {
  return present ? absl::StrFormat("%.2f", days) : "";
}

// `1250 EUR + 300 USD`, in minor units.
std::string Costs(const Figures& figures) {
  return absl::StrJoin(
      figures.costs(), " + ", [](std::string* out, const v1::Cost& cost) {
        absl::StrAppend(out, cost.minor_units(), " ", cost.currency_code());
      });
}

std::string What(const Group& group) {
  if (group.kind() != v1::RecoveryAction::KIND_UNSPECIFIED) {
    return WordOf(group.kind(), "KIND_");
  }
  return group.team().empty() ? "in no team" : LastPart(group.team());
}

Column<Group> Count(const std::string& key, int64_t (Figures::*get)() const) {
  return {key, Align::kRight, [get](const Group& row) {
            return absl::StrCat((row.figures().*get)());
          }};
}

const std::vector<Column<Group>>& Columns() {
  static const auto& columns = *new std::vector<Column<Group>>{
      {"by", Align::kLeft,
       [](const Group& row) {
         return row.kind() == v1::RecoveryAction::KIND_UNSPECIFIED ? "team"
                                                                   : "kind";
       }},
      {"id", Align::kLeft, &What},
      Count("opened", &Figures::opened),
      Count("prompted", &Figures::prompted),
      Count("unprompted", &Figures::unprompted),
      Count("open", &Figures::open),
      Count("overdue", &Figures::overdue),
      Count("done", &Figures::done),
      Count("abandoned", &Figures::abandoned),
      Count("fixed", &Figures::fixed),
      Count("partly_fixed", &Figures::partly_fixed),
      Count("not_fixed", &Figures::not_fixed),
      {"costs_minor_units", Align::kLeft,
       [](const Group& row) { return Costs(row.figures()); }},
      {"mean_days", Align::kRight,
       [](const Group& row) {
         return Days(row.figures().has_mean_days_to_done(),
                     row.figures().mean_days_to_done());
       }},
      {"median_days", Align::kRight,
       [](const Group& row) {
         return Days(row.figures().has_median_days_to_done(),
                     row.figures().median_days_to_done());
       }},
  };
  return columns;
}

using Groups = google::protobuf::RepeatedPtrField<Group>;

std::string GroupsTable(const std::string& head, const Groups& groups,
                        const ReportLook& look) {
  Table table({{head},
               {"OPENED", Align::kRight},
               {"PROMPTED", Align::kRight},
               {"OPEN", Align::kRight},
               {"OVERDUE", Align::kRight},
               {"DONE", Align::kRight},
               {"FIXED", Align::kRight},
               {"MEAN DAYS", Align::kRight},
               {"COSTS"}});
  for (const Group& group : groups) {
    const Figures& figures = group.figures();
    table.AddRow({What(group), absl::StrCat(figures.opened()),
                  absl::StrCat(figures.prompted()),
                  absl::StrCat(figures.open()), absl::StrCat(figures.overdue()),
                  absl::StrCat(figures.done()), absl::StrCat(figures.fixed()),
                  figures.has_mean_days_to_done()
                      ? Days(true, figures.mean_days_to_done())
                      : "-",
                  Costs(figures)});
  }
  return table.Render({true, look.color, 0, 0});
}

std::string ReportText(const v1::RecoveryReport& report,
                       const ReportLook& look) {
  const Figures& all = report.overall();
  const bool always =
      report.period().first_day().empty() && report.period().last_day().empty();
  std::string text = absl::StrCat(
      Toned("Recovery", Tone::kStrong, look.color), ", ",
      always ? "all to date" : PeriodText(report.period()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()), "\n",
      all.opened(), " opened: ", all.prompted(), " prompted by the customer, ",
      all.unprompted(), " not; ", all.open(), " open, ", all.overdue(),
      " overdue, ", all.done(), " done, ", all.abandoned(), " given up\n");
  if (all.done() > 0) {
    absl::StrAppendFormat(
        &text,
        "Done: %d fixed, %d partly, %d not; mean %.2f days, median %.2f; costs "
        "%s\n",
        all.fixed(), all.partly_fixed(), all.not_fixed(),
        all.mean_days_to_done(), all.median_days_to_done(),
        all.costs().empty() ? "nothing"
                            : absl::StrCat(Costs(all), " (minor units)"));
  }
  if (all.opened() == 0) return text;
  absl::StrAppend(&text, "\n", GroupsTable("KIND", report.kinds(), look), "\n",
                  GroupsTable("TEAM", report.teams(), look));
  return text;
}

absl::Status Recovery(Session& session, const Options& options) {
  v1::GetRecoveryReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::RecoveryReport report,
      client->Call(&v1::InboxService::Stub::GetRecoveryReport, request));
  Groups all = report.kinds();
  all.MergeFrom(report.teams());
  return PrintReport(session, report, all, Columns(), &ReportText);
}

}  // namespace

void AddRecoveryReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "recovery",
      "What was made good: how much, prompted or not, at what cost, how fast.",
      "attune report recovery\n"
      "attune report recovery --since 2026-11-01 --until 2026-11-30 -o csv");
  auto options = std::make_shared<Options>();
  AddOption(command, "--since", options->since,
            "First day on which actions were opened, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until,
            "Last day on which actions were opened, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only this team's calls.");
  OnRun(command, session,
        [&session, options] { return Recovery(session, *options); });
}

}  // namespace attune
