#include "engine/stats/ratings.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace attune {

Ratings::Ratings(size_t units, size_t raters)
    : units_(units),
      raters_(raters),
      values_(units * raters),
      present_(units * raters) {}

void Ratings::Set(size_t unit, size_t rater, double value) {
  const size_t place = unit * raters_ + rater;
  // -0.0 is 0.0, and must be the same category.
  values_[place] = value == 0 ? 0 : value;
  if (present_[place] == 0) ++count_;
  present_[place] = 1;
}

std::optional<double> Ratings::Get(size_t unit, size_t rater) const {
  const size_t place = unit * raters_ + rater;
  if (present_[place] == 0) return std::nullopt;
  return values_[place];
}

std::vector<double> Ratings::ValuesOf(size_t unit) const {
  std::vector<double> values;
  values.reserve(raters_);
  for (size_t i = unit * raters_; i < (unit + 1) * raters_; ++i) {
    if (present_[i] != 0) values.push_back(values_[i]);
  }
  return values;
}

std::vector<double> Ratings::Distinct() const {
  std::vector<double> distinct;
  distinct.reserve(static_cast<size_t>(count_));
  for (size_t i = 0; i < values_.size(); ++i) {
    if (present_[i] != 0) distinct.push_back(values_[i]);
  }
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  return distinct;
}

CategoryCounts CategoryCounts::From(const Ratings& ratings,
                                    absl::Span<const double> categories) {
  CategoryCounts counts(ratings.units(), categories.size());
  absl::flat_hash_map<double, size_t> places;
  for (size_t i = 0; i < categories.size(); ++i) places[categories[i]] = i;
  for (size_t unit = 0; unit < ratings.units(); ++unit) {
    for (const double value : ratings.ValuesOf(unit)) {
      const auto place = places.find(value);
      if (place != places.end()) counts.Add(unit, place->second, 1);
    }
  }
  return counts;
}

void CategoryCounts::Add(size_t unit, size_t category, int64_t count) {
  if (count == 0) return;
  for (Cell& cell : cells_[unit]) {
    if (cell.category != category) continue;
    cell.count += count;
    return;
  }
  cells_[unit].push_back({category, count});
}

int64_t CategoryCounts::Of(size_t unit) const {
  int64_t sum = 0;
  for (const Cell& cell : cells_[unit]) sum += cell.count;
  return sum;
}

}  // namespace attune
