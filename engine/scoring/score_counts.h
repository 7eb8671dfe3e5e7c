// How often each total occurred: everything a distribution is told by, exact
// and in the same memory for however many scores.

#ifndef ATTUNE_ENGINE_SCORING_SCORE_COUNTS_H_
#define ATTUNE_ENGINE_SCORING_SCORE_COUNTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/stats/mean.h"

namespace attune {

// Hundredths of a percent.
class ScoreCounts {
 public:
  void Add(int64_t score) {
    sums_.Add(score);
    ++counts_[score];
  }
  void Merge(const ScoreCounts& other);

  const Sums& sums() const { return sums_; }
  // The lowest score that at least `percent` % of the scores do not exceed;
  // nothing without scores.  `percent` is above 0 and at most 100.
  std::optional<int64_t> Percentile(int percent) const;
  // Bins of 5 points: [0, 5), ..., [90, 95), [95, 100], and above 100 as far as
  // there are scores.
  std::vector<int64_t> Bins() const;

 private:
  Sums sums_;
  absl::flat_hash_map<int64_t, int64_t> counts_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_SCORE_COUNTS_H_
