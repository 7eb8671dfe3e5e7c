// The command line as a whole: read it, do it, say how it went.

#ifndef ATTUNE_TOOLS_ATTUNE_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_COMMANDS_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/attune/option.h"
#include "tools/attune/session.h"
#include "tools/attune/terminal.h"

namespace attune {

// The command table.  Keeps a reference to `session`.
std::unique_ptr<CLI::App> MakeCommands(Session& session);

// Runs `attune` with these arguments (without the program's name) and gives
// its exit code; see failure.h.
int RunAttune(const std::vector<std::string>& arguments, Terminal terminal);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_COMMANDS_H_
