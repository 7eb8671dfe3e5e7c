// Ratings as tests write them.

#ifndef ATTUNE_TESTS_ENGINE_STATS_RATING_ROWS_H_
#define ATTUNE_TESTS_ENGINE_STATS_RATING_ROWS_H_

#include <optional>
#include <vector>

#include "engine/stats/ratings.h"

namespace attune {

using RatingRows = std::vector<std::vector<std::optional<double>>>;

// A row for each unit; all rows are equally long.
inline Ratings RatingsOf(const RatingRows& rows) {
  Ratings ratings(rows.size(), rows.empty() ? 0 : rows.front().size());
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t j = 0; j < rows[i].size(); ++j) {
      if (rows[i][j]) ratings.Set(i, j, *rows[i][j]);
    }
  }
  return ratings;
}

inline constexpr std::nullopt_t kGap = std::nullopt;

// Krippendorff 2011: 12 units, 4 observers.
inline RatingRows CanonicalRows() {
  return {{1, 1, kGap, 1}, {2, 2, 3, 2},       {3, 3, 3, 3},
          {3, 3, 3, 3},    {2, 2, 2, 2},       {1, 2, 3, 4},
          {4, 4, 4, 4},    {1, 1, 2, 1},       {2, 2, 2, 2},
          {kGap, 5, 5, 5}, {kGap, kGap, 1, 1}, {kGap, kGap, 3, kGap}};
}

// Every number of a row through `change`.
template <typename Change>
RatingRows Changed(RatingRows rows, const Change& change) {
  for (auto& row : rows) {
    for (auto& cell : row) {
      if (cell) cell = change(*cell);
    }
  }
  return rows;
}

// The same ratings with the raters in the opposite order.
inline RatingRows Relabelled(const RatingRows& rows) {
  RatingRows other;
  for (const auto& row : rows) other.emplace_back(row.rbegin(), row.rend());
  return other;
}

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_STATS_RATING_ROWS_H_
