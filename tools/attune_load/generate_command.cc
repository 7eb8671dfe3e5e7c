// attune-load generate: a year of data, reproducible, at bulk speed.

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune_load/generate.h"
#include "tools/attune_load/generate_report.h"
#include "tools/attune_load/load_commands.h"

namespace attune {
namespace {

constexpr int kMostAgents = 9999;  // ids have four figures
constexpr int kMostAdvocates = 99;
constexpr int kMostTeams = 99;
constexpr int kMostDays = 3660;
constexpr int kMostEvaluations = 100'000'000;
constexpr int kMostBatch = 1000;

struct GenerateArguments {
  GenerateOptions options;
  std::string end;
  std::string truth;
};

absl::Status WriteTruth(const std::string& path, const std::string& truth) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << truth << std::flush;
  if (!file) return FileError(absl::StrCat("Cannot write ", path, "."));
  return absl::OkStatus();
}

absl::Status Run(Session& session, GenerateArguments& arguments) {
  GenerateOptions& options = arguments.options;
  options.year.last_day = DayOf(SystemClock()()) - 1;
  if (!arguments.end.empty()) {
    const std::optional<int64_t> day = ParseDay(arguments.end);
    if (!day) {
      return UsageError(absl::StrCat("--end is a day as YYYY-MM-DD, not ",
                                     arguments.end, "."));
    }
    options.year.last_day = *day;
  }
  ASSIGN_OR_RETURN(const std::string form, FormArgument(options.form_id));
  options.form_id = LastPart(form);
  const Year year(options.year);
  if (!arguments.truth.empty()) {
    RETURN_IF_ERROR(
        WriteTruth(arguments.truth, TruthJson(year, options.form_id)));
  }
  ASSIGN_OR_RETURN(const GenerateResult result, Generate(session, options));
  session.terminal.out << (session.is_table() ? GenerateTable(year, result)
                                              : GenerateJson(year, result));
  return absl::OkStatus();
}

void AddYearOptions(CLI::App& generate, GenerateArguments& arguments) {
  YearOptions& year = arguments.options.year;
  const auto add = [&](const char* flag, int& number, int most,
                       const char* description) {
    AddOption(generate, flag, number, description)
        .Between(1, most)
        .TypeName("N");
  };
  add("--agents", year.agents, kMostAgents, "Agents; default 200.");
  add("--advocates", year.advocates, kMostAdvocates,
      "Advocates, each of a severity of their own; default 8.");
  add("--teams", year.teams, kMostTeams,
      "Teams, each with a lead; default 10.");
  add("--days", year.days, kMostDays, "Days of contacts; default 365.");
  AddOption(generate, "--end", arguments.end,
            "The last day; default yesterday.")
      .TypeName("YYYY-MM-DD");
  add("--evaluations", year.evaluations, kMostEvaluations,
      "Evaluations; every tenth contact has two; default 100000.");
  AddOption(generate, "--seed", year.seed,
            "The same seed makes the same people, contacts and answers; "
            "default 1.")
      .Between(0, 999'999'999)
      .TypeName("N");
}

}  // namespace

void AddGenerateCommand(CLI::App& root, Session& session,
                        const std::vector<std::string>& servers) {
  CLI::App& generate = AddCommand(
      root, "generate",
      "Fill a store with a year of teams, agents, advocates, contacts and "
      "evaluations. Agents' skill moves over the year, advocates differ in "
      "severity, and both are told, so that statistics can be held against "
      "the truth. What is there already stays: run again, it goes on where it "
      "ended. Needs an admin's token.",
      "attune-load generate\n"
      "attune-load generate --agents 20 --evaluations 5000 --truth truth.json");
  auto arguments = std::make_shared<GenerateArguments>();
  AddYearOptions(generate, *arguments);
  GenerateOptions& options = arguments->options;
  AddOption(generate, "--form", options.form_id,
            "Form to score on; default call.")
      .TypeName("FORM");
  AddOption(generate, "--form-file", options.form_file,
            "Published under that id if there is none; default "
            "config/forms/call.textproto.")
      .TypeName("FILE");
  AddOption(generate, "--batch", options.batch,
            "Rows of one request, of one agent; default 500.")
      .Between(1, kMostBatch)
      .TypeName("N");
  AddOption(generate, "--outstanding", options.outstanding,
            "Requests at once, each on its own connection; default 4.")
      .Between(1, 64)
      .TypeName("N");
  AddOption(generate, "--truth", arguments->truth,
            "Write severities and skills to this file, as JSON.")
      .TypeName("FILE");
  OnRun(generate, session, [&session, &servers, arguments] {
    arguments->options.servers = servers;
    return Run(session, *arguments);
  });
}

}  // namespace attune
