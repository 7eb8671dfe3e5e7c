// From the words of a command line to an exit code.

#ifndef ATTUNE_TOOLS_ATTUNE_COMMAND_LINE_H_
#define ATTUNE_TOOLS_ATTUNE_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

// Reads `arguments` (without the program's name), does what they ask, says what
// failed, and gives the exit code; see failure.h.
int RunCommandLine(CLI::App& root, Session& session,
                   const std::vector<std::string>& arguments);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_COMMAND_LINE_H_
