// What people type of time on the floor, made into what the contract takes.

#ifndef ATTUNE_TOOLS_ATTUNE_FLOOR_ARGUMENTS_H_
#define ATTUNE_TOOLS_ATTUNE_FLOOR_ARGUMENTS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/option.h"

namespace attune {

// --since and --until: ISO weeks such as 2026-W47, or days that stand for the
// weeks they are in.
struct WeekOptions {
  std::string since;
  std::string until;
};

void AddWeekOptions(CLI::App& command, WeekOptions& options);

template <typename Request>
absl::Status SetWeeks(const WeekOptions& options, Request& request) {
  WeekOptions days = options;
  if (absl::StrContains(options.since, 'W')) {
    request.set_first_week(options.since);
    days.since.clear();
  }
  if (absl::StrContains(options.until, 'W')) {
    request.set_last_week(options.until);
    days.until.clear();
  }
  if (days.since.empty() && days.until.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(days.since, days.until));
  return absl::OkStatus();
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FLOOR_ARGUMENTS_H_
