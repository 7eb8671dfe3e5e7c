#include "engine/stats/crossed_variances.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "engine/stats/minimum.h"

namespace attune {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kRoundingShare = 1e-14;

// Agents with equally many scores weigh the same whatever the variances are, so
// that their sums of products are needed only together.
struct EquallyMany {
  double agents = 0;
  double sum = 0;             // of their scores
  double squares = 0;         // of their sums of scores
  MatrixXd counts_by_counts;  // sum of N_i N_i'
  VectorXd counts;            // sum of N_i
  VectorXd counts_by_sums;    // sum of N_i S_i
};

class Model {
 public:
  explicit Model(const CrossedScores& scores) : scores_(scores) {
    const auto raters = static_cast<Index>(scores.raters.size());
    rater_n_ = VectorXd(raters);
    rater_sums_ = VectorXd(raters);
    for (Index j = 0; j < raters; ++j) {
      const CrossedTotal& total = scores.raters[static_cast<size_t>(j)];
      rater_n_(j) = static_cast<double>(total.n);
      rater_sums_(j) = total.sum;
    }
    for (size_t i = 0; i < scores.agents.size(); ++i) AddAgent(i, raters);
    n_ = static_cast<double>(scores.n);
    squares_ = scores.squares_within_agents;
    for (const CrossedTotal& agent : scores.agents) {
      squares_ += agent.sum * agent.mean();
    }
  }

  // The sum of squares about the mean of all scores.
  double squares() const { return squares_; }

  // Everything at one ratio of agents' to residual variance, from which any
  // ratio of the raters' costs one pass over the eigenvalues.
  struct Absorbed {
    VectorXd delta;  // of A = Z'WZ with the agents taken out
    MatrixXd q;
    VectorXd h;  // q' Z'W1
    VectorXd g;  // q' Z'Wy
    double one_w_one = 0;
    double one_w_y = 0;
    double y_w_y = 0;
    double logs = 0;  // log |W^-1|
  };
  Absorbed Absorb(double agent_ratio) const {
    MatrixXd a = rater_n_.asDiagonal();
    Absorbed result;
    result.h = rater_n_;
    result.g = rater_sums_;
    result.y_w_y = squares_;
    for (const auto& [count, group] : groups_) {
      const auto n = static_cast<double>(count);
      const double taken = agent_ratio / (1 + agent_ratio * n);
      a -= taken * group.counts_by_counts;
      result.h -= taken * n * group.counts;
      result.g -= taken * group.counts_by_sums;
      result.one_w_one += group.agents * n / (1 + agent_ratio * n);
      result.one_w_y += group.sum / (1 + agent_ratio * n);
      result.y_w_y -= taken * group.squares;
      result.logs += group.agents * std::log1p(agent_ratio * n);
    }
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(a);
    result.delta = solver.eigenvalues().cwiseMax(0);
    result.q = solver.eigenvectors();
    result.h = result.q.transpose() * result.h;
    result.g = result.q.transpose() * result.g;
    return result;
  }

  struct Fit {
    double mu = 0;  // about the centre
    double rss = 0;
    double criterion = 0;
  };
  Fit At(const Absorbed& absorbed, double rater_ratio) const {
    const VectorXd inverse = Inverse(absorbed, rater_ratio);
    const double one_v_one =
        absorbed.one_w_one - inverse.dot(absorbed.h.cwiseAbs2());
    const double one_v_y =
        absorbed.one_w_y - inverse.dot(absorbed.h.cwiseProduct(absorbed.g));
    const double y_v_y = absorbed.y_w_y - inverse.dot(absorbed.g.cwiseAbs2());
    Fit fit;
    fit.mu = one_v_y / one_v_one;
    fit.rss = std::max(y_v_y - one_v_y * fit.mu, kRoundingShare * squares_);
    fit.criterion =
        absorbed.logs + (1 + rater_ratio * absorbed.delta.array()).log().sum() +
        std::log(one_v_one) +
        (n_ - 1) * (1 + std::log(2 * std::numbers::pi * fit.rss / (n_ - 1)));
    return fit;
  }
  // (A + I / ratio)^-1 in the eigenvectors' axes; 0 for the ratio 0.
  static VectorXd Inverse(const Absorbed& absorbed, double rater_ratio) {
    return (rater_ratio / (1 + rater_ratio * absorbed.delta.array())).matrix();
  }

  // The best ratio of the raters' variance, 0 among the choices.
  double BestRaterRatio(const Absorbed& absorbed) const {
    const Minimum best = SmallestOver(
        [&](double ratio) { return At(absorbed, ratio).criterion; });
    return At(absorbed, 0).criterion <= best.value ? 0 : best.ratio;
  }
  double BestCriterion(double agent_ratio) const {
    const Absorbed absorbed = Absorb(agent_ratio);
    return At(absorbed, BestRaterRatio(absorbed)).criterion;
  }

  CrossedVariances Result(double agent_ratio) const {
    const Absorbed absorbed = Absorb(agent_ratio);
    const double rater_ratio = BestRaterRatio(absorbed);
    const Fit fit = At(absorbed, rater_ratio);
    CrossedVariances result;
    result.mu = scores_.centre + fit.mu;
    result.criterion = fit.criterion;
    result.residual = fit.rss / (n_ - 1);
    result.agent = agent_ratio * result.residual;
    result.rater = rater_ratio * result.residual;
    const VectorXd b =
        absorbed.q * Inverse(absorbed, rater_ratio)
                         .cwiseProduct(absorbed.g - fit.mu * absorbed.h);
    result.raters.assign(b.data(), b.data() + b.size());
    for (size_t i = 0; i < scores_.agents.size(); ++i) {
      const auto n = static_cast<double>(scores_.agents[i].n);
      double left = scores_.agents[i].sum - n * fit.mu;
      for (const CrossedCell& cell : scores_.cells[i]) {
        left -= static_cast<double>(cell.n) * b(static_cast<Index>(cell.rater));
      }
      result.agents.push_back(agent_ratio / (1 + agent_ratio * n) * left);
    }
    return result;
  }

 private:
  void AddAgent(size_t i, Index raters) {
    const CrossedTotal& total = scores_.agents[i];
    EquallyMany& group = groups_[total.n];
    if (group.agents == 0) {
      group.counts_by_counts = MatrixXd::Zero(raters, raters);
      group.counts = VectorXd::Zero(raters);
      group.counts_by_sums = VectorXd::Zero(raters);
    }
    group.agents += 1;
    group.sum += total.sum;
    group.squares += total.sum * total.sum;
    for (const CrossedCell& one : scores_.cells[i]) {
      const auto row = static_cast<Index>(one.rater);
      const auto n = static_cast<double>(one.n);
      group.counts(row) += n;
      group.counts_by_sums(row) += n * total.sum;
      for (const CrossedCell& other : scores_.cells[i]) {
        group.counts_by_counts(row, static_cast<Index>(other.rater)) +=
            n * static_cast<double>(other.n);
      }
    }
  }

  const CrossedScores& scores_;
  std::map<int64_t, EquallyMany> groups_;  // by how many scores an agent has
  VectorXd rater_n_;
  VectorXd rater_sums_;
  double n_ = 0;
  double squares_ = 0;
};

Reason WhyNot(const CrossedScores& scores) {
  if (const Reason reason = WhyNotSeparable(scores); reason != Reason::kNone) {
    return reason;
  }
  return scores.agents.size() == 1 ? Reason::kOneTarget : Reason::kNone;
}

}  // namespace

CrossedVariances FitCrossedVariances(const CrossedScores& scores) {
  CrossedVariances none;
  none.reason = WhyNot(scores);
  if (none.reason != Reason::kNone) return none;
  const Model model(scores);
  // Equal scores leave no more than the rounding of their mean.
  const double rounding =
      static_cast<double>(scores.n) * scores.centre * scores.centre * 1e-28;
  if (model.squares() <= rounding) {
    none.reason = Reason::kNoVariation;
    return none;
  }
  const Minimum best =
      SmallestOver([&](double ratio) { return model.BestCriterion(ratio); });
  return model.Result(model.BestCriterion(0) <= best.value ? 0 : best.ratio);
}

}  // namespace attune
