#include "engine/scoring/score_counts.h"

#include <algorithm>

namespace attune {
namespace {

constexpr int64_t kWhole = 10'000;
constexpr int64_t kBinWidth = 500;
constexpr size_t kBinsToWhole = 20;

size_t BinOf(int64_t score) {
  // What is whole belongs to the bin below it.
  const int64_t inside = score == kWhole ? score - 1 : score;
  return static_cast<size_t>(std::max<int64_t>(inside, 0) / kBinWidth);
}

}  // namespace

void ScoreCounts::Merge(const ScoreCounts& other) {
  sums_.Add(other.sums_);
  for (const auto& [score, count] : other.counts_) counts_[score] += count;
}

std::optional<int64_t> ScoreCounts::Percentile(int percent) const {
  if (sums_.n == 0) return std::nullopt;
  const std::map<int64_t, int64_t> ordered(counts_.begin(), counts_.end());
  int64_t up_to = 0;
  for (const auto& [score, count] : ordered) {
    up_to += count;
    if (up_to * 100 >= sums_.n * percent) return score;
  }
  return ordered.rbegin()->first;
}

std::vector<int64_t> ScoreCounts::Bins() const {
  std::vector<int64_t> bins(kBinsToWhole);
  for (const auto& [score, count] : counts_) {
    const size_t bin = BinOf(score);
    if (bin >= bins.size()) bins.resize(bin + 1);
    bins[bin] += count;
  }
  return bins;
}

}  // namespace attune
