#include "tools/attune_load/load_commands.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_split.h"
#include "tools/attune/command.h"
#include "tools/attune/command_line.h"

namespace attune {
namespace {

void AddRootOptions(CLI::App& root, Session& session,
                    std::vector<std::string>& servers) {
  root.add_option_function<std::string>(
          "--server",
          [&session, &servers](const std::string& text) {
            servers = absl::StrSplit(text, ',');
            session.connection.server = servers[0];
          },
          "Servers of one store, channels in turn; ATTUNE_SERVER says it too; "
          "default 127.0.0.1:7400.")
      ->envname("ATTUNE_SERVER")
      ->type_name("HOST:PORT,...");
  AddConnectionOptions(root, session.connection);
  root.add_option_function<std::string>(
          "-o,--output",
          [&session](const std::string& name) {
            session.output.format =
                name == "json" ? Format::kJson : Format::kTable;
          },
          "How results are printed; default table.")
      ->check(CLI::IsMember(std::vector<std::string>{"table", "json"}))
      ->type_name("FORMAT");
  root.add_flag("--no-color", session.no_color,
                "No colour; NO_COLOR=1 says it too.");
  root.add_flag("-q,--quiet", session.quiet,
                "No progress, only results and errors.");
  root.set_version_flag("--version", "attune-load " ATTUNE_VERSION,
                        "Print the version and exit.");
}

}  // namespace

int RunAttuneLoad(const std::vector<std::string>& arguments,
                  Terminal terminal) {
  Session session(terminal);
  std::vector<std::string> servers = {session.connection.server};
  CLI::App root(
      "Puts a load on attuned servers, and fills a store with a made-up year.",
      "attune-load");
  root.footer(
      "attune-load generate --token-file var/admin.token\n"
      "attune-load run --token-file var/admin.token --seconds 30");
  root.require_subcommand(0, 1);
  root.set_help_flag("-h,--help", "Print help on any command and exit.");
  AddRootOptions(root, session, servers);
  AddRunCommand(root, session, servers);
  AddGenerateCommand(root, session, servers);
  return RunCommandLine(root, session, arguments);
}

}  // namespace attune
