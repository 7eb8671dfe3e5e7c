// attune floor work-days: what days of work were made of.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/floor_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/files.h"
#include "tools/attune/floor_parts.h"
#include "tools/attune/progress.h"
#include "tools/attune/work_day_import.h"

namespace attune {
namespace {

using Stub = v1::FloorService::Stub;
using Day = v1::WorkDay;

Column<Day> Count(const std::string& key, int32_t (Day::*get)() const) {
  return {key, Align::kRight,
          [get](const Day& row) { return absl::StrCat((row.*get)()); }};
}

// Keys and order of the import file: what is listed as CSV can be imported.
const std::vector<Column<Day>>& Columns() {
  static const auto& columns = *new std::vector<Column<Day>>{
      {"person_id", Align::kLeft,
       [](const Day& row) {
         const auto name = ParseWorkDayName(row.name());
         return name ? name->person : "";
       }},
      {"day", Align::kLeft,
       [](const Day& row) { return LastPart(row.name()); }},
      Count("logged_minutes", &Day::logged_minutes),
      Count("customer_facing_minutes", &Day::customer_facing_minutes),
      Count("idle_chats", &Day::idle_chats),
      Count("idle_chat_minutes", &Day::idle_chat_minutes),
      {"leave", Align::kLeft,
       [](const Day& row) { return row.leave() ? "yes" : "no"; }},
  };
  return columns;
}

struct WorkDayImportOptions : ImportOptions {
  std::string file;
};

absl::Status Import(Session& session, const WorkDayImportOptions& options) {
  ASSIGN_OR_RETURN(const std::string text,
                   ReadFileOr(options.file, session.terminal.in));
  ImportSummary summary{"work days", "work day"};
  ASSIGN_OR_RETURN(
      const std::vector<WorkDayRow> rows,
      ParseWorkDays(options.file, text, SystemClock()(), summary.bad));
  if (!summary.bad.empty() && !options.skip_bad) {
    return FinishImport(session, options, summary, absl::OkStatus());
  }
  std::vector<ReadyRow> ready;
  for (const WorkDayRow& row : rows) {
    ready.push_back(
        {row.origin, row.work_day.name(), row.work_day.ByteSizeLong()});
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  Progress progress(session, "work days", static_cast<int64_t>(ready.size()));
  const BatchOutcome outcome = SendBatches(
      ready, options.skip_bad,
      [&](const std::vector<size_t>& batch) -> absl::Status {
        v1::BatchUpdateWorkDaysRequest request;
        request.set_request_id(NewRequestId());
        request.set_validate_only(options.dry_run);
        for (const size_t i : batch) {
          *request.add_requests()->mutable_work_day() = rows[i].work_day;
        }
        ASSIGN_OR_RETURN(const v1::BatchUpdateWorkDaysResponse stored,
                         client->Call(&Stub::BatchUpdateWorkDays, request));
        summary.created += stored.created_count() + stored.updated_count();
        summary.unchanged += stored.unchanged_count();
        return absl::OkStatus();
      },
      [&](int done) { progress.Update(done); });
  summary.bad.insert(summary.bad.end(), outcome.bad.begin(), outcome.bad.end());
  return FinishImport(session, options, summary, outcome.status);
}

struct ListOptions {
  std::string person;
  std::string team;
  std::string since;
  std::string until;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListWorkDaysRequest request;
  request.set_parent("people/-");
  if (!options.person.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.person));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  return ListAll<Day>(session, Columns(), request, options.limit,
                      &Stub::ListWorkDays,
                      &v1::ListWorkDaysResponse::work_days);
}

}  // namespace

void AddWorkDayCommands(CLI::App& group, Session& session) {
  CLI::App& days =
      AddGroup(group, "work-days", "What days of work were made of.");
  CLI::App& import = AddCommand(
      days, "import",
      "Store work days and leave from a CSV file with the columns "
      "person_id,day,logged_minutes,customer_facing_minutes,idle_chats,"
      "idle_chat_minutes,leave; a day that is there is replaced.",
      "attune floor work-days import november.csv --dry-run\n"
      "attune floor work-days import november.csv");
  auto import_options = std::make_shared<WorkDayImportOptions>();
  AddOption(import, "file", import_options->file, "CSV file; - is stdin.")
      .Required();
  AddImportFlags(import, *import_options);
  OnRun(import, session, [&session, import_options] {
    return Import(session, *import_options);
  });

  CLI::App& list = AddCommand(
      days, "list", "List the work days you may see, by day.",
      "attune floor work-days list --person 28\n"
      "attune floor work-days list --team harper-valley -o csv > days.csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--person", options->person, "Only this person's.");
  AddOption(list, "--team", options->team, "Only this team's.");
  AddOption(list, "--since", options->since, "First day, UTC.").TypeName("DAY");
  AddOption(list, "--until", options->until, "Last day, UTC.").TypeName("DAY");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace attune
