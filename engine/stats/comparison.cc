#include "engine/stats/comparison.h"

#include <Eigen/Dense>
#include <cmath>

#include "engine/stats/distributions.h"

namespace attune {
namespace {

using Eigen::Index;

constexpr int64_t kFewestExpected = 25;

StudentTest TestOf(double difference, double se, double df) {
  const double t = difference / se;
  const double margin = StudentMargin(df) * se;
  return {se,
          t,
          df,
          TwoSidedStudent(t, df),
          {difference - margin, difference + margin}};
}

std::vector<double> Changes(const BeforeAfter& group) {
  std::vector<double> changes;
  for (size_t i = 0; i < group.before.size(); ++i) {
    changes.push_back(group.after[i] - group.before[i]);
  }
  return changes;
}

}  // namespace

IndependentChange CompareIndependent(absl::Span<const double> a,
                                     absl::Span<const double> b) {
  return CompareGroups(GroupMeanOf(a), GroupMeanOf(b));
}

IndependentChange CompareGroups(const GroupMean& first,
                                const GroupMean& second) {
  IndependentChange result;
  if (first.n > 0) result.mean_a = first.mean;
  if (second.n > 0) result.mean_b = second.mean;
  if (first.n == 0 || second.n == 0) {
    result.reason = Reason::kNoData;
    result.difference = Figure::Undefined(Reason::kNoData);
    return result;
  }
  const double difference = second.mean - first.mean;
  result.difference = Figure::Of(difference);
  if (first.n < 2 || second.n < 2) {
    result.reason = Reason::kTooFew;
    return result;
  }
  const auto n1 = static_cast<double>(first.n);
  const auto n2 = static_cast<double>(second.n);
  const double v1 = first.squares / (n1 - 1) / n1;
  const double v2 = second.squares / (n2 - 1) / n2;
  const double variance = v1 + v2;
  if (variance <= 0) {
    result.reason = Reason::kNoVariation;
    return result;
  }
  // Shares, so that no square of a small variance is lost.
  const double s1 = v1 / variance;
  const double s2 = v2 / variance;
  result.welch = TestOf(difference, std::sqrt(variance),
                        1 / (s1 * s1 / (n1 - 1) + s2 * s2 / (n2 - 1)));
  const double df = n1 + n2 - 2;
  const double deviation = std::sqrt((first.squares + second.squares) / df);
  result.pooled =
      TestOf(difference, deviation * std::sqrt(1 / n1 + 1 / n2), df);
  result.hedges_g = difference / deviation * (1 - 3 / (4 * df - 1));
  return result;
}

PairedChange ComparePairs(absl::Span<const double> before,
                          absl::Span<const double> after) {
  PairedChange result;
  std::vector<double> changes;
  for (size_t i = 0; i < before.size(); ++i) {
    changes.push_back(after[i] - before[i]);
  }
  const GroupMean change = GroupMeanOf(changes);
  result.n = change.n;
  if (change.n == 0) {
    result.reason = Reason::kNoData;
    result.change = Figure::Undefined(Reason::kNoData);
    return result;
  }
  result.mean_before = GroupMeanOf(before).mean;
  result.mean_after = GroupMeanOf(after).mean;
  result.change = Figure::Of(change.mean);
  if (change.n < 2) {
    result.reason = Reason::kTooFew;
    return result;
  }
  const auto n = static_cast<double>(change.n);
  result.sd = std::sqrt(change.squares / (n - 1));
  // Differences of decimals that are equal on paper differ by rounding.
  constexpr double kRounding = 1e-12;
  const double size =
      std::abs(*result.mean_before) + std::abs(*result.mean_after);
  if (*result.sd <= kRounding * size) {
    result.reason = Reason::kNoVariation;
    return result;
  }
  result.dz = change.mean / *result.sd;
  result.test = TestOf(change.mean, *result.sd / std::sqrt(n), n - 1);
  return result;
}

IndependentChange DifferenceInDifferences(const BeforeAfter& coached,
                                          const BeforeAfter& others) {
  return CompareIndependent(Changes(others), Changes(coached));
}

CoachingEffect CoachingEffectOf(const BeforeAfter& coached,
                                const BeforeAfter& others) {
  constexpr Index kColumns = 3;
  CoachingEffect result;
  const auto treated = static_cast<Index>(coached.before.size());
  const Index n = treated + static_cast<Index>(others.before.size());
  if (n <= kColumns) {
    result.effect =
        Figure::Undefined(n == 0 ? Reason::kNoData : Reason::kNoResidualDf);
    return result;
  }
  Eigen::MatrixXd x(n, kColumns);
  Eigen::VectorXd y(n);
  for (Index i = 0; i < n; ++i) {
    const bool is_coached = i < treated;
    const BeforeAfter& group = is_coached ? coached : others;
    const auto place = static_cast<size_t>(is_coached ? i : i - treated);
    x.row(i) << 1, group.before[place], is_coached ? 1 : 0;
    y(i) = group.after[place];
  }
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
  if (qr.rank() < kColumns) {
    result.effect = Figure::Undefined(Reason::kDegenerate);
    return result;
  }
  const Eigen::VectorXd beta = qr.solve(y);
  const double df = static_cast<double>(n - kColumns);
  const double variance = (y - x * beta).squaredNorm() / df;
  const Eigen::MatrixXd covariance = (x.transpose() * x).inverse() * variance;
  const Eigen::VectorXd errors = covariance.diagonal().cwiseSqrt();
  result.effect = Figure::Of(beta(2));
  result.coefficients.emplace(beta.data(), beta.data() + kColumns);
  result.errors.emplace(errors.data(), errors.data() + kColumns);
  // What is left of an exact fit is rounding.
  constexpr double kRounding = 1e-13;
  if (errors(2) > kRounding * y.cwiseAbs().maxCoeff()) {
    result.test = TestOf(beta(2), errors(2), df);
  }
  return result;
}

McNemarTest McNemarOf(int64_t b, int64_t c) {
  McNemarTest result;
  const int64_t changed = b + c;
  if (changed == 0) {
    result.p = Figure::Undefined(Reason::kNoData);
    return result;
  }
  const auto difference = static_cast<double>(b - c);
  result.chi_squared = difference * difference / static_cast<double>(changed);
  result.exact = changed < kFewestExpected;
  result.p = Figure::Of(result.exact ? TwoSidedSignTest(b, changed)
                                     : UpperChiSquared(*result.chi_squared));
  return result;
}

CorrectedChange CorrectChange(const VarianceComponents& all, double before,
                              int64_t n_before, double after) {
  CorrectedChange result;
  result.reliability = ReliabilityOf(all, n_before);
  result.expected_before = all.mu + result.reliability * (before - all.mu);
  result.raw = after - before;
  result.corrected = after - result.expected_before;
  return result;
}

}  // namespace attune
