// Manual pages (roff) from the command table.

#ifndef ATTUNE_TOOLS_ATTUNE_MAN_H_
#define ATTUNE_TOOLS_ATTUNE_MAN_H_

#include <map>
#include <string>

#include "tools/attune/help.h"

namespace attune {

// attune(1): every command, the global options, the exit codes.
std::string ManualPage(const CommandText& root);
// One page for each command, by file name: `attune-people-import.1`; and
// `attune.1`.
std::map<std::string, std::string> ManualPages(const CommandText& root);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_MAN_H_
