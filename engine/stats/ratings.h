// Who rated what how: units (rows) by raters (columns), with gaps.

#ifndef ATTUNE_ENGINE_STATS_RATINGS_H_
#define ATTUNE_ENGINE_STATS_RATINGS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"

namespace attune {

// A gap says that this rater did not rate this unit; an N/A counts as a gap
// wherever scores are compared.  Values are finite.
class Ratings {
 public:
  Ratings(size_t units, size_t raters);

  void Set(size_t unit, size_t rater, double value);

  size_t units() const { return units_; }
  size_t raters() const { return raters_; }
  std::optional<double> Get(size_t unit, size_t rater) const;
  // The values of one unit, in the order of its raters.
  std::vector<double> ValuesOf(size_t unit) const;
  // How many there are of all.
  int64_t count() const { return count_; }
  // Every value once, smallest first.
  std::vector<double> Distinct() const;

 private:
  size_t units_;
  size_t raters_;
  int64_t count_ = 0;
  std::vector<double> values_;
  std::vector<char> present_;
};

// How often each unit got each category: what is left of ratings when it does
// not matter who gave them.  Only what was given takes space, so that there may
// be as many categories as there are scores.
class CategoryCounts {
 public:
  struct Cell {
    size_t category = 0;
    int64_t count = 0;
  };

  CategoryCounts(size_t units, size_t categories)
      : categories_(categories), cells_(units) {}

  // Counts what of `ratings` is among `categories`: a form's options, not what
  // happened to be chosen.  Other values count as gaps.
  static CategoryCounts From(const Ratings& ratings,
                             absl::Span<const double> categories);

  // `category` is below categories(); nothing is added for a count of 0.
  void Add(size_t unit, size_t category, int64_t count);

  size_t units() const { return cells_.size(); }
  size_t categories() const { return categories_; }
  // What this unit got, each category once.
  const std::vector<Cell>& CellsOf(size_t unit) const { return cells_[unit]; }
  // Ratings of this unit.
  int64_t Of(size_t unit) const;

 private:
  size_t categories_;
  std::vector<std::vector<Cell>> cells_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_RATINGS_H_
