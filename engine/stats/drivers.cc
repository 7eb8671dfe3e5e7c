#include "engine/stats/drivers.h"

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/stats/distributions.h"
#include "engine/stats/random_stream.h"

namespace attune {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// What a predictor has left beside others, as a share of its own variance,
// below which it is taken to follow from them.
constexpr double kCollinearShare = 1e-10;
constexpr int64_t kFewestRows = 50;
constexpr int64_t kFewestRowsEach = 10;

// Columns about their means: the predictors, then the outcome.
MatrixXd Centred(const DriverData& data) {
  const auto rows = static_cast<Index>(data.outcome.size());
  const auto columns = static_cast<Index>(data.predictors.size());
  MatrixXd centred(rows, columns + 1);
  for (Index j = 0; j <= columns; ++j) {
    const std::vector<double>& values =
        j < columns ? data.predictors[static_cast<size_t>(j)] : data.outcome;
    const bool varies = std::any_of(
        values.begin(), values.end(),
        [&values](double value) { return value != values.front(); });
    const Eigen::Map<const VectorXd> column(values.data(), rows);
    if (varies) {
      centred.col(j) = column.array() - column.mean();
    } else {
      centred.col(j).setZero();  // exactly, whatever the mean rounds to
    }
  }
  return centred;
}

// Sums of squares and products about the means, each row taken some times.
MatrixXd Products(const MatrixXd& centred, const VectorXd& times) {
  const double n = times.sum();
  const MatrixXd weighted = times.asDiagonal() * centred;
  const VectorXd sums = weighted.colwise().sum();
  return centred.transpose() * weighted - sums * sums.transpose() / n;
}

// Correlations of what varies.
struct Correlations {
  // `own` is what each column's sum of squares is in all the data: a draw in
  // which hardly anything of it is left has no variation there.
  Correlations(const MatrixXd& products, const VectorXd& own) {
    constexpr double kNothing = 1e-12;
    const Index y = products.cols() - 1;
    const auto varies = [&](Index j) {
      return products(j, j) > kNothing * own(j) && own(j) > 0;
    };
    outcome_varies = varies(y);
    for (Index j = 0; j < y; ++j) {
      if (varies(j)) used.push_back(j);
    }
    if (!outcome_varies) return;
    const auto size = static_cast<Index>(used.size());
    r = MatrixXd(size, size);
    r_y = VectorXd(size);
    for (Index i = 0; i < size; ++i) {
      const Index a = used[static_cast<size_t>(i)];
      r_y(i) = products(a, y) / std::sqrt(products(a, a) * products(y, y));
      for (Index j = 0; j < size; ++j) {
        const Index b = used[static_cast<size_t>(j)];
        r(i, j) = products(a, b) / std::sqrt(products(a, a) * products(b, b));
      }
    }
  }
  bool outcome_varies = false;
  std::vector<Index> used;  // columns of predictors that vary
  MatrixXd r;
  VectorXd r_y;
};

// R2 of every subset of predictors: a walk that decides on one predictor after
// the other and takes out of the rest what the chosen ones explain, so that
// nothing is solved twice.
class SubsetFits {
 public:
  explicit SubsetFits(const Correlations& correlations)
      : size_(correlations.r.cols()), r2_(size_t{1} << size_) {
    MatrixXd left(size_ + 1, size_ + 1);
    left.topLeftCorner(size_, size_) = correlations.r;
    left.col(size_).head(size_) = correlations.r_y;
    levels_.assign(static_cast<size_t>(size_) + 1, left);
    Decide(0, 0, 0);
  }

  const std::vector<double>& r2() const { return r2_; }
  bool collinear() const { return collinear_; }

 private:
  // levels_[next] holds what the rest has left; its upper right part is used.
  void Decide(Index next, size_t chosen, double r2) {
    if (next == size_) {
      r2_[chosen] = r2;
      return;
    }
    const auto level = static_cast<size_t>(next);
    const MatrixXd& here = levels_[level];
    MatrixXd& deeper = levels_[level + 1];
    const Index rest = size_ - next;
    deeper.bottomRightCorner(rest, rest) = here.bottomRightCorner(rest, rest);
    Decide(next + 1, chosen, r2);
    const double pivot = here(next, next);
    const size_t with = chosen | size_t{1} << level;
    deeper.bottomRightCorner(rest, rest) = here.bottomRightCorner(rest, rest);
    if (pivot <= kCollinearShare) {
      collinear_ = true;
      Decide(next + 1, with, r2);
      return;
    }
    for (Index i = next + 1; i < size_; ++i) {
      const double share = here(next, i) / pivot;
      for (Index j = i; j <= size_; ++j) {
        deeper(i, j) -= share * here(next, j);
      }
    }
    Decide(next + 1, with, r2 + here(next, size_) * here(next, size_) / pivot);
  }

  Index size_;
  std::vector<double> r2_;  // by the set's bits
  std::vector<MatrixXd> levels_;
  bool collinear_ = false;
};

// |S|! (p - 1 - |S|)! / p! for every |S|.
std::vector<double> OrderingShares(size_t p) {
  std::vector<double> shares(p);
  for (size_t s = 0; s < p; ++s) {
    shares[s] = std::exp(std::lgamma(static_cast<double>(s) + 1) +
                         std::lgamma(static_cast<double>(p - s)) -
                         std::lgamma(static_cast<double>(p) + 1));
  }
  return shares;
}

void AddLmg(const Correlations& correlations, Drivers& result) {
  const size_t p = correlations.used.size();
  const SubsetFits fits(correlations);
  result.collinear = result.collinear || fits.collinear();
  const std::vector<double> shares = OrderingShares(p);
  for (size_t k = 0; k < p; ++k) {
    double sum = 0;
    const size_t bit = size_t{1} << k;
    for (size_t set = 0; set < fits.r2().size(); ++set) {
      if ((set & bit) != 0) continue;
      sum += shares[static_cast<size_t>(std::popcount(set))] *
             (fits.r2()[set | bit] - fits.r2()[set]);
    }
    result.predictors[static_cast<size_t>(correlations.used[k])].lmg = sum;
  }
}

// Johnson: the outcome on the orthogonal variables nearest to the predictors,
// and those back on the predictors.  R2 comes along.
void AddRelativeWeights(const Correlations& correlations, Drivers& result) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(correlations.r);
  const VectorXd values = solver.eigenvalues().cwiseMax(0);
  const MatrixXd& vectors = solver.eigenvectors();
  const double least = kCollinearShare * values.maxCoeff();
  VectorXd inverse_roots = VectorXd::Zero(values.size());
  for (Index k = 0; k < values.size(); ++k) {
    if (values(k) > least) {
      inverse_roots(k) = 1 / std::sqrt(values(k));
    } else {
      result.collinear = true;
    }
  }
  const MatrixXd lambda =
      vectors * values.cwiseSqrt().asDiagonal() * vectors.transpose();
  const VectorXd beta = vectors * inverse_roots.asDiagonal() *
                        vectors.transpose() * correlations.r_y;
  const VectorXd weights = lambda.cwiseAbs2() * beta.cwiseAbs2();
  for (size_t k = 0; k < correlations.used.size(); ++k) {
    const auto place = static_cast<Index>(k);
    Driver& driver =
        result.predictors[static_cast<size_t>(correlations.used[k])];
    driver.relative_weight = weights(place);
    driver.dropped = false;
    const double r = correlations.r_y(place);
    driver.sign = r > 0 ? 1 : r < 0 ? -1 : 0;
  }
  result.r2 = Figure::Of(beta.squaredNorm());
}

Drivers Fit(const MatrixXd& products, const VectorXd& own) {
  Drivers result;
  const Correlations correlations(products, own);
  if (!correlations.outcome_varies) {
    result.r2 = Figure::Undefined(Reason::kNoVariation);
    return result;
  }
  const bool few = correlations.used.size() <= kMostLmgPredictors;
  for (Index j = 0; j + 1 < products.cols(); ++j) {
    Driver driver;
    driver.dropped = true;
    if (few) driver.lmg = 0;
    result.predictors.push_back(driver);
  }
  if (correlations.used.empty()) {
    result.r2 = Figure::Of(0);
    return result;
  }
  AddRelativeWeights(correlations, result);
  if (few) AddLmg(correlations, result);
  return result;
}

double Shown(const Driver& driver) {
  return driver.lmg ? *driver.lmg : driver.relative_weight;
}

}  // namespace

bool EnoughRows(int64_t rows, size_t predictors) {
  return rows >= std::max(kFewestRows,
                          kFewestRowsEach * static_cast<int64_t>(predictors));
}

Drivers DriversOf(const DriverData& data) {
  return DriversWithIntervals(data, 0, 0);
}

Drivers DriversWithIntervals(const DriverData& data, int64_t draws,
                             uint64_t seed) {
  Drivers result;
  if (data.outcome.empty()) {
    result.r2 = Figure::Undefined(Reason::kNoData);
    return result;
  }
  const MatrixXd centred = Centred(data);
  const VectorXd once = VectorXd::Ones(centred.rows());
  const MatrixXd products = Products(centred, once);
  const VectorXd own = products.diagonal();
  result = Fit(products, own);
  result.n = centred.rows();
  if (!result.r2.value) return result;
  RandomStream random(seed);
  std::vector<uint32_t> counts(data.outcome.size());
  std::vector<std::vector<double>> shown(result.predictors.size());
  for (int64_t draw = 0; draw < draws; ++draw) {
    DrawCounts(random, counts);
    const Eigen::Map<const Eigen::Matrix<uint32_t, Eigen::Dynamic, 1>> times(
        counts.data(), centred.rows());
    const Drivers drawn = Fit(Products(centred, times.cast<double>()), own);
    if (!drawn.r2.value) {
      ++result.skipped_draws;
      continue;
    }
    for (size_t j = 0; j < shown.size(); ++j) {
      shown[j].push_back(Shown(drawn.predictors[j]));
    }
  }
  for (size_t j = 0; j < shown.size(); ++j) {
    if (shown[j].empty()) continue;
    std::sort(shown[j].begin(), shown[j].end());
    result.predictors[j].interval = Interval{SampleQuantile(shown[j], 0.025),
                                             SampleQuantile(shown[j], 0.975)};
  }
  return result;
}

}  // namespace attune
