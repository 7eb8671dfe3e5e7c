// attune report contests: what agents contest, and how it is ruled.

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

namespace attune {
namespace {

using Group = v1::ContestGroup;

struct Options {
  std::string since;
  std::string until;
  std::string team;
  std::string form;
};

std::string Number(bool present, double value, const char* otherwise) {
  return present ? absl::StrFormat("%.2f", value) : otherwise;
}

std::string WhatOf(const Group& group) {
  if (!group.question_id().empty()) return "question";
  if (group.name().rfind("people/", 0) == 0) return "rater";
  return "team";
}

std::string IdOf(const Group& group) {
  return group.question_id().empty() ? LastPart(group.name())
                                     : group.question_id();
}

const std::vector<Column<Group>>& Columns() {
  static const auto& columns = *new std::vector<Column<Group>>{
      {"by", Align::kLeft, &WhatOf},
      {"form", Align::kLeft,
       [](const Group& group) { return LastPart(group.form()); }},
      {"id", Align::kLeft, &IdOf},
      {"items", Align::kRight,
       [](const Group& group) {
         return absl::StrCat(group.figures().items());
       }},
      {"open", Align::kRight,
       [](const Group& group) { return absl::StrCat(group.figures().open()); }},
      {"upheld", Align::kRight,
       [](const Group& group) {
         return absl::StrCat(group.figures().upheld());
       }},
      {"changed", Align::kRight,
       [](const Group& group) {
         return absl::StrCat(group.figures().changed());
       }},
      {"closed", Align::kRight,
       [](const Group& group) {
         return absl::StrCat(group.figures().closed());
       }},
      {"changed_percent", Align::kRight,
       [](const Group& group) {
         return Number(group.figures().has_changed_percent(),
                       group.figures().changed_percent(), "");
       }},
      {"evaluations", Align::kRight,
       [](const Group& group) {
         return absl::StrCat(group.figures().evaluations());
       }},
      {"rate_percent", Align::kRight,
       [](const Group& group) {
         return Number(group.figures().has_rate_percent(),
                       group.figures().rate_percent(), "");
       }},
      {"text", Align::kLeft, [](const Group& group) { return group.text(); }},
  };
  return columns;
}

using Groups = google::protobuf::RepeatedPtrField<Group>;

std::string GroupsTable(const std::string& head, const Groups& groups,
                        bool rates, const ReportLook& look) {
  std::vector<TableColumn> columns = {{head},
                                      {"ITEMS", Align::kRight},
                                      {"OPEN", Align::kRight},
                                      {"UPHELD", Align::kRight},
                                      {"CHANGED", Align::kRight},
                                      {"CLOSED", Align::kRight},
                                      {"CHANGED %", Align::kRight}};
  if (rates) {
    columns.push_back({"EVALUATIONS", Align::kRight});
    columns.push_back({"PER 100", Align::kRight});
  }
  Table table(std::move(columns));
  for (const Group& group : groups) {
    const v1::ContestFigures& figures = group.figures();
    std::vector<std::string> cells = {
        !group.question_id().empty()
            ? absl::StrCat(LastPart(group.form()), " ", group.question_id())
            : (group.name().empty() ? "in no team"
                                    : NameText(group.text(), group.name())),
        absl::StrCat(figures.items()),
        absl::StrCat(figures.open()),
        absl::StrCat(figures.upheld()),
        absl::StrCat(figures.changed()),
        absl::StrCat(figures.closed()),
        Number(figures.has_changed_percent(), figures.changed_percent(), "-")};
    if (rates) {
      cells.push_back(absl::StrCat(figures.evaluations()));
      cells.push_back(
          Number(figures.has_rate_percent(), figures.rate_percent(), "-"));
    }
    table.AddRow(std::move(cells));
  }
  return table.Render({true, look.color, 0, 0});
}

std::string ContestReportText(const v1::ContestReport& report,
                              const ReportLook& look) {
  const v1::ContestFigures& all = report.overall();
  std::string text = absl::StrCat(
      Toned("Contests", Tone::kStrong, look.color), ", ",
      report.period().first_day().empty() && report.period().last_day().empty()
          ? "all to date"
          : PeriodText(report.period()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()),
      report.form().empty() ? "" : absl::StrCat(", ", report.form()), "\n",
      all.items(), all.items() == 1 ? " item: " : " items: ", all.open(),
      " open, ", all.upheld(), " upheld, ", all.changed(), " changed, ",
      all.closed(), " closed\n");
  if (all.has_changed_percent()) {
    absl::StrAppendFormat(&text, "Changed: %.2f %% of %d ruled\n",
                          all.changed_percent(), all.upheld() + all.changed());
  }
  if (all.has_rate_percent()) {
    absl::StrAppendFormat(&text,
                          "Contested: %.2f items for each 100 of %d "
                          "evaluations\n",
                          all.rate_percent(), all.evaluations());
  }
  if (all.items() == 0) return text;
  absl::StrAppend(&text, "\n",
                  GroupsTable("QUESTION", report.questions(), true, look), "\n",
                  GroupsTable("RATER", report.raters(), false, look), "\n",
                  GroupsTable("TEAM", report.teams(), true, look));
  return text;
}

absl::Status Contests(Session& session, const Options& options) {
  v1::GetContestReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::ContestReport report,
      client->Call(&v1::ReportService::Stub::GetContestReport, request));
  Groups all = report.questions();
  all.MergeFrom(report.raters());
  all.MergeFrom(report.teams());
  return PrintReport(session, report, all, Columns(), &ContestReportText);
}

}  // namespace

void AddContestReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "contests",
      "What agents contest and how it is ruled, by question, rater and team.",
      "attune report contests\n"
      "attune report contests --since 2026-01-01 --team red --form call");
  auto options = std::make_shared<Options>();
  AddOption(command, "--since", options->since,
            "First day on which items were contested, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until,
            "Last day on which items were contested, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only agents of this team.");
  AddOption(command, "--form", options->form, "Only scores on this form.");
  OnRun(command, session,
        [&session, options] { return Contests(session, *options); });
}

}  // namespace attune
