// The parts of attune self-check.

#ifndef ATTUNE_TOOLS_ATTUNE_SELF_CHECK_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_SELF_CHECK_COMMANDS_H_

#include <string>

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

void AddSelfCheckCycleCommands(CLI::App& group, Session& session);
void AddSelfCheckFeedbackCommand(CLI::App& group, Session& session);

// --cycle.
void AddCycleOption(CLI::App& command, std::string& cycle);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SELF_CHECK_COMMANDS_H_
