// Scores that raters gave agents, added up to what the models of severity need.

#ifndef ATTUNE_ENGINE_STATS_CROSSED_SCORES_H_
#define ATTUNE_ENGINE_STATS_CROSSED_SCORES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/stats/figure.h"

namespace attune {

struct CrossedScore {
  size_t agent = 0;
  size_t rater = 0;
  double score = 0;
};

// What one rater gave one agent.
struct CrossedCell {
  size_t rater = 0;
  int64_t n = 0;
  double sum = 0;  // about `centre`
};

struct CrossedTotal {
  int64_t n = 0;
  double sum = 0;  // about `centre`

  double mean() const { return sum / static_cast<double>(n); }
};

struct CrossedScores {
  // Agents and raters are numbered from 0; each of them has a score.  All sums
  // are about the mean of all scores: squares of small numbers keep their
  // digits.
  CrossedScores(absl::Span<const CrossedScore> scores, size_t agent_count,
                size_t rater_count);

  int64_t n = 0;
  double centre = 0;
  double squares_within_agents = 0;  // about each agent's mean
  std::vector<CrossedTotal> agents;
  std::vector<CrossedTotal> raters;
  std::vector<std::vector<CrossedCell>> cells;  // of each agent, by rater

  double agent_mean(size_t agent) const {
    return centre + agents[agent].mean();
  }
  // Degrees of freedom left by an effect of every agent and every rater.
  int64_t residual_df() const;
};

// Agents and raters that scores link, directly or through others.  Only inside
// one component can severity be told from skill.
struct CrossedComponent {
  std::vector<size_t> agents;
  std::vector<size_t> raters;
};
std::vector<CrossedComponent> ComponentsOf(const CrossedScores& scores);

// Why effects of agents and raters cannot be told apart: `no_data`,
// `disconnected`, `one_rater`, `no_residual_df`.
Reason WhyNotSeparable(const CrossedScores& scores);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_CROSSED_SCORES_H_
