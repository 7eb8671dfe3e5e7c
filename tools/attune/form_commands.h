// The parts of `attune forms`.

#ifndef ATTUNE_TOOLS_ATTUNE_FORM_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_FORM_COMMANDS_H_

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

// lint and score, which need no server; nor does import.
void AddOfflineFormCommands(CLI::App& group, Session& session);
void AddFormImport(CLI::App& group, Session& session);
void AddFormPublish(CLI::App& group, Session& session);
void AddFormBacktest(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FORM_COMMANDS_H_
