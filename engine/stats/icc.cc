#include "engine/stats/icc.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/stats/crossed_scores.h"
#include "engine/stats/crossed_variances.h"
#include "engine/stats/distributions.h"

namespace attune {
namespace {

// Complete targets in per cent of all below which they no longer speak for all.
constexpr int64_t kFewestCompletePercent = 80;
constexpr double kUpperEnd = 0.975;
// A mean rounds to about so much of the largest value.
constexpr double kRounding = 1e-13;

struct Table {
  std::vector<std::vector<double>> rows;  // complete targets
  double n = 0;
  double k = 0;
};

Table Complete(const Ratings& ratings) {
  Table table;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    std::vector<double> values = ratings.ValuesOf(unit);
    if (values.size() == ratings.raters()) {
      table.rows.push_back(std::move(values));
    }
  }
  table.n = static_cast<double>(table.rows.size());
  table.k = static_cast<double>(ratings.raters());
  return table;
}

int64_t RatedTargets(const Ratings& ratings) {
  int64_t rated = 0;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    if (!ratings.ValuesOf(unit).empty()) ++rated;
  }
  return rated;
}

void SetAll(Reason reason, Icc& icc) {
  for (IccPair* pair : {&icc.one_way, &icc.agreement, &icc.consistency}) {
    pair->single.value = Figure::Undefined(reason);
    pair->average.value = Figure::Undefined(reason);
  }
}

Icc::MeanSquares MeanSquaresOf(const Table& table) {
  const size_t raters = table.rows.front().size();
  std::vector<double> rater_means(raters);
  std::vector<double> target_means;
  double grand = 0;
  double largest = 0;
  for (const std::vector<double>& row : table.rows) {
    double sum = 0;
    for (size_t j = 0; j < raters; ++j) {
      sum += row[j];
      rater_means[j] += row[j] / table.n;
      largest = std::max(largest, std::abs(row[j]));
    }
    target_means.push_back(sum / table.k);
    grand += sum / table.k / table.n;
  }
  double targets = 0;
  double within = 0;
  double between_raters = 0;
  double residual = 0;
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const double target = target_means[i] - grand;
    targets += table.k * target * target;
    for (size_t j = 0; j < raters; ++j) {
      const double in = table.rows[i][j] - target_means[i];
      const double left = in - (rater_means[j] - grand);
      within += in * in;
      residual += left * left;
    }
  }
  for (const double mean : rater_means) {
    between_raters += table.n * (mean - grand) * (mean - grand);
  }
  // What is rounding is 0: quotients of it would be noise.
  const double least =
      table.n * table.k * (kRounding * largest) * (kRounding * largest);
  const auto mean = [least](double squares, double df) {
    return squares <= least ? 0 : squares / df;
  };
  return {mean(targets, table.n - 1), mean(within, table.n * (table.k - 1)),
          mean(between_raters, table.k - 1),
          mean(residual, (table.n - 1) * (table.k - 1))};
}

IccFigure FigureOf(double numerator, double denominator) {
  return {Quotient(numerator, denominator, Reason::kDegenerate), std::nullopt};
}

// (1,.) and (3,.): from F = targets / error with `df` of error.
IccPair FromF(double targets, double error, double df, const Table& table,
              std::optional<IccTest>& test) {
  IccPair pair;
  pair.single = FigureOf(targets - error, targets + (table.k - 1) * error);
  pair.average = FigureOf(targets - error, targets);
  if (error <= 0) return pair;
  const double f = targets / error;
  const double df_targets = table.n - 1;
  test = IccTest{f, UpperFisher(f, df_targets, df)};
  const double low = f / FisherQuantile(kUpperEnd, df_targets, df);
  const double high = f * FisherQuantile(kUpperEnd, df, df_targets);
  if (pair.single.value.value) {
    pair.single.interval = Interval{(low - 1) / (low + table.k - 1),
                                    (high - 1) / (high + table.k - 1)};
  }
  if (pair.average.value.value) {
    pair.average.interval = Interval{1 - 1 / low, 1 - 1 / high};
  }
  return pair;
}

// Steps a single rater's figure up to the mean of k.
std::optional<double> SteppedUp(double single, double k) {
  const double denominator = 1 + (k - 1) * single;
  if (denominator <= 0) return std::nullopt;
  return k * single / denominator;
}

void AddAgreementIntervals(const Icc::MeanSquares& ms, const Table& table,
                           IccPair& pair) {
  const double n = table.n;
  const double k = table.k;
  const double rho = *pair.single.value.value;
  // McGraw and Wong's a and b, each times the residual, which may be 0.
  const double a = k * rho * ms.raters;
  const double b = (n * (1 + (k - 1) * rho) - k * rho) * ms.residual;
  const double spread = (n - 1) * a * a + b * b;
  if (spread <= 0) return;
  const double v = (n - 1) * (k - 1) * (a + b) * (a + b) / spread;
  if (v <= 0) return;
  const double low_f = FisherQuantile(kUpperEnd, n - 1, v);
  const double high_f = FisherQuantile(kUpperEnd, v, n - 1);
  const double rest = k * ms.raters + (k * n - k - n) * ms.residual;
  const double low_denominator = low_f * rest + n * ms.targets;
  const double high_denominator = rest + n * high_f * ms.targets;
  if (low_denominator <= 0 || high_denominator <= 0) return;
  const double low = n * (ms.targets - low_f * ms.residual) / low_denominator;
  const double high =
      n * (high_f * ms.targets - ms.residual) / high_denominator;
  pair.single.interval = Interval{low, high};
  const std::optional<double> low_k = SteppedUp(low, k);
  const std::optional<double> high_k = SteppedUp(high, k);
  if (pair.average.value.value && low_k && high_k) {
    pair.average.interval = Interval{*low_k, *high_k};
  }
}

IccPair Agreement(const Icc::MeanSquares& ms, const Table& table) {
  const double offset = (ms.raters - ms.residual) / table.n;
  IccPair pair;
  pair.single =
      FigureOf(ms.targets - ms.residual,
               ms.targets + (table.k - 1) * ms.residual + table.k * offset);
  pair.average = FigureOf(ms.targets - ms.residual, ms.targets + offset);
  if (pair.single.value.value) AddAgreementIntervals(ms, table, pair);
  return pair;
}

Icc FromVariances(const Ratings& ratings) {
  std::vector<CrossedScore> scores;
  std::vector<size_t> rater_place(ratings.raters(), ratings.raters());
  size_t targets = 0;
  size_t raters = 0;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    const size_t before = scores.size();
    for (size_t rater = 0; rater < ratings.raters(); ++rater) {
      const auto value = ratings.Get(unit, rater);
      if (!value) continue;
      if (rater_place[rater] == ratings.raters()) rater_place[rater] = raters++;
      scores.push_back({targets, rater_place[rater], *value});
    }
    if (scores.size() > before) ++targets;
  }
  const CrossedVariances fit =
      FitCrossedVariances(CrossedScores(scores, targets, raters));
  Icc icc;
  SetAll(Reason::kTooFew, icc);
  icc.from_variances = true;
  icc.targets = static_cast<int64_t>(targets);
  icc.agreement.single.value = fit.reason == Reason::kNone
                                   ? Figure::Of(fit.SingleScoreIcc())
                                   : Figure::Undefined(fit.reason);
  return icc;
}

}  // namespace

Icc IccOf(const Ratings& ratings) {
  Icc icc;
  const int64_t rated = RatedTargets(ratings);
  if (rated == 0 || ratings.raters() < 2 || rated == 1) {
    SetAll(rated == 0             ? Reason::kNoData
           : ratings.raters() < 2 ? Reason::kOneRater
                                  : Reason::kOneTarget,
           icc);
    icc.targets = rated;
    return icc;
  }
  const Table table = Complete(ratings);
  const auto complete = static_cast<int64_t>(table.rows.size());
  if (complete * 100 < rated * kFewestCompletePercent) {
    return FromVariances(ratings);
  }
  icc.targets = complete;
  icc.dropped = rated - complete;
  if (complete < 2) {
    SetAll(Reason::kOneTarget, icc);
    return icc;
  }
  const Icc::MeanSquares ms = MeanSquaresOf(table);
  icc.mean_squares = ms;
  if (ms.targets == 0 && ms.within == 0) {
    SetAll(Reason::kNoVariation, icc);
    return icc;
  }
  icc.one_way = FromF(ms.targets, ms.within, table.n * (table.k - 1), table,
                      icc.one_way_test);
  icc.agreement = Agreement(ms, table);
  icc.consistency =
      FromF(ms.targets, ms.residual, (table.n - 1) * (table.k - 1), table,
            icc.consistency_test);
  return icc;
}

}  // namespace attune
