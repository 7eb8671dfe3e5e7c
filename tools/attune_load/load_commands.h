// The command line of attune-load.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_LOAD_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_LOAD_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/attune/option.h"
#include "tools/attune/session.h"
#include "tools/attune/terminal.h"

namespace attune {

// `servers` is what --server says, apart at its commas; the session's own
// server is the first.
void AddRunCommand(CLI::App& root, Session& session,
                   const std::vector<std::string>& servers);
void AddGenerateCommand(CLI::App& root, Session& session,
                        const std::vector<std::string>& servers);

// Runs `attune-load` with these arguments (without the program's name) and
// gives its exit code; see failure.h.  A load in which calls failed ends with
// kExitFound.
int RunAttuneLoad(const std::vector<std::string>& arguments, Terminal terminal);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_LOAD_COMMANDS_H_
