// Shell completions from the command table.

#ifndef ATTUNE_TOOLS_ATTUNE_COMPLETIONS_H_
#define ATTUNE_TOOLS_ATTUNE_COMPLETIONS_H_

#include <string>

#include "tools/attune/help.h"

namespace attune {

// Commands, options, values of options that have a fixed set, and files.
std::string BashCompletions(const CommandText& root);
std::string ZshCompletions(const CommandText& root);
std::string FishCompletions(const CommandText& root);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_COMPLETIONS_H_
