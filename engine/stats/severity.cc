#include "engine/stats/severity.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/stats/minimum.h"

namespace attune {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Eigenvalues under this share of the largest are 0: what no score can tell.
constexpr double kNullShare = 1e-10;
// A residual under this share of the squares is rounding.
constexpr double kRoundingShare = 1e-14;

// The advocates' normal equations once the agents' means are taken out:
// C = diag(n_j) - N' diag(1 / n_i) N and c_j = S_j - sum_i N_ij mean_i.
struct Equations {
  explicit Equations(const CrossedScores& scores) {
    const auto raters = static_cast<Index>(scores.raters.size());
    MatrixXd c_matrix = MatrixXd::Zero(raters, raters);
    c = VectorXd::Zero(raters);
    for (Index j = 0; j < raters; ++j) {
      const CrossedTotal& total = scores.raters[static_cast<size_t>(j)];
      c_matrix(j, j) = static_cast<double>(total.n);
      c(j) = total.sum;
    }
    for (size_t i = 0; i < scores.agents.size(); ++i) {
      const auto n = static_cast<double>(scores.agents[i].n);
      for (const CrossedCell& one : scores.cells[i]) {
        const auto share = static_cast<double>(one.n) / n;
        const auto row = static_cast<Index>(one.rater);
        c(row) -= share * scores.agents[i].sum;
        for (const CrossedCell& other : scores.cells[i]) {
          c_matrix(row, static_cast<Index>(other.rater)) -=
              share * static_cast<double>(other.n);
        }
      }
    }
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(c_matrix);
    delta = solver.eigenvalues().cwiseMax(0);
    q = solver.eigenvectors();
    z = q.transpose() * c;
    squares = scores.squares_within_agents;
    df = static_cast<double>(scores.n) -
         static_cast<double>(scores.agents.size());
  }

  double Rss(double lambda) const {
    const double rss =
        squares - (z.array().square() / (delta.array() + lambda)).sum();
    return std::max(rss, kRoundingShare * squares);
  }
  double Deviance(double lambda) const {
    return df * std::log(Rss(lambda) / df) +
           (1 + delta.array() / lambda).log().sum();
  }
  double Slope(double lambda) const {
    const auto shifted = delta.array() + lambda;
    return df * (z.array() / shifted).square().sum() / Rss(lambda) -
           (delta.array() / (lambda * shifted)).sum();
  }

  VectorXd c;
  VectorXd delta;
  MatrixXd q;
  VectorXd z;
  double squares = 0;
  double df = 0;
};

// Raw means throughout.
Severity Unadjusted(const CrossedScores& scores, Reason reason) {
  Severity result;
  result.reason = reason;
  result.residual_df = scores.residual_df();
  result.raters.resize(scores.raters.size());
  for (size_t i = 0; i < scores.agents.size(); ++i) {
    FairScore agent;
    agent.raw = scores.agent_mean(i);
    if (reason != Reason::kDisconnected) agent.fair = agent.raw;
    result.agents.push_back(agent);
  }
  if (reason == Reason::kOneRater) {
    for (RaterSeverity& rater : result.raters) rater.severity = 0;
  }
  return result;
}

// Takes severities `b` out of the agents' means.
void Adjust(const CrossedScores& scores, const VectorXd& b, Severity& result) {
  for (size_t j = 0; j < scores.raters.size(); ++j) {
    result.raters[j].severity = b(static_cast<Index>(j));
  }
  for (size_t i = 0; i < scores.agents.size(); ++i) {
    double lenience = 0;
    for (const CrossedCell& cell : scores.cells[i]) {
      lenience +=
          static_cast<double>(cell.n) * b(static_cast<Index>(cell.rater));
    }
    result.agents[i].fair = result.agents[i].raw -
                            lenience / static_cast<double>(scores.agents[i].n);
  }
}

// Var(a_i) = sigma2 [1 / n_i + s (C + lambda I)^-1 s'], s the shares that the
// advocates have of the agent's scores.
void AddErrors(const CrossedScores& scores, const MatrixXd& inverse,
               Severity& result) {
  const double sigma2 = *result.sigma2;
  for (size_t j = 0; j < scores.raters.size(); ++j) {
    const auto place = static_cast<Index>(j);
    result.raters[j].se =
        std::sqrt(sigma2 * std::max(0.0, inverse(place, place)));
  }
  for (size_t i = 0; i < scores.agents.size(); ++i) {
    const auto n = static_cast<double>(scores.agents[i].n);
    double form = 0;
    for (const CrossedCell& one : scores.cells[i]) {
      for (const CrossedCell& other : scores.cells[i]) {
        form += static_cast<double>(one.n) * static_cast<double>(other.n) *
                inverse(static_cast<Index>(one.rater),
                        static_cast<Index>(other.rater));
      }
    }
    result.agents[i].se = std::sqrt(sigma2 * (1 / n + form / (n * n)));
  }
}

}  // namespace

Severity FitSeverity(const CrossedScores& scores) {
  const Reason reason = WhyNotSeparable(scores);
  Severity result = Unadjusted(scores, reason);
  if (reason != Reason::kNone) return result;
  const Equations equations(scores);
  const auto raters = static_cast<Index>(scores.raters.size());
  VectorXd b = VectorXd::Zero(raters);
  MatrixXd inverse = MatrixXd::Zero(raters, raters);
  if (equations.squares == 0) {  // all advocates agree on every agent
    result.sigma2 = 0;
    result.sigma2_rater = 0;
  } else {
    const Minimum best =
        SmallestOver([&](double lambda) { return equations.Deviance(lambda); },
                     [&](double lambda) { return equations.Slope(lambda); });
    const double lambda = best.ratio;
    if (best.at_high_end) {  // no severity: nothing to adjust
      result.sigma2 = equations.squares / equations.df;
      result.sigma2_rater = 0;
    } else {
      const VectorXd shrunk =
          (equations.delta.array() + lambda).inverse().matrix();
      b = equations.q * shrunk.cwiseProduct(equations.z);
      inverse = equations.q * shrunk.asDiagonal() * equations.q.transpose();
      result.sigma2 = equations.Rss(lambda) / equations.df;
      result.sigma2_rater = *result.sigma2 / lambda;
    }
  }
  Adjust(scores, b, result);
  AddErrors(scores, inverse, result);
  return result;
}

Severity FitSeverityByLeastSquares(const CrossedScores& scores) {
  const Reason reason = WhyNotSeparable(scores);
  // Without anything left over the effects are still known, only not how well.
  if (reason != Reason::kNone && reason != Reason::kNoResidualDf) {
    return Unadjusted(scores, reason);
  }
  Severity result = Unadjusted(scores, reason);
  const Equations equations(scores);
  // The generalized inverse: its severities add up to 0.
  VectorXd inverse = VectorXd::Zero(equations.delta.size());
  const double least = kNullShare * equations.delta.maxCoeff();
  for (Index k = 0; k < inverse.size(); ++k) {
    if (equations.delta(k) > least) inverse(k) = 1 / equations.delta(k);
  }
  Adjust(scores, equations.q * inverse.cwiseProduct(equations.z), result);
  if (result.residual_df > 0) {
    const double rss = equations.squares - inverse.dot(equations.z.cwiseAbs2());
    result.sigma2 =
        std::max(0.0, rss) / static_cast<double>(result.residual_df);
  }
  return result;
}

}  // namespace attune
