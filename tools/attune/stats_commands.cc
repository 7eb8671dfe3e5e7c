// attune stats: the statistics of engine/stats on files, without a server.

#include "tools/attune/stats_commands.h"

#include "tools/attune/command.h"

namespace attune {

void AddDrawOptions(CLI::App& command, DrawOptions& options) {
  constexpr int64_t kMostDraws = 100'000;
  AddOption(command, "--seed", options.seed,
            "Seed of the bootstrap, stored with the result; default 1.")
      .TypeName("N");
  AddOption(command, "--draws", options.draws,
            "Draws of the bootstrap; 0 for no interval; default 1000.")
      .Between(int64_t{0}, kMostDraws)
      .TypeName("N");
}

void AddStatsCommands(CLI::App& root, Session& session) {
  CLI::App& stats =
      AddGroup(root, "stats",
               "Agreement, fair scores, NPS and drivers of files, without a "
               "server.");
  AddStatsAgreementCommand(stats, session);
  AddStatsSeverityCommand(stats, session);
  AddStatsMeanCommands(stats, session);
  AddStatsDriversCommand(stats, session);
}

}  // namespace attune
