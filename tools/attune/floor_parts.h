// The parts of `attune floor`.

#ifndef ATTUNE_TOOLS_ATTUNE_FLOOR_PARTS_H_
#define ATTUNE_TOOLS_ATTUNE_FLOOR_PARTS_H_

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

void AddFloorHoursCommand(CLI::App& group, Session& session);
// work-days import and list.
void AddWorkDayCommands(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FLOOR_PARTS_H_
