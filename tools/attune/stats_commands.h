// The parts of `attune stats`, which needs no server.

#ifndef ATTUNE_TOOLS_ATTUNE_STATS_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_STATS_COMMANDS_H_

#include <cstdint>

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

// A bootstrap that can be repeated.
struct DrawOptions {
  uint64_t seed = 1;
  int64_t draws = 1000;
};
// --seed and --draws.
void AddDrawOptions(CLI::App& command, DrawOptions& options);

void AddStatsAgreementCommand(CLI::App& group, Session& session);
void AddStatsSeverityCommand(CLI::App& group, Session& session);
void AddStatsDriversCommand(CLI::App& group, Session& session);
// nps, compare and shrink.
void AddStatsMeanCommands(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_STATS_COMMANDS_H_
