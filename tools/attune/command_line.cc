#include "tools/attune/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/attune/failure.h"
#include "tools/attune/help.h"

namespace attune {
namespace {

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

int Fail(const CLI::App& root, const Session& session,
         const absl::Status& status) {
  session.terminal.out.flush();
  session.terminal.err << FailureText(status, session.terminal.err_color,
                                      root.get_name());
  if (session.output.format == Format::kJson ||
      session.output.format == Format::kJsonLines) {
    session.terminal.err << FailureJson(status);
  }
  return ExitCodeOf(status);
}

}  // namespace

int RunCommandLine(CLI::App& root, Session& session,
                   const std::vector<std::string>& arguments) {
  absl::Status status = Parse(root, session, arguments);
  if (session.no_color) {
    session.terminal.out_color = session.terminal.err_color = false;
  }
  if (status.ok() && session.action != nullptr) status = session.action();
  if (!status.ok()) return Fail(root, session, status);
  session.terminal.out.flush();
  if (!session.terminal.out) {
    return Fail(root, session, FileError("The results could not be written."));
  }
  return session.exit_code;
}

}  // namespace attune
