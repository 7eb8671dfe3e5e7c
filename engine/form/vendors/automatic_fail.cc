#include "engine/form/vendors/automatic_fail.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/form/coefficients.h"
#include "engine/form/decimal.h"

namespace attune {
namespace {

// A whole in the unit of a threshold, a ten-thousandth of a percent.
constexpr int64_t kWhole = 100 * kTenThousand;

// What answers earn, in ten-thousandths of a point.
struct Earnings {
  std::vector<int64_t> points = {};
  const std::vector<bool>& fails;

  int64_t Most() const {
    return *std::max_element(points.begin(), points.end());
  }
  int64_t MostOfFailing() const {
    int64_t most = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      if (fails[i]) most = std::max(most, points[i]);
    }
    return most;
  }
  int64_t MostOfPassing() const {
    int64_t most = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      if (!fails[i]) most = std::max(most, points[i]);
    }
    return most;
  }
  int64_t LeastOfPassing() const {
    int64_t least = Most();
    for (size_t i = 0; i < points.size(); ++i) {
      if (!fails[i]) least = std::min(least, points[i]);
    }
    return least;
  }

  // Under it answers fail, and only those that should.
  std::optional<int64_t> Threshold() const {
    const Int128 most = Most();
    if (most == 0) return std::nullopt;
    const Int128 threshold = Int128{kWhole} * LeastOfPassing() / most;
    if (threshold * most <= Int128{kWhole} * MostOfFailing()) {
      return std::nullopt;
    }
    return static_cast<int64_t>(threshold);
  }
};

Earnings EarningsOf(const v1::Question& question,
                    const std::vector<bool>& fails) {
  Earnings earnings{{}, fails};
  for (const v1::Choice& choice : question.choices()) {
    earnings.points.push_back(ToTenThousandths(choice.points()).value_or(0));
  }
  for (const v1::Range& range : question.ranges()) {
    earnings.points.push_back(ToTenThousandths(range.points()).value_or(0));
  }
  return earnings;
}

void SetPoints(const Earnings& earnings, v1::Question& question) {
  size_t next = 0;
  for (v1::Choice& choice : *question.mutable_choices()) {
    choice.set_points(FromTenThousandths(earnings.points[next++]));
  }
  for (v1::Range& range : *question.mutable_ranges()) {
    range.set_points(FromTenThousandths(earnings.points[next++]));
  }
}

// The question earns nothing at all: it may fail, and weighs nothing.
void PassOrFail(Earnings& earnings, v1::Question& question) {
  for (size_t i = 0; i < earnings.points.size(); ++i) {
    earnings.points[i] = earnings.fails[i] ? 0 : kTenThousand;
  }
  question.set_weight(0);
}

void TellApart(Earnings& earnings, absl::string_view path, ImportLog& log) {
  bool changed = false;
  for (size_t i = 0; i < earnings.points.size(); ++i) {
    if (!earnings.fails[i]) continue;
    changed |= earnings.points[i] > 0;
    earnings.points[i] = 0;
  }
  if (changed) {
    log.Note(path, "points of an automatic fail",
             "0 here, so that it earns less than the answers that do not fail");
  }
  // The least of which the threshold is not 0.
  const int64_t least =
      std::max<int64_t>(1, (earnings.Most() + kWhole - 1) / kWhole);
  if (earnings.LeastOfPassing() >= least) return;
  for (size_t i = 0; i < earnings.points.size(); ++i) {
    if (earnings.fails[i]) continue;
    earnings.points[i] = std::max(earnings.points[i], least);
  }
  log.Note(path, "an answer of 0 points beside an automatic fail",
           "it earns the smallest part that tells it from the one that fails: "
           "at most a thousandth of a percent of the question");
}

}  // namespace

void SetCritical(v1::Critical::Effect effect, v1::Question& question,
                 absl::string_view path, ImportLog& log) {
  question.set_boundary(true);
  question.mutable_critical()->set_category(v1::Critical::COMPLIANCE);
  question.mutable_critical()->set_effect(effect);
  log.Note(path, "whom a failure hurts",
           "the file does not say; critical questions are COMPLIANCE here");
}

void SetAutomaticFail(const std::vector<bool>& fails,
                      v1::Critical::Effect effect, v1::Question& question,
                      absl::string_view path, ImportLog& log) {
  if (std::find(fails.begin(), fails.end(), true) == fails.end()) return;
  Earnings earnings = EarningsOf(question, fails);
  if (earnings.Most() == 0) PassOrFail(earnings, question);
  std::optional<int64_t> threshold = earnings.Threshold();
  // The points of a failing answer may change only where it decides neither
  // the total nor the question's maximum.
  if (!threshold && effect != v1::Critical::FLAG &&
      earnings.MostOfPassing() == earnings.Most()) {
    Earnings apart = earnings;
    TellApart(apart, path, log);
    threshold = apart.Threshold();
    earnings.points = apart.points;
  }
  if (!threshold) {
    log.Note(path, "an automatic fail",
             "it cannot be told from the answers that do not fail by what "
             "they earn");
    return;
  }
  SetPoints(earnings, question);
  SetCritical(effect, question, path, log);
  if (*threshold < kWhole) {
    question.mutable_critical()->set_below_percent(
        FromTenThousandths(*threshold));
  }
}

}  // namespace attune
