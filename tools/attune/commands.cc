#include "tools/attune/commands.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/help.h"

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
  root.add_option("--token-file", session.connection.token_file,
                  "File with the API token; ATTUNE_TOKEN_FILE says it too; "
                  "default ./var/admin.token, else ~/.config/attune/token.")
      ->envname("ATTUNE_TOKEN_FILE")
      ->type_name("FILE");
  root.add_option("--tls-ca", session.connection.tls_ca,
                  "PEM file with the authority that signed the server's "
                  "certificate; default the system's.")
      ->type_name("FILE");
  root.add_option("--timeout", session.connection.timeout_seconds,
                  "Seconds that one call may take; default 30.")
      ->check(CLI::Range(0.001, 86'400.0))
      ->type_name("SECONDS");
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

// The command, or group, that the words have led to.
const CLI::App& Reached(const CLI::App& app) {
  const std::vector<const CLI::App*> chosen = [&app] {
    std::vector<const CLI::App*> result;
    for (CLI::App* command : const_cast<CLI::App&>(app).get_subcommands()) {
      result.push_back(command);
    }
    return result;
  }();
  return chosen.empty() ? app : Reached(*chosen.back());
}

std::string Suggestion(const std::string& word, const CommandText& reached,
                       const CommandText& root) {
  std::vector<std::string> known;
  if (absl::StartsWith(word, "-")) {
    for (const CommandText* command : {&reached, &root}) {
      for (const OptionText& option : command->options) {
        known.insert(known.end(), option.flags.begin(), option.flags.end());
      }
    }
  } else {
    for (const CommandText& command : reached.commands) {
      known.push_back(command.name);
    }
  }
  return NearestWord(word, known);
}

// What to say about words that no command takes.
absl::Status UnknownWord(const std::string& word, const CLI::App& root) {
  const CommandText reached = Describe(Reached(root));
  const bool is_option = absl::StartsWith(word, "-");
  std::string message = absl::StrCat(
      is_option ? absl::StrCat("There is no option ", word)
      : reached.commands.empty()
          ? absl::StrCat("There is one word too many: ", word)
          : absl::StrCat("There is no command `", reached.path, " ", word, "`"),
      ".");
  const std::string nearest = Suggestion(word, reached, Describe(root));
  if (!nearest.empty()) {
    absl::StrAppend(&message, "  Did you mean ",
                    is_option
                        ? nearest
                        : absl::StrCat("`", reached.path, " ", nearest, "`"),
                    "?");
  }
  return UsageError(
      absl::StrCat(message, "\nSee `", reached.path, " --help`."));
}

absl::Status Parse(CLI::App& root, Session& session,
                   std::vector<std::string> arguments) {
  const bool none = arguments.empty();
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
  try {
    root.parse(std::move(arguments));
  } catch (const CLI::CallForVersion&) {
    session.terminal.out << root.version() << '\n';
    return absl::OkStatus();
  } catch (const CLI::CallForHelp&) {
    session.terminal.out << HelpText(Describe(Reached(root)));
    return absl::OkStatus();
  } catch (const CLI::ExtrasError& error) {
    const std::vector<std::string> extra = root.remaining(true);
    if (!extra.empty()) return UnknownWord(extra.front(), root);
    return UsageError(error.what());
  } catch (const CLI::ParseError& error) {
    return UsageError(absl::StrCat(error.what(), "\nSee `",
                                   Describe(Reached(root)).path, " --help`."));
  }
  if (session.action != nullptr) return absl::OkStatus();
  if (none) {
    session.terminal.out << HelpText(Describe(root));
    return absl::OkStatus();
  }
  session.terminal.err << HelpText(Describe(Reached(root)));
  session.exit_code = kExitUsage;
  return absl::OkStatus();
}

int Fail(const Session& session, const absl::Status& status) {
  session.terminal.out.flush();
  session.terminal.err << FailureText(status, session.terminal.err_color);
  if (session.output.format == Format::kJson ||
      session.output.format == Format::kJsonLines) {
    session.terminal.err << FailureJson(status);
  }
  return ExitCodeOf(status);
}

}  // namespace

CLI::App& AddGroup(CLI::App& root, const std::string& name,
                   const std::string& summary) {
  CLI::App& group = *root.add_subcommand(name, summary);
  group.fallthrough();
  group.footer("");  // the root's examples are not this group's
  // At most one command: a later word is its argument, even if it is also the
  // name of a command.
  group.require_subcommand(0, 1);
  return group;
}

CLI::App& AddCommand(CLI::App& group, const std::string& name,
                     const std::string& summary, const std::string& examples) {
  CLI::App& command = *group.add_subcommand(name, summary);
  command.fallthrough();
  command.footer(examples);
  return command;
}

void OnRun(CLI::App& command, Session& session,
           std::function<absl::Status()> action) {
  command.callback(
      [&session, action = std::move(action)] { session.action = action; });
}

void AddImportFlags(CLI::App& command, ImportOptions& options) {
  command.add_flag("--skip-bad", options.skip_bad,
                   "Leave out rows that are wrong and store the others.");
  command.add_flag("--dry-run", options.dry_run,
                   "Check everything and store nothing.");
}

void AddLimit(CLI::App& command, int& limit) {
  command.add_option("--limit", limit, "Stop after so many; default all.")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
}

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
  AddReportCommands(*root, session);
  AddTokenCommands(*root, session);
  AddAdminCommands(*root, session);
  AddManualCommands(*root, session);
  return root;
}

int RunAttune(const std::vector<std::string>& arguments, Terminal terminal) {
  Session session(terminal);
  const std::unique_ptr<CLI::App> root = MakeCommands(session);
  absl::Status status = Parse(*root, session, arguments);
  if (session.no_color) {
    session.terminal.out_color = session.terminal.err_color = false;
  }
  if (status.ok() && session.action != nullptr) status = session.action();
  if (!status.ok()) return Fail(session, status);
  session.terminal.out.flush();
  if (!session.terminal.out) {
    return Fail(session, FileError("The results could not be written."));
  }
  return session.exit_code;
}

}  // namespace attune
