#include "engine/stats/control_limits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/stats/distributions.h"
#include "engine/stats/holm.h"

namespace attune {
namespace {

constexpr size_t kFewestPoints = 6;
constexpr size_t kFewestFinalPoints = 10;
// Wheeler's constants: three standard deviations, by ranges of two.
constexpr double kLimitFactor = 2.66;
constexpr double kRangeFactor = 3.268;
constexpr size_t kLongRun = 8;
constexpr size_t kWindow = 4;
constexpr size_t kNearOfWindow = 3;
constexpr double kSignificant = 0.05;

int SideOf(double off) { return off > 0 ? 1 : off < 0 ? -1 : 0; }

void AddSignals(absl::Span<const double> points, XmrChart& chart) {
  const double reach = chart.limits->high - chart.mean;
  std::vector<int> near;  // the side of points nearer to a limit, else 0
  size_t run = 0;
  int run_side = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    const double off = points[i] - chart.mean;
    const int side = SideOf(off);
    if (std::abs(off) > reach) chart.outside.push_back(i);
    run = side != 0 && side == run_side ? run + 1 : 1;
    run_side = side;
    if (side != 0 && run >= kLongRun) chart.long_runs.push_back(i);
    near.push_back(std::abs(off) > reach / 2 ? side : 0);
    if (i + 1 < kWindow || near[i] == 0) continue;
    const auto window = near.end() - static_cast<std::ptrdiff_t>(kWindow);
    if (static_cast<size_t>(std::count(window, near.end(), near[i])) >=
        kNearOfWindow) {
      chart.near_limit.push_back(i);
    }
  }
}

Interval Around(double middle, double probability, double deviation) {
  const double margin = NormalQuantile(probability) * deviation;
  return {middle - margin, middle + margin};
}

}  // namespace

XmrChart XmrChartOf(absl::Span<const double> points) {
  XmrChart chart;
  if (points.size() < kFewestPoints) {
    chart.reason = points.empty() ? Reason::kNoData : Reason::kTooFew;
    return chart;
  }
  chart.provisional = points.size() < kFewestFinalPoints;
  chart.mean = GroupMeanOf(points).mean;
  for (size_t i = 1; i < points.size(); ++i) {
    chart.mean_range += std::abs(points[i] - points[i - 1]);
  }
  chart.mean_range /= static_cast<double>(points.size() - 1);
  chart.limits = Interval{chart.mean - kLimitFactor * chart.mean_range,
                          chart.mean + kLimitFactor * chart.mean_range};
  chart.range_limit = kRangeFactor * chart.mean_range;
  AddSignals(points, chart);
  return chart;
}

FunnelLimits FunnelLimitsOf(const VarianceComponents& components, int64_t n) {
  const double deviation = std::sqrt(
      components.between + components.within / static_cast<double>(n));
  return {Around(components.mu, 0.975, deviation),
          Around(components.mu, 0.999, deviation)};
}

std::vector<std::vector<size_t>> IndistinctGroups(
    absl::Span<const Estimated> estimates) {
  std::vector<size_t> order(estimates.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return estimates[a].value > estimates[b].value;
  });
  std::vector<double> p_values;
  for (size_t i = 1; i < order.size(); ++i) {
    const Estimated& better = estimates[order[i - 1]];
    const Estimated& worse = estimates[order[i]];
    const double difference = better.value - worse.value;
    const double variance = better.variance + worse.variance;
    if (variance > 0) {
      p_values.push_back(TwoSidedNormal(difference / std::sqrt(variance)));
    } else {
      p_values.push_back(difference > 0 ? 0 : 1);
    }
  }
  const std::vector<double> adjusted = HolmAdjusted(p_values);
  std::vector<std::vector<size_t>> groups;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || adjusted[i - 1] < kSignificant) groups.emplace_back();
    groups.back().push_back(order[i]);
  }
  return groups;
}

ThemeRise ThemeRiseOf(int64_t count, absl::Span<const int64_t> earlier) {
  constexpr size_t kPeriods = 6;
  constexpr double kLeastUsual = 0.5;
  constexpr int64_t kFewest = 5;
  constexpr double kUnlikely = 0.01;
  const absl::Span<const int64_t> last =
      earlier.size() > kPeriods ? earlier.subspan(earlier.size() - kPeriods)
                                : earlier;
  ThemeRise rise;
  if (!last.empty()) {
    rise.usual = static_cast<double>(
                     std::accumulate(last.begin(), last.end(), int64_t{0})) /
                 static_cast<double>(last.size());
  }
  rise.p = UpperPoisson(count, std::max(rise.usual, kLeastUsual));
  rise.alert = count >= kFewest && rise.p < kUnlikely;
  return rise;
}

}  // namespace attune
