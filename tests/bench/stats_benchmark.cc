// What a year of a large center costs to evaluate, in seconds: agreement of
// 100 raters on 10,000 units with 1,000 bootstrap draws, complete and with
// gaps, and fair scores from 200,000 evaluations.

#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "engine/stats/crossed_scores.h"
#include "engine/stats/fleiss_kappa.h"
#include "engine/stats/icc.h"
#include "engine/stats/krippendorff_alpha.h"
#include "engine/stats/percent_agreement.h"
#include "engine/stats/random_stream.h"
#include "engine/stats/ratings.h"
#include "engine/stats/severity.h"

namespace attune {
namespace {

constexpr size_t kUnits = 10'000;
constexpr size_t kRaters = 100;
constexpr int64_t kDraws = 1'000;
constexpr size_t kAgents = 1'000;
constexpr size_t kEvaluations = 200'000;

// Sums up what was computed, so that it must be.
double sum = 0;

void Measure(const char* what, double aim_seconds,
             const std::function<double()>& run) {
  const auto begin = std::chrono::steady_clock::now();
  sum += run();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count();
  std::printf("%-64s %7.2f s  (aim under %.0f s: %s)\n", what, seconds,
              aim_seconds, seconds < aim_seconds ? "reached" : "missed");
}

// Ratings from 0 to `steps` - 1 that mostly agree, `gaps` of 100 left out.
Ratings MakeRatings(uint64_t steps, uint64_t gaps) {
  RandomStream random(1);
  Ratings ratings(kUnits, kRaters);
  for (size_t unit = 0; unit < kUnits; ++unit) {
    const uint64_t usual = random.Below(steps);
    for (size_t rater = 0; rater < kRaters; ++rater) {
      const bool agrees = random.Below(4) != 0;
      const uint64_t value = agrees ? usual : random.Below(steps);
      if (random.Below(100) < gaps) continue;
      ratings.Set(unit, rater, static_cast<double>(value));
    }
  }
  return ratings;
}

double AllAgreement(const Ratings& ratings, Level level) {
  const auto categories = ratings.Distinct();
  return PairwiseAgreement(ratings, 0).share.value.value() +
         UnanimousAgreement(ratings, 0).share.value.value() +
         FleissKappaOf(CategoryCounts::From(ratings, categories))
             .kappa.value.value() +
         AlphaOf(ratings, level).alpha.value.value() +
         AlphaIntervalOf(ratings, level, kDraws, 1).interval->low +
         IccOf(ratings).agreement.single.value.value.value();
}

std::vector<CrossedScore> MakeScores() {
  RandomStream random(2);
  std::vector<CrossedScore> scores;
  for (size_t i = 0; i < kEvaluations; ++i) {
    const size_t agent = i % kAgents;
    const auto rater = static_cast<size_t>(random.Below(kRaters));
    const auto skill = static_cast<double>(agent % 31);
    const auto severity = static_cast<double>(rater % 13) - 6;
    scores.push_back(
        {agent, rater,
         60 + skill + severity + static_cast<double>(random.Below(10))});
  }
  return scores;
}

void Run() {
  const Ratings choices = MakeRatings(5, 0);
  const Ratings percents = MakeRatings(101, 0);
  const Ratings gaps = MakeRatings(5, 10);
  const std::vector<CrossedScore> scores = MakeScores();
  Measure("agreement, 100 x 10,000, 5 choices, nominal", 5,
          [&] { return AllAgreement(choices, Level::kNominal); });
  Measure("agreement, 100 x 10,000, 5 choices, ordinal", 5,
          [&] { return AllAgreement(choices, Level::kOrdinal); });
  Measure("agreement, 100 x 10,000, 101 scores, interval", 5,
          [&] { return AllAgreement(percents, Level::kInterval); });
  Measure("agreement, 100 x 10,000, 101 scores, ordinal", 5,
          [&] { return AllAgreement(percents, Level::kOrdinal); });
  Measure("agreement, 100 x 10,000, 5 choices, 10 % gaps, ordinal", 5,
          [&] { return AllAgreement(gaps, Level::kOrdinal); });
  Measure("severity, 1,000 agents, 100 raters, 200,000 evaluations", 2, [&] {
    return *FitSeverity(CrossedScores(scores, kAgents, kRaters)).sigma2;
  });
  std::printf("checksum %.6f\n", sum);
}

}  // namespace
}  // namespace attune

int main() { attune::Run(); }
