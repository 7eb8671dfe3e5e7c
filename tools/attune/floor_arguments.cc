#include "tools/attune/floor_arguments.h"

namespace attune {

void AddWeekOptions(CLI::App& command, WeekOptions& options) {
  AddOption(command, "--since", options.since,
            "First ISO week such as 2026-W47, or a day of it, UTC.")
      .TypeName("WEEK");
  AddOption(command, "--until", options.until, "Last ISO week, or a day of it.")
      .TypeName("WEEK");
}

}  // namespace attune
