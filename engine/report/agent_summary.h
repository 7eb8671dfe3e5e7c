// What an agent's rollups come to, in words and figures.

#ifndef ATTUNE_ENGINE_REPORT_AGENT_SUMMARY_H_
#define ATTUNE_ENGINE_REPORT_AGENT_SUMMARY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "attune/v1/report.pb.h"
#include "engine/stats/mean.h"
#include "engine/store/database.h"
#include "engine/store/rollups.h"

namespace attune {

v1::Average AverageOf(const Sums& sums);

// What a report needs to know of a form.
struct FormLabel {
  std::map<int64_t, SectionLabel> sections;  // by slot
  std::optional<double> floor_percent;       // of the newest revision
};

// By form id.
using FormLabels = std::map<std::string, FormLabel>;

// Gathers rollups of one agent, or of a whole team, and sums them up.
class SummaryBuilder {
 public:
  void Add(const RollupKey& key, const Tally& tally);
  void Add(const SummaryBuilder& other);

  // The forms that were used, to look up their labels.
  std::vector<std::string> forms() const;

  v1::AgentSummary Build(const FormLabels& labels) const;
  // Days with scores, oldest first.
  std::vector<v1::DayAverage> Days() const;

 private:
  std::map<std::string, Tally> by_form_;
  std::map<int64_t, Sums> by_day_;
};

// Empty for a form that was never published.
absl::StatusOr<FormLabel> FindFormLabel(Transaction& tx,
                                        absl::string_view form_id);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_AGENT_SUMMARY_H_
