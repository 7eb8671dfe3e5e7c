// The rows of people's time on the floor: who, their sessions, their leave.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_RECORD_ROWS_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_RECORD_ROWS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/access/caller.h"
#include "engine/coaching/floor_hours.h"
#include "engine/report/report_scopes.h"
#include "engine/store/database.h"

namespace attune {

// Mondays, both included.
struct FloorWeeks {
  int64_t first = 0;
  int64_t last = 0;
};

// By id: people of the scope with one of these roles or with sessions in these
// weeks; a person who is asked for in any case.
absl::StatusOr<std::vector<FloorRecord>> FindFloorRecords(
    Transaction& tx, const ReportScope& scope, RoleSet roles,
    const FloorWeeks& weeks);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_RECORD_ROWS_H_
