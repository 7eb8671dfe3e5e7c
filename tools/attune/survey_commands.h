// The parts of `attune surveys`.

#ifndef ATTUNE_TOOLS_ATTUNE_SURVEY_COMMANDS_H_
#define ATTUNE_TOOLS_ATTUNE_SURVEY_COMMANDS_H_

#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

void AddSurveyImport(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SURVEY_COMMANDS_H_
