// How sampling plans and draws are shown.

#ifndef ATTUNE_TOOLS_ATTUNE_PLAN_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_PLAN_VIEW_H_

#include <vector>

#include "absl/status/status.h"
#include "attune/v1/sampling_plan.pb.h"
#include "tools/attune/output.h"
#include "tools/attune/session.h"

namespace attune {

const std::vector<Column<v1::SamplingPlan>>& PlanColumns();
const std::vector<Column<v1::Draw>>& DrawColumns();

// A draw with its agents and advocates; as CSV its contacts, a row each.
absl::Status PrintDraw(Session& session, const v1::Draw& draw);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_PLAN_VIEW_H_
