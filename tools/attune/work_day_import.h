// Work days from CSV files.

#ifndef ATTUNE_TOOLS_ATTUNE_WORK_DAY_IMPORT_H_
#define ATTUNE_TOOLS_ATTUNE_WORK_DAY_IMPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/work_day.pb.h"
#include "tools/attune/import_rows.h"

namespace attune {

struct WorkDayRow {
  RowOrigin origin;
  v1::WorkDay work_day;
};

// The columns, in the order in which they are listed as CSV:
// `person_id,day,logged_minutes,customer_facing_minutes,idle_chats,
// idle_chat_minutes,leave`; the first two are required, blank numbers are 0,
// leave is yes or no.
const std::vector<std::string>& WorkDayColumns();

// Rows that are well-formed.  INVALID_ARGUMENT if it is no such file.
absl::StatusOr<std::vector<WorkDayRow>> ParseWorkDays(const std::string& file,
                                                      absl::string_view text,
                                                      int64_t now_us,
                                                      std::vector<BadRow>& bad);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_WORK_DAY_IMPORT_H_
