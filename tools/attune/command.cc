#include "tools/attune/command.h"

#include <CLI/CLI.hpp>
#include <utility>

namespace attune {

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

void AddConnectionOptions(CLI::App& root, ConnectionOptions& options) {
  root.add_option("--token-file", options.token_file,
                  "File with the API token; ATTUNE_TOKEN_FILE says it too; "
                  "default ./var/admin.token, else ~/.config/attune/token.")
      ->envname("ATTUNE_TOKEN_FILE")
      ->type_name("FILE");
  root.add_option("--tls-ca", options.tls_ca,
                  "PEM file with the authority that signed the server's "
                  "certificate; default the system's.")
      ->type_name("FILE");
  root.add_option("--timeout", options.timeout_seconds,
                  "Seconds that one call may take; default 30.")
      ->check(CLI::Range(0.001, 86'400.0))
      ->type_name("SECONDS");
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

}  // namespace attune
