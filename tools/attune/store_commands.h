// The part of `attune admin` that works on stores, without a server.

#ifndef ATTUNE_TOOLS_ATTUNE_STORE_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_STORE_COMMANDS_H_

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

// migrate-store.
void AddStoreCommands(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_STORE_COMMANDS_H_
