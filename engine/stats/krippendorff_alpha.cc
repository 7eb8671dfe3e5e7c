#include "engine/stats/krippendorff_alpha.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/stats/distributions.h"
#include "engine/stats/random_stream.h"

namespace attune {
namespace {

// What a set of units, each taken some times, adds up to.
struct Disagreement {
  double observed = 0;  // Do n, over ordered pairs
  double expected = 0;  // De n (n - 1)
  double n = 0;
  bool varies = false;  // two values differ: exact, unlike a small `expected`
};

// Units with two values or more, prepared so that any number of draws from them
// costs one pass each.  What a unit contributes never changes, except on the
// ordinal level, where the distance of two values is how many lie between them
// in the draw.
class PairableUnits {
 public:
  PairableUnits(const Ratings& ratings, Level level)
      : level_(level), values_(ratings.Distinct()) {
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
      const std::vector<double> values = ratings.ValuesOf(unit);
      if (values.size() >= 2) Add(values);
    }
  }

  size_t size() const { return units_.size(); }
  bool below_zero() const { return !values_.empty() && values_[0] < 0; }

  // `times` has a number for each unit.
  Disagreement Of(const std::vector<uint32_t>& times) {
    Disagreement result;
    switch (level_) {
      case Level::kNominal:
        result = Nominal(times);
        break;
      case Level::kOrdinal:
        result = Ordinal(times);
        break;
      case Level::kInterval:
        result = OfIntervals(times);
        break;
      case Level::kRatio:
        result = Ratio(times);
        break;
    }
    result.varies = Varies(times);
    return result;
  }

 private:
  struct Cell {
    uint32_t value;  // place in values_
    uint32_t count;
  };
  struct Unit {
    size_t begin = 0;  // of its cells
    size_t end = 0;
    double n = 0;
    double sum = 0;           // about the middle
    double squares = 0;       // likewise
    double disagreement = 0;  // over its ordered pairs, / (n - 1)
  };

  // Sums of squares stay exact only near their middle.
  double Middle() const { return (values_.front() + values_.back()) / 2; }

  void Add(const std::vector<double>& values) {
    Unit unit;
    unit.begin = cells_.size();
    std::vector<uint32_t> places;
    for (const double value : values) {
      const auto found =
          std::lower_bound(values_.begin(), values_.end(), value);
      places.push_back(static_cast<uint32_t>(found - values_.begin()));
      const double centred = value - Middle();
      unit.sum += centred;
      unit.squares += centred * centred;
    }
    std::sort(places.begin(), places.end());
    for (const uint32_t place : places) {
      if (cells_.size() > unit.begin && cells_.back().value == place) {
        ++cells_.back().count;
      } else {
        cells_.push_back({place, 1});
      }
    }
    unit.end = cells_.size();
    unit.n = static_cast<double>(values.size());
    unit.disagreement = PairsOf(unit) / (unit.n - 1);
    units_.push_back(unit);
  }

  // The sum of squared distances over ordered pairs of one unit's values.
  double PairsOf(const Unit& unit) const {
    if (level_ == Level::kOrdinal) return 0;  // known only with the draw
    double sum = 0;
    for (size_t i = unit.begin; i < unit.end; ++i) {
      for (size_t j = i + 1; j < unit.end; ++j) {
        sum += 2.0 * cells_[i].count * cells_[j].count *
               Distance(cells_[i].value, cells_[j].value);
      }
    }
    return sum;
  }

  double Distance(size_t i, size_t j) const {
    const double difference = values_[i] - values_[j];
    if (level_ == Level::kNominal) return difference == 0 ? 0 : 1;
    if (level_ == Level::kInterval) return difference * difference;
    const double sum = values_[i] + values_[j];
    return sum == 0 ? 0 : difference * difference / (sum * sum);
  }

  bool Varies(const std::vector<uint32_t>& times) const {
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    for (size_t u = 0; u < units_.size(); ++u) {
      if (times[u] == 0) continue;
      least = std::min(least, cells_[units_[u].begin].value);
      most = std::max(most, cells_[units_[u].end - 1].value);
    }
    return least < most;
  }

  // How often each value is there; also adds up what needs no more than that.
  Disagreement CountValues(const std::vector<uint32_t>& times) {
    Disagreement result;
    totals_.assign(values_.size(), 0);
    for (size_t u = 0; u < units_.size(); ++u) {
      if (times[u] == 0) continue;
      const Unit& unit = units_[u];
      result.n += times[u] * unit.n;
      result.observed += times[u] * unit.disagreement;
      for (size_t i = unit.begin; i < unit.end; ++i) {
        totals_[cells_[i].value] +=
            static_cast<double>(times[u]) * cells_[i].count;
      }
    }
    return result;
  }

  Disagreement Nominal(const std::vector<uint32_t>& times) {
    Disagreement result = CountValues(times);
    for (const double total : totals_) {
      result.expected += total * (result.n - total);
    }
    return result;
  }

  Disagreement OfIntervals(const std::vector<uint32_t>& times) const {
    Disagreement result;
    double sum = 0;
    double squares = 0;
    for (size_t u = 0; u < units_.size(); ++u) {
      const double taken = times[u];
      result.n += taken * units_[u].n;
      result.observed += taken * units_[u].disagreement;
      sum += taken * units_[u].sum;
      squares += taken * units_[u].squares;
    }
    result.expected = 2 * (result.n * squares - sum * sum);
    return result;
  }

  Disagreement Ratio(const std::vector<uint32_t>& times) {
    Disagreement result = CountValues(times);
    for (size_t i = 0; i < totals_.size(); ++i) {
      if (totals_[i] == 0) continue;
      double sum = 0;
      for (size_t j = i + 1; j < totals_.size(); ++j) {
        sum += totals_[j] * Distance(i, j);
      }
      result.expected += 2 * totals_[i] * sum;
    }
    return result;
  }

  // The distance of c and k is the difference of their middle ranks: the sum of
  // n_g from c to k less half of both ends.
  Disagreement Ordinal(const std::vector<uint32_t>& times) {
    Disagreement result = CountValues(times);
    ranks_.resize(totals_.size());
    double below = -result.n / 2;  // about the middle
    double sum = 0;
    double squares = 0;
    for (size_t i = 0; i < totals_.size(); ++i) {
      ranks_[i] = below + totals_[i] / 2;
      below += totals_[i];
      sum += totals_[i] * ranks_[i];
      squares += totals_[i] * ranks_[i] * ranks_[i];
    }
    result.expected = 2 * (result.n * squares - sum * sum);
    for (size_t u = 0; u < units_.size(); ++u) {
      if (times[u] == 0) continue;
      const Unit& unit = units_[u];
      double unit_sum = 0;
      double unit_squares = 0;
      for (size_t i = unit.begin; i < unit.end; ++i) {
        const double rank = ranks_[cells_[i].value];
        unit_sum += cells_[i].count * rank;
        unit_squares += cells_[i].count * rank * rank;
      }
      result.observed += times[u] * 2 *
                         (unit.n * unit_squares - unit_sum * unit_sum) /
                         (unit.n - 1);
    }
    return result;
  }

  Level level_;
  std::vector<double> values_;  // every value once, sorted
  std::vector<Cell> cells_;
  std::vector<Unit> units_;
  std::vector<double> totals_;  // of the draw at hand, by value
  std::vector<double> ranks_;   // likewise
};

double AlphaFrom(const Disagreement& disagreement) {
  return 1 -
         disagreement.observed * (disagreement.n - 1) / disagreement.expected;
}

}  // namespace

KrippendorffAlpha AlphaOf(const Ratings& ratings, Level level) {
  KrippendorffAlpha result;
  PairableUnits units(ratings, level);
  result.units = static_cast<int64_t>(units.size());
  if (units.size() == 0) {
    result.alpha = Figure::Undefined(Reason::kNoPairableValues);
    return result;
  }
  const Disagreement all = units.Of(std::vector<uint32_t>(units.size(), 1));
  result.pairable_values = static_cast<int64_t>(all.n);
  if (level == Level::kRatio && units.below_zero()) {
    result.alpha = Figure::Undefined(Reason::kDegenerate);
    return result;
  }
  result.observed = all.observed / all.n;
  result.expected = all.expected / (all.n * (all.n - 1));
  result.alpha = all.varies ? Figure::Of(AlphaFrom(all))
                            : Figure::Undefined(Reason::kNoVariation);
  return result;
}

AlphaInterval AlphaIntervalOf(const Ratings& ratings, Level level,
                              int64_t draws, uint64_t seed) {
  AlphaInterval result;
  result.seed = seed;
  result.draws = draws;
  PairableUnits units(ratings, level);
  if (units.size() < 2 || (level == Level::kRatio && units.below_zero())) {
    return result;
  }
  RandomStream random(seed);
  std::vector<uint32_t> times(units.size());
  std::vector<double> alphas;
  for (int64_t draw = 0; draw < draws; ++draw) {
    DrawCounts(random, times);
    const Disagreement drawn = units.Of(times);
    if (drawn.varies) {
      alphas.push_back(AlphaFrom(drawn));
    } else {
      ++result.skipped;
    }
  }
  if (alphas.empty()) return result;
  std::sort(alphas.begin(), alphas.end());
  result.interval =
      Interval{SampleQuantile(alphas, 0.025), SampleQuantile(alphas, 0.975)};
  return result;
}

}  // namespace attune
