#include "engine/stats/nps.h"

#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.h"

namespace attune {
namespace {

constexpr double kFull = 100;
constexpr int64_t kFewestShown = 5;
// Of the three answers that are added, on either side.
constexpr double kAddedToEach = 0.75;
constexpr double kAdded = 3;

// Counts that need not be whole.
struct Answers {
  double promoters = 0;
  double detractors = 0;
  double n = 0;

  double mean() const { return (promoters - detractors) / n; }
  double variance() const {
    return (promoters + detractors) / n - mean() * mean();
  }
  double se() const { return kFull * std::sqrt(std::max(0.0, variance()) / n); }
};

Answers AsCounted(const NpsCounts& counts) {
  return {static_cast<double>(counts.promoters),
          static_cast<double>(counts.detractors),
          static_cast<double>(counts.n())};
}

Answers Adjusted(const NpsCounts& counts) {
  const Answers answers = AsCounted(counts);
  return {answers.promoters + kAddedToEach, answers.detractors + kAddedToEach,
          answers.n + kAdded};
}

NpsEstimate Estimate(const Answers& answers) {
  NpsEstimate estimate;
  estimate.nps = kFull * answers.mean();
  estimate.se = answers.se();
  estimate.margin = NormalMargin() * estimate.se;
  estimate.interval =
      Clipped({estimate.nps - estimate.margin, estimate.nps + estimate.margin},
              -kFull, kFull);
  return estimate;
}

// Above 0 where the score test refuses the difference `t`: with d the most
// likely share of detractors if p - d = t, |P - D - nt| must not pass
// z sqrt(n (2d + t - t^2)).
double ScoreExcess(const Answers& answers, double t) {
  const double n = answers.n;
  const double a = 2 * n;
  const double b = -answers.promoters - answers.detractors +
                   (2 * n - answers.promoters + answers.detractors) * t;
  const double c = -answers.detractors * t * (1 - t);
  const double d = (std::sqrt(std::max(0.0, b * b - 4 * a * c)) - b) / (2 * a);
  const double off = answers.promoters - answers.detractors - n * t;
  const double z = NormalMargin();
  return off * off - z * z * n * std::max(0.0, 2 * d + t - t * t);
}

// Where the test begins to refuse, on the way from the estimate to `end`.
double ScoreEnd(const Answers& answers, double end) {
  constexpr int kHalvings = 60;
  double kept = answers.mean();
  double refused = end;
  if (ScoreExcess(answers, end) <= 0) return end;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (kept + refused) / 2;
    (ScoreExcess(answers, middle) > 0 ? refused : kept) = middle;
  }
  return kept;
}

}  // namespace

std::optional<NpsCategory> NpsCategoryOf(double answer) {
  constexpr double kMost = 10;
  constexpr double kFirstPassive = 7;
  constexpr double kFirstPromoter = 9;
  if (!(answer >= 0 && answer <= kMost) || answer != std::floor(answer)) {
    return std::nullopt;
  }
  if (answer >= kFirstPromoter) return NpsCategory::kPromoter;
  return answer >= kFirstPassive ? NpsCategory::kPassive
                                 : NpsCategory::kDetractor;
}

void NpsCounts::Add(NpsCategory category) {
  switch (category) {
    case NpsCategory::kDetractor:
      ++detractors;
      break;
    case NpsCategory::kPassive:
      ++passives;
      break;
    case NpsCategory::kPromoter:
      ++promoters;
      break;
  }
}

Nps NpsOf(const NpsCounts& counts) {
  Nps result;
  if (counts.n() < kFewestShown) {
    result.nps =
        Figure::Undefined(counts.n() == 0 ? Reason::kNoData : Reason::kTooFew);
    return result;
  }
  const Answers answers = AsCounted(counts);
  result.variance = std::max(0.0, answers.variance());
  result.wald = Estimate(answers);
  result.nps = Figure::Of(result.wald->nps);
  result.adjusted = Estimate(Adjusted(counts));
  result.score =
      Interval{kFull * ScoreEnd(answers, -1), kFull * ScoreEnd(answers, 1)};
  return result;
}

NpsDifference NpsDifferenceOf(const NpsCounts& a, const NpsCounts& b,
                              NpsMethod method) {
  NpsDifference result;
  if (a.n() == 0 || b.n() == 0) {
    result.difference = Figure::Undefined(Reason::kNoData);
    return result;
  }
  const bool adjust = method == NpsMethod::kAdjusted;
  const Answers first = adjust ? Adjusted(a) : AsCounted(a);
  const Answers second = adjust ? Adjusted(b) : AsCounted(b);
  const double difference = kFull * (second.mean() - first.mean());
  result.difference = Figure::Of(difference);
  const double se = std::hypot(first.se(), second.se());
  result.se = se;
  const double margin = NormalMargin() * se;
  result.interval = Interval{difference - margin, difference + margin};
  if (se > 0) {
    result.z = difference / se;
    result.p = TwoSidedNormal(*result.z);
  }
  return result;
}

}  // namespace attune
