// attune floor hours and attune report floor: what people owed and did, week by
// week and person by person.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/floor_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/floor_arguments.h"
#include "tools/attune/floor_parts.h"
#include "tools/attune/report_print.h"

namespace attune {
namespace {

using Hours = v1::FloorHours;
using Report = v1::FloorHoursReport;
using Week = v1::FloorWeek;

struct Options {
  std::string person;
  std::string team;
  WeekOptions weeks;
};

std::string Signed(int64_t minutes) {
  return absl::StrCat(minutes > 0 ? "+" : "", minutes);
}

Column<Hours> OfWeek(const std::string& key, std::string (*cell)(const Week&)) {
  return {key, Align::kRight,
          [cell](const Hours& row) { return cell(row.weeks(0)); }};
}

// Of rows with one week each.
const std::vector<Column<Hours>>& WeekColumns() {
  static const auto& columns = *new std::vector<Column<Hours>>{
      {"person", Align::kLeft,
       [](const Hours& row) { return LastPart(row.person()); }},
      {"week", Align::kLeft,
       [](const Hours& row) { return row.weeks(0).week(); }},
      OfWeek(
          "quota",
          [](const Week& week) { return absl::StrCat(week.quota_minutes()); }),
      OfWeek(
          "present_days",
          [](const Week& week) { return absl::StrCat(week.present_days()); }),
      OfWeek(
          "owed",
          [](const Week& week) { return absl::StrCat(week.owed_minutes()); }),
      OfWeek(
          "done",
          [](const Week& week) { return absl::StrCat(week.done_minutes()); }),
      OfWeek("balance",
             [](const Week& week) {
               return absl::StrCat(week.balance_minutes());
             }),
      OfWeek("running_balance",
             [](const Week& week) {
               return absl::StrCat(week.running_balance_minutes());
             }),
      OfWeek(
          "short",
          [](const Week& week) { return absl::StrCat(week.short_minutes()); }),
      {"so_far", Align::kLeft,
       [](const Hours& row) { return row.weeks(0).so_far() ? "yes" : "no"; }},
      OfWeek("expected",
             [](const Week& week) {
               return absl::StrCat(week.expected_minutes());
             }),
  };
  return columns;
}

// The running week, if it is among them.
const Week* SoFar(const Hours& hours) {
  const int last = hours.weeks_size() - 1;
  return last >= 0 && hours.weeks(last).so_far() ? &hours.weeks(last) : nullptr;
}

const std::vector<Column<Hours>>& PersonColumns() {
  static const auto& columns = *new std::vector<Column<Hours>>{
      {"person", Align::kLeft,
       [](const Hours& row) { return LastPart(row.person()); }},
      {"display_name", Align::kLeft,
       [](const Hours& row) { return row.display_name(); }},
      {"team", Align::kLeft,
       [](const Hours& row) { return LastPart(row.team()); }},
      {"owed", Align::kRight,
       [](const Hours& row) { return absl::StrCat(row.owed_minutes()); }},
      {"done", Align::kRight,
       [](const Hours& row) { return absl::StrCat(row.done_minutes()); }},
      {"balance", Align::kRight,
       [](const Hours& row) { return absl::StrCat(row.balance_minutes()); }},
      {"weeks_short", Align::kRight,
       [](const Hours& row) { return absl::StrCat(row.weeks_short()); }},
      {"so_far", Align::kRight,
       [](const Hours& row) {
         const Week* week = SoFar(row);
         return week == nullptr ? "" : absl::StrCat(week->done_minutes());
       }},
      {"expected", Align::kRight,
       [](const Hours& row) {
         const Week* week = SoFar(row);
         return week == nullptr ? "" : absl::StrCat(week->expected_minutes());
       }},
  };
  return columns;
}

std::string Heading(const Report& report, const ReportLook& look) {
  return absl::StrCat(
      Toned("Minutes on the floor", Tone::kStrong, look.color), ", ",
      report.first_week().empty()
          ? "nothing: these weeks are all to come"
          : absl::StrCat(report.first_week(), " to ", report.last_week()),
      report.team().empty() ? "" : absl::StrCat(", ", report.team()), "\n");
}

std::string Remark(const Week& week) {
  if (week.so_far()) {
    return absl::StrCat("so far; ", week.expected_minutes(), " by its end");
  }
  return week.short_minutes() > 0
             ? absl::StrCat("short by ", week.short_minutes())
             : "";
}

std::string WeeksText(const Report& report, const ReportLook& look) {
  std::string text = Heading(report, look);
  if (report.people().empty()) {
    return absl::StrCat(text, "Nobody owes any.\n");
  }
  for (const Hours& hours : report.people()) {
    Table table({{"WEEK"},
                 {"DAYS", Align::kRight},
                 {"OWED", Align::kRight},
                 {"DONE", Align::kRight},
                 {"BALANCE", Align::kRight},
                 {"RUNNING", Align::kRight},
                 {""}});
    for (const Week& week : hours.weeks()) {
      table.AddRow({week.week(), absl::StrCat(week.present_days()),
                    absl::StrCat(week.owed_minutes()),
                    absl::StrCat(week.done_minutes()),
                    Signed(week.balance_minutes()),
                    Signed(week.running_balance_minutes()), Remark(week)});
    }
    absl::StrAppend(&text, "\n", NameText(hours.display_name(), hours.person()),
                    "\n", table.Render({true, look.color, look.width, 0}));
  }
  return text;
}

std::string PeopleText(const Report& report, const ReportLook& look) {
  const std::string text = Heading(report, look);
  if (report.people().empty()) return absl::StrCat(text, "Nobody owes any.\n");
  Table table({{"PERSON"},
               {"OWED", Align::kRight},
               {"DONE", Align::kRight},
               {"BALANCE", Align::kRight},
               {"WEEKS SHORT", Align::kRight},
               {"SO FAR", Align::kRight}});
  for (const Hours& hours : report.people()) {
    const Week* week = SoFar(hours);
    table.AddRow(
        {NameText(hours.display_name(), hours.person()),
         absl::StrCat(hours.owed_minutes()), absl::StrCat(hours.done_minutes()),
         Signed(hours.balance_minutes()), absl::StrCat(hours.weeks_short()),
         week == nullptr ? "-"
                         : absl::StrCat(week->done_minutes(), " of ",
                                        week->expected_minutes())});
  }
  return absl::StrCat(text, table.Render({true, look.color, look.width, 0}));
}

absl::StatusOr<Report> Ask(Session& session, const Options& options) {
  v1::GetFloorHoursRequest request;
  if (!options.person.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_person(), PersonArgument(options.person));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  RETURN_IF_ERROR(SetWeeks(options.weeks, request));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  return client->Call(&v1::FloorService::Stub::GetFloorHours, request);
}

absl::Status ByWeek(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const Report report, Ask(session, options));
  google::protobuf::RepeatedPtrField<Hours> rows;
  for (const Hours& hours : report.people()) {
    for (const Week& week : hours.weeks()) {
      Hours& row = *rows.Add();
      row = hours;
      row.clear_weeks();
      *row.add_weeks() = week;
    }
  }
  return PrintReport(session, report, rows, WeekColumns(), &WeeksText);
}

absl::Status ByPerson(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const Report report, Ask(session, options));
  return PrintReport(session, report, report.people(), PersonColumns(),
                     &PeopleText);
}

std::shared_ptr<Options> AddOptions(CLI::App& command) {
  auto options = std::make_shared<Options>();
  AddOption(command, "--person", options->person, "Only this person.");
  AddOption(command, "--team", options->team, "Only this team.");
  AddWeekOptions(command, options->weeks);
  return options;
}

}  // namespace

void AddFloorHoursCommand(CLI::App& group, Session& session) {
  CLI::App& hours = AddCommand(
      group, "hours",
      "What you, or people you lead, owed and did on the floor, week by week.",
      "attune floor hours\n"
      "attune floor hours --person ada --since 2026-W40 --until 2026-W47");
  const auto options = AddOptions(hours);
  OnRun(hours, session,
        [&session, options] { return ByWeek(session, *options); });
}

void AddFloorReport(CLI::App& group, Session& session) {
  CLI::App& floor = AddCommand(
      group, "floor",
      "Time on the floor: what each person owed and did, and who is short.",
      "attune report floor\n"
      "attune report floor --team harper-valley --since 2026-10-01 -o csv");
  const auto options = AddOptions(floor);
  OnRun(floor, session,
        [&session, options] { return ByPerson(session, *options); });
}

}  // namespace attune
