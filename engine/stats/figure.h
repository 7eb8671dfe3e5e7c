// A number that may be undefined.  What is undefined has no value and a reason;
// it is never NaN, 0 or 1 instead.

#ifndef ATTUNE_ENGINE_STATS_FIGURE_H_
#define ATTUNE_ENGINE_STATS_FIGURE_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace attune {

enum class Reason {
  kNone,              // there is a value
  kNoData,            // nothing was rated or answered
  kNoVariation,       // everything is the same: a quotient would be 0 / 0
  kTooFew,            // there is data, but not enough of it
  kOneRater,          // one rater compares with nobody
  kOneTarget,         // one target differs from none
  kOneGroup,          // one group cannot be shrunk towards others
  kNoPairableValues,  // no unit was rated twice
  kDisconnected,      // parts of the data share no rater
  kNoResidualDf,      // as many parameters as observations
  kDegenerate,        // a formula leaves its range: a denominator <= 0
  kNotScorable,       // words where numbers are needed, or too many categories
};

// `no_variation`; empty for kNone.
absl::string_view ReasonWord(Reason reason);

struct Figure {
  std::optional<double> value;
  Reason reason = Reason::kNone;

  static Figure Of(double value) { return {value, Reason::kNone}; }
  static Figure Undefined(Reason reason) { return {std::nullopt, reason}; }
};

// `numerator / denominator`, or undefined with `reason` unless the denominator
// is above 0.
Figure Quotient(double numerator, double denominator, Reason reason);

// From `low` to `high`, both in the unit of what it belongs to.
struct Interval {
  double low = 0;
  double high = 0;
};

// The part of `interval` between `low` and `high`.
Interval Clipped(const Interval& interval, double low, double high);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_FIGURE_H_
