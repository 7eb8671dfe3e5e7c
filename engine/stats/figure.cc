#include "engine/stats/figure.h"

#include <algorithm>

namespace attune {

absl::string_view ReasonWord(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return "";
    case Reason::kNoData:
      return "no_data";
    case Reason::kNoVariation:
      return "no_variation";
    case Reason::kTooFew:
      return "too_few";
    case Reason::kOneRater:
      return "one_rater";
    case Reason::kOneTarget:
      return "one_target";
    case Reason::kOneGroup:
      return "one_group";
    case Reason::kNoPairableValues:
      return "no_pairable_values";
    case Reason::kDisconnected:
      return "disconnected";
    case Reason::kNoResidualDf:
      return "no_residual_df";
    case Reason::kDegenerate:
      return "degenerate";
    case Reason::kNotScorable:
      return "not_scorable";
  }
  return "";
}

Figure Quotient(double numerator, double denominator, Reason reason) {
  return denominator > 0 ? Figure::Of(numerator / denominator)
                         : Figure::Undefined(reason);
}

Interval Clipped(const Interval& interval, double low, double high) {
  return {std::clamp(interval.low, low, high),
          std::clamp(interval.high, low, high)};
}

}  // namespace attune
