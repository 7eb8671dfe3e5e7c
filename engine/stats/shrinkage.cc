#include "engine/stats/shrinkage.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/stats/distributions.h"
#include "engine/stats/minimum.h"

namespace attune {
namespace {

struct Totals {
  explicit Totals(absl::Span<const GroupMean> groups) {
    double least = 0;
    double most = 0;
    for (const GroupMean& group : groups) {
      if (group.n == 0) continue;
      least = filled == 0 ? group.mean : std::min(least, group.mean);
      most = filled == 0 ? group.mean : std::max(most, group.mean);
      ++filled;
      n += group.n;
      squares += group.squares;
    }
    means_differ = least < most;
  }
  int64_t filled = 0;  // groups with values
  int64_t n = 0;
  double squares = 0;  // within groups
  bool means_differ = false;
};

Reason WhyNot(const Totals& totals) {
  if (totals.n == 0) return Reason::kNoData;
  if (totals.filled == 1) return Reason::kOneGroup;
  if (totals.n == totals.filled) return Reason::kNoResidualDf;
  if (totals.squares == 0 && !totals.means_differ) return Reason::kNoVariation;
  return Reason::kNone;
}

// Everything REML needs at one ratio s = tau2 / sigma2.
struct AtRatio {
  AtRatio(absl::Span<const GroupMean> groups, const Totals& totals, double s) {
    for (const GroupMean& group : groups) {
      const auto n = static_cast<double>(group.n);
      const double w = n / (1 + s * n);
      weights += w;
      weight_squares += w * w;
      mu += w * group.mean;
      logs += std::log1p(s * n);
    }
    mu /= weights;
    rss = totals.squares;
    for (const GroupMean& group : groups) {
      const auto n = static_cast<double>(group.n);
      const double w = n / (1 + s * n);
      const double off = group.mean - mu;
      rss += w * off * off;
      pull += w * w * off * off;
    }
    df = static_cast<double>(totals.n - 1);
  }
  double value() const { return logs + std::log(weights) + df * std::log(rss); }
  // Of value(), by s; mu is where rss is smallest, so that it does not count.
  double slope() const {
    return weights - weight_squares / weights - df * pull / rss;
  }
  double criterion() const {
    return logs + std::log(weights) +
           df * (1 + std::log(2 * std::numbers::pi * rss / df));
  }
  double mu = 0;
  double rss = 0;
  double df = 0;

 private:
  double weights = 0;
  double weight_squares = 0;
  double logs = 0;
  double pull = 0;
};

// Without variation inside the groups their means are known exactly.
VarianceComponents WithoutNoise(absl::Span<const GroupMean> groups,
                                const Totals& totals) {
  VarianceComponents components;
  const auto filled = static_cast<double>(totals.filled);
  for (const GroupMean& group : groups) {
    if (group.n > 0) components.mu += group.mean / filled;
  }
  for (const GroupMean& group : groups) {
    const double off = group.n > 0 ? group.mean - components.mu : 0;
    components.between += off * off / (filled - 1);
  }
  return components;
}

// Groups without values must not weigh in.
std::vector<GroupMean> Filled(absl::Span<const GroupMean> groups) {
  std::vector<GroupMean> filled;
  std::copy_if(groups.begin(), groups.end(), std::back_inserter(filled),
               [](const GroupMean& group) { return group.n > 0; });
  return filled;
}

void FitByReml(const std::vector<GroupMean>& groups, const Totals& totals,
               Shrinkage& result) {
  const Minimum best = SmallestOver(
      [&](double s) { return AtRatio(groups, totals, s).value(); },
      [&](double s) { return AtRatio(groups, totals, s).slope(); });
  const AtRatio none(groups, totals, 0);
  const bool differ = best.value < none.value() && !best.at_low_end;
  const AtRatio fit = differ ? AtRatio(groups, totals, best.ratio) : none;
  VarianceComponents components;
  components.mu = fit.mu;
  components.within = fit.rss / fit.df;
  components.between = differ ? best.ratio * components.within : 0;
  result.components = components;
  result.criterion = fit.criterion();
}

}  // namespace

GroupMean GroupMeanOf(absl::Span<const double> values) {
  GroupMean group;
  for (const double value : values) {  // Welford
    ++group.n;
    const double off = value - group.mean;
    group.mean += off / static_cast<double>(group.n);
    group.squares += off * (value - group.mean);
  }
  return group;
}

double ReliabilityOf(const VarianceComponents& components, int64_t n) {
  if (n == 0) return 0;
  const double noise = components.within / static_cast<double>(n);
  const double both = components.between + noise;
  return both > 0 ? components.between / both : 0;
}

Shrinkage Shrink(absl::Span<const GroupMean> groups) {
  const Totals totals(groups);
  Shrinkage result;
  result.reason = WhyNot(totals);
  if (result.reason != Reason::kNone) {
    for (const GroupMean& group : groups) {
      result.groups.push_back({group.mean, {}, {}, group.n == 0});
    }
    return result;
  }
  const std::vector<GroupMean> filled = Filled(groups);
  if (totals.squares > 0) {
    FitByReml(filled, totals, result);
  } else {
    result.components = WithoutNoise(filled, totals);
  }
  const VarianceComponents& fit = *result.components;
  // The variance of mu.
  double weights = 0;
  for (const GroupMean& group : filled) {
    weights += 1 / (fit.between + fit.within / static_cast<double>(group.n));
  }
  for (const GroupMean& group : groups) {
    ShrunkMean shrunk;
    const double weight = ReliabilityOf(fit, group.n);
    shrunk.weight = weight;
    shrunk.prior_only = group.n == 0;
    shrunk.shrunk =
        group.n == 0 ? fit.mu : fit.mu + weight * (group.mean - fit.mu);
    const double own = group.n == 0
                           ? fit.between
                           : weight * fit.within / static_cast<double>(group.n);
    const double margin =
        NormalMargin() * std::sqrt(own + (1 - weight) * (1 - weight) / weights);
    shrunk.interval = Interval{shrunk.shrunk - margin, shrunk.shrunk + margin};
    result.groups.push_back(shrunk);
  }
  return result;
}

std::optional<VarianceComponents> AnovaComponents(
    absl::Span<const GroupMean> groups) {
  const Totals totals(groups);
  if (WhyNot(totals) != Reason::kNone) return std::nullopt;
  const auto n = static_cast<double>(totals.n);
  const auto filled = static_cast<double>(totals.filled);
  double sum = 0;
  double squares_of_n = 0;
  for (const GroupMean& group : groups) {
    const auto count = static_cast<double>(group.n);
    sum += count * group.mean;
    squares_of_n += count * count;
  }
  double between = 0;
  for (const GroupMean& group : groups) {
    const double off = group.mean - sum / n;
    between += static_cast<double>(group.n) * off * off;
  }
  VarianceComponents result;
  result.within = totals.squares / (n - filled);
  const double n0 = (n - squares_of_n / n) / (filled - 1);
  result.between = std::max(0.0, (between / (filled - 1) - result.within) / n0);
  // The weighted mean that these variances give; the plain one if both are 0.
  double weights = 0;
  double weighted = 0;
  for (const GroupMean& group : groups) {
    if (group.n == 0) continue;
    const double variance =
        result.between + result.within / static_cast<double>(group.n);
    const double w = variance > 0 ? 1 / variance : 1;
    weights += w;
    weighted += w * group.mean;
  }
  result.mu = weighted / weights;
  return result;
}

std::optional<JamesStein> JamesSteinOf(absl::Span<const double> values,
                                       double variance) {
  constexpr int64_t kFewest = 4;
  const GroupMean all = GroupMeanOf(values);
  if (all.n < kFewest || all.squares <= 0 || variance <= 0) {
    return std::nullopt;
  }
  JamesStein result;
  result.spread = all.squares / variance;
  result.factor = 1 - static_cast<double>(all.n - 3) / result.spread;
  for (const double value : values) {
    result.values.push_back(all.mean + result.factor * (value - all.mean));
  }
  return result;
}

}  // namespace attune
