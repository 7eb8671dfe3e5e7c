// How `attune stats` shows what it found.

#ifndef ATTUNE_TOOLS_ATTUNE_STATS_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_STATS_VIEW_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/stats/figure.h"
#include "tools/attune/session.h"
#include "tools/attune/table.h"

namespace attune {

struct StatsTable {
  std::string title;  // may be empty
  std::vector<std::pair<std::string, Align>> columns;
  std::vector<std::vector<std::string>> rows;
};

struct StatsReport {
  nlohmann::ordered_json json;
  std::string headline;            // one line above the tables
  std::vector<StatsTable> tables;  // the first one is the CSV
  std::vector<std::string> remarks;
};

// In the chosen format; remarks on stderr.  INVALID_ARGUMENT (USAGE) for fields
// that the first table has not.
absl::Status PrintStats(Session& session, const StatsReport& report);

// Rounded half away from zero; empty for nothing.
std::string Shown(const std::optional<double>& value, int places);
// `0.5 to 0.8`, or empty.
std::string Shown(const std::optional<Interval>& interval, int places);

// Numbers, words and [low, high], or null.
nlohmann::ordered_json JsonOf(const std::optional<double>& value);
nlohmann::ordered_json JsonOf(const std::optional<Interval>& interval);
nlohmann::ordered_json JsonOf(Reason reason);

// `no_variation` in words that end a sentence; empty for kNone.
std::string ReasonText(Reason reason);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_STATS_VIEW_H_
