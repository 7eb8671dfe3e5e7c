#include "tools/attune/commands.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_split.h"
#include "tools/attune/command.h"
#include "tools/attune/command_line.h"

namespace attune {
namespace {

Format FormatOf(const std::string& name) {
  if (name == "json") return Format::kJson;
  if (name == "jsonl") return Format::kJsonLines;
  if (name == "csv") return Format::kCsv;
  return Format::kTable;
}

void AddGlobalOptions(CLI::App& root, Session& session) {
  root.add_option("--server", session.connection.server,
                  "The server; ATTUNE_SERVER says it too; default "
                  "127.0.0.1:7400.")
      ->envname("ATTUNE_SERVER")
      ->type_name("HOST:PORT");
  AddConnectionOptions(root, session.connection);
  root.add_option_function<std::string>(
          "-o,--output",
          [&session](const std::string& name) {
            session.output.format = FormatOf(name);
          },
          "How results are printed; default table.")
      ->check(CLI::IsMember(
          std::vector<std::string>{"table", "json", "jsonl", "csv"}))
      ->type_name("FORMAT");
  root.add_option_function<std::string>(
          "--fields",
          [&session](const std::string& fields) {
            session.output.fields =
                absl::StrSplit(fields, ',', absl::SkipEmpty());
          },
          "Columns of a table or of CSV, such as `person_id,roles`.")
      ->type_name("A,B");
  root.add_flag_function(
      "--no-headers", [&session](int64_t) { session.output.headers = false; },
      "Tables and CSV without their first line.");
  root.add_flag("--wide", session.output.wide,
                "Cut no column to the width of the screen.");
  root.add_flag("--no-color", session.no_color,
                "No colour; NO_COLOR=1 says it too.");
  root.add_flag("-q,--quiet", session.quiet,
                "No progress and no remarks, only results and errors.");
  root.set_version_flag("--version", "attune " ATTUNE_VERSION,
                        "Print the version and exit.");
}

}  // namespace

std::unique_ptr<CLI::App> MakeCommands(Session& session) {
  auto root = std::make_unique<CLI::App>(
      "Scores customer contacts on value-weighted forms, and reports what the "
      "scores say.",
      "attune");
  root->footer(
      "attune forms lint config/forms/call.textproto\n"
      "attune report team harper-valley\n"
      "attune people list -o csv > people.csv");
  root->require_subcommand(0, 1);
  root->set_help_flag("-h,--help", "Print help on any command and exit.");
  AddGlobalOptions(*root, session);
  AddPeopleCommands(*root, session);
  AddTeamCommands(*root, session);
  AddCallCommands(*root, session);
  AddFormCommands(*root, session);
  AddScoreCommand(*root, session);
  AddEvaluationCommands(*root, session);
  AddContestCommands(*root, session);
  AddCalibrationCommands(*root, session);
  AddQueueCommands(*root, session);
  AddPlanCommands(*root, session);
  AddReportCommands(*root, session);
  AddStatsCommands(*root, session);
  AddSelfCheckCommands(*root, session);
  AddSurveyCommands(*root, session);
  AddNpsCommand(*root, session);
  AddChangeNoteCommands(*root, session);
  AddPropCommands(*root, session);
  AddGreatCallCommands(*root, session);
  AddRelationshipValueCommands(*root, session);
  AddCancellationCommands(*root, session);
  AddFeedbackCommands(*root, session);
  AddRecoveryCommands(*root, session);
  AddHarmCommands(*root, session);
  AddThemeCommands(*root, session);
  AddStoryCommands(*root, session);
  AddFloorCommands(*root, session);
  AddTokenCommands(*root, session);
  AddAdminCommands(*root, session);
  AddManualCommands(*root, session);
  return root;
}

int RunAttune(const std::vector<std::string>& arguments, Terminal terminal) {
  Session session(terminal);
  const std::unique_ptr<CLI::App> root = MakeCommands(session);
  return RunCommandLine(*root, session, arguments);
}

}  // namespace attune
