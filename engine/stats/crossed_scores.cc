#include "engine/stats/crossed_scores.h"

#include <algorithm>
#include <limits>

namespace attune {
namespace {

constexpr size_t kNowhere = std::numeric_limits<size_t>::max();

// Gathers the component of `start`, which is numbered after the agents if it is
// a rater.
class Walk {
 public:
  explicit Walk(const CrossedScores& scores)
      : scores_(scores),
        agents_of_(scores.raters.size()),
        agent_seen_(scores.agents.size()),
        rater_seen_(scores.raters.size()) {
    for (size_t agent = 0; agent < scores.cells.size(); ++agent) {
      for (const CrossedCell& cell : scores.cells[agent]) {
        agents_of_[cell.rater].push_back(agent);
      }
    }
  }

  bool seen(size_t agent) const { return agent_seen_[agent]; }

  CrossedComponent From(size_t start) {
    CrossedComponent found;
    std::vector<size_t> waiting{start};
    agent_seen_[start] = true;
    while (!waiting.empty()) {
      const size_t agent = waiting.back();
      waiting.pop_back();
      found.agents.push_back(agent);
      for (const CrossedCell& cell : scores_.cells[agent]) {
        if (rater_seen_[cell.rater]) continue;
        rater_seen_[cell.rater] = true;
        found.raters.push_back(cell.rater);
        for (const size_t other : agents_of_[cell.rater]) {
          if (agent_seen_[other]) continue;
          agent_seen_[other] = true;
          waiting.push_back(other);
        }
      }
    }
    std::sort(found.agents.begin(), found.agents.end());
    std::sort(found.raters.begin(), found.raters.end());
    return found;
  }

 private:
  const CrossedScores& scores_;
  std::vector<std::vector<size_t>> agents_of_;
  std::vector<bool> agent_seen_;
  std::vector<bool> rater_seen_;
};

}  // namespace

CrossedScores::CrossedScores(absl::Span<const CrossedScore> scores,
                             size_t agent_count, size_t rater_count)
    : n(static_cast<int64_t>(scores.size())),
      agents(agent_count),
      raters(rater_count),
      cells(agent_count) {
  for (const CrossedScore& score : scores) {
    centre += score.score / static_cast<double>(n);
  }
  // Where each rater's cell of the agent at hand stands.
  std::vector<size_t> place(rater_count, kNowhere);
  std::vector<std::vector<size_t>> by_agent(agent_count);
  for (size_t i = 0; i < scores.size(); ++i) {
    by_agent[scores[i].agent].push_back(i);
  }
  for (size_t agent = 0; agent < agent_count; ++agent) {
    CrossedTotal& total = agents[agent];
    for (const size_t i : by_agent[agent]) {
      const size_t rater = scores[i].rater;
      const double about = scores[i].score - centre;
      if (place[rater] == kNowhere) {
        place[rater] = cells[agent].size();
        cells[agent].push_back({rater, 0, 0});
      }
      CrossedCell& cell = cells[agent][place[rater]];
      ++cell.n;
      cell.sum += about;
      ++total.n;
      total.sum += about;
      ++raters[rater].n;
      raters[rater].sum += about;
    }
    // Equal scores leave exactly nothing, whatever their mean rounds to.
    const bool same = std::all_of(
        by_agent[agent].begin(), by_agent[agent].end(), [&](size_t i) {
          return scores[i].score == scores[by_agent[agent].front()].score;
        });
    for (const size_t i : by_agent[agent]) {
      const double off = same ? 0 : scores[i].score - centre - total.mean();
      squares_within_agents += off * off;
    }
    for (const CrossedCell& cell : cells[agent]) place[cell.rater] = kNowhere;
  }
}

int64_t CrossedScores::residual_df() const {
  if (n == 0) return 0;
  return n - static_cast<int64_t>(agents.size()) -
         (static_cast<int64_t>(raters.size()) - 1);
}

std::vector<CrossedComponent> ComponentsOf(const CrossedScores& scores) {
  std::vector<CrossedComponent> components;
  Walk walk(scores);
  for (size_t agent = 0; agent < scores.agents.size(); ++agent) {
    if (!walk.seen(agent)) components.push_back(walk.From(agent));
  }
  return components;
}

Reason WhyNotSeparable(const CrossedScores& scores) {
  if (scores.n == 0) return Reason::kNoData;
  if (ComponentsOf(scores).size() > 1) return Reason::kDisconnected;
  if (scores.raters.size() == 1) return Reason::kOneRater;
  if (scores.residual_df() < 1) return Reason::kNoResidualDf;
  return Reason::kNone;
}

}  // namespace attune
