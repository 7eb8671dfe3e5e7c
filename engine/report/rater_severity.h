// Severity of raters and fair means of agents, from who gave whom how much on
// one form.

#ifndef ATTUNE_ENGINE_REPORT_RATER_SEVERITY_H_
#define ATTUNE_ENGINE_REPORT_RATER_SEVERITY_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attune/v1/severity.pb.h"
#include "engine/stats/crossed_scores.h"
#include "engine/stats/figure.h"
#include "engine/stats/severity.h"

namespace attune {

struct RatedScore {
  std::string agent;
  std::string rater;
  int64_t day = 0;         // of the contact
  int64_t hundredths = 0;  // of a percent
  bool auto_failed = false;

  double percent() const { return static_cast<double>(hundredths) / 100; }
  friend auto operator<=>(const RatedScore&, const RatedScore&) = default;
};

// Agents and raters that scores link, with a model of their own.
struct LinkedScores {
  LinkedScores(std::vector<std::string> agent_ids,
               std::vector<std::string> rater_ids,
               const std::vector<CrossedScore>& scores);

  // Where they stand in `agents` and `raters`.
  std::optional<size_t> FindAgent(absl::string_view id) const;
  std::optional<size_t> FindRater(absl::string_view id) const;
  // Whether its numbers are worth telling; else `reason` says why not.
  bool adjusts() const { return reason == Reason::kNone; }

  std::vector<std::string> agents;  // ids, sorted
  std::vector<std::string> raters;
  CrossedScores sums;
  Severity fit;
  Reason reason = Reason::kNone;  // also `too_few` degrees of freedom
};

// A model for each part of the scores that nothing links to another; the
// largest first.  What was auto-failed is left out.
class SeverityModel {
 public:
  // In any order: the result does not depend on it.
  explicit SeverityModel(std::vector<RatedScore> scores);

  const std::vector<RatedScore>& scores() const { return scores_; }
  const std::vector<LinkedScores>& parts() const { return parts_; }
  // The part in which this rater scored.
  const LinkedScores* PartOf(absl::string_view rater) const;

 private:
  std::vector<RatedScore> scores_;  // sorted
  std::vector<LinkedScores> parts_;
};

// Whom a report shows.
struct SeverityView {
  bool all_raters = true;
  std::string rater = {};  // the one, if not all; an id
  std::optional<std::set<std::string>> agents = {};  // ids; absent: all
};

// Parts in which nobody is shown are left out, and who is not shown is not
// named.
v1::SeverityReport SeverityReportOf(const SeverityModel& model,
                                    const SeverityView& view);
// One rater of a part.
v1::RaterSeverity RaterSeverityOf(const LinkedScores& part, size_t rater);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_RATER_SEVERITY_H_
