#include "engine/voice/voice_scope.h"

#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"

namespace attune {

absl::Status Narrow(Transaction& tx, const Caller& caller,
                    SurveyFilter& filter) {
  ASSIGN_OR_RETURN(const ReportScope scope,
                   NarrowScope(tx, caller, {filter.team, filter.person}));
  filter.team = scope.team;
  filter.person = scope.person;
  return absl::OkStatus();
}

}  // namespace attune
