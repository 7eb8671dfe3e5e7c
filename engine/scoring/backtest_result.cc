// What a backtest tells in the end.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include "engine/form/decimal.h"
#include "engine/scoring/backtest.h"

namespace attune {
namespace {

constexpr int64_t kFewest = 5;  // evaluations for an agent's mean
constexpr int kMostAgents = 10'000;
constexpr double kBinWidth = 5;

double FromHundredths(int64_t value) {
  return static_cast<double>(value) / 100;
}

// Half away from zero, so that a change and its opposite look alike.
int64_t RoundedQuotient(int64_t sum, int64_t n) {
  const int64_t half = sum < 0 ? -n : n;
  return (2 * sum + half) / (2 * n);
}

double PercentOf(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : FromHundredths(RoundedQuotient(part * 10'000, whole));
}

// Places by descending mean; equal ones share the better.
template <typename Mean, typename SetRank>
void Rank(google::protobuf::RepeatedPtrField<v1::Backtest::Agent>& agents,
          Mean mean, SetRank set_rank) {
  std::stable_sort(
      agents.begin(), agents.end(),
      [&](const auto& a, const auto& b) { return mean(a) > mean(b); });
  int64_t rank = 0;
  for (int i = 0; i < agents.size(); ++i) {
    if (i == 0 || mean(agents[i]) != mean(agents[i - 1])) rank = i + 1;
    set_rank(agents[i], rank);
  }
}

void Tell(const ScoreCounts& counts, v1::Backtest::Distribution& told) {
  const Mean mean = MeanOf(counts.sums());
  if (mean.percent) told.set_mean_percent(*mean.percent);
  if (mean.deviation) told.set_deviation(*mean.deviation);
  if (mean.n == 0) return;
  told.set_percentile_5(FromHundredths(*counts.Percentile(5)));
  told.set_percentile_25(FromHundredths(*counts.Percentile(25)));
  told.set_median(FromHundredths(*counts.Percentile(50)));
  told.set_percentile_75(FromHundredths(*counts.Percentile(75)));
  told.set_percentile_95(FromHundredths(*counts.Percentile(95)));
}

using Drivers = google::protobuf::RepeatedPtrField<v1::Backtest::Driver>;

void SortDrivers(Drivers& drivers) {
  const auto key = [](const v1::Backtest::Driver& driver) {
    return std::make_tuple(-std::abs(driver.contribution()),
                           driver.section_id(), driver.question_id());
  };
  std::sort(drivers.begin(), drivers.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

}  // namespace

v1::Backtest BacktestTally::Result() const {
  v1::Backtest result;
  result.set_evaluations(evaluations_);
  result.set_compared(before_.sums().n);
  result.set_score_lost(score_lost_);
  result.set_score_gained(score_gained_);
  result.set_with_missing_answers(with_missing_);
  result.set_raised(raised_);
  result.set_lowered(lowered_);
  TellDistributions(result);
  TellLines(result);
  TellAgents(result);
  if (before_.sums().n > 0) TellDrivers(result);
  TellUnmatched(result);
  return result;
}

void BacktestTally::TellDistributions(v1::Backtest& result) const {
  Tell(before_, *result.mutable_before());
  Tell(after_, *result.mutable_after());
  std::vector<int64_t> before = before_.Bins();
  std::vector<int64_t> after = after_.Bins();
  const size_t bins = std::max(before.size(), after.size());
  before.resize(bins);
  after.resize(bins);
  for (size_t i = 0; i < bins; ++i) {
    v1::Backtest::Bin& bin = *result.add_bins();
    bin.set_from_percent(static_cast<double>(i) * kBinWidth);
    bin.set_before(before[i]);
    bin.set_after(after[i]);
  }
}

void BacktestTally::TellLines(v1::Backtest& result) const {
  const int64_t n = before_.sums().n;
  for (const Line& line : lines_) {
    v1::Backtest::Line& told = *result.add_lines();
    told.set_band(line.band);
    told.set_percent(FromTenThousandths(line.percent));
    told.set_below_before(line.below_before);
    told.set_below_after(line.below_after);
    told.set_rose(line.rose);
    told.set_fell(line.fell);
    told.set_rose_percent(PercentOf(line.rose, n));
    told.set_fell_percent(PercentOf(line.fell, n));
  }
}

void BacktestTally::TellAgents(v1::Backtest& result) const {
  auto& agents = *result.mutable_agents();
  int64_t too_few = 0;
  for (const auto& [name, agent] : agents_) {
    if (agent.n < kFewest) {
      ++too_few;
      continue;
    }
    const int64_t before = RoundedQuotient(agent.before, agent.n);
    const int64_t after = RoundedQuotient(agent.after, agent.n);
    v1::Backtest::Agent& told = *agents.Add();
    told.set_person(name);
    told.set_n(agent.n);
    told.set_before_percent(FromHundredths(before));
    told.set_after_percent(FromHundredths(after));
    told.set_change(FromHundredths(after - before));
  }
  result.set_agents_with_too_few(too_few);
  using Told = v1::Backtest::Agent;
  Rank(
      agents, [](const Told& agent) { return agent.before_percent(); },
      [](Told& agent, int64_t rank) { agent.set_rank_before(rank); });
  Rank(
      agents, [](const Told& agent) { return agent.after_percent(); },
      [](Told& agent, int64_t rank) { agent.set_rank_after(rank); });
  std::sort(agents.begin(), agents.end(), [](const Told& a, const Told& b) {
    return std::make_tuple(-std::abs(a.change()), a.person()) <
           std::make_tuple(-std::abs(b.change()), b.person());
  });
  if (agents.size() > kMostAgents) {
    agents.DeleteSubrange(kMostAgents, agents.size() - kMostAgents);
  }
}

void BacktestTally::TellDrivers(v1::Backtest& result) const {
  const int64_t n = before_.sums().n;
  const auto mean = [n](int64_t sum) {
    return FromTenThousandths(RoundedQuotient(sum, n));
  };
  const auto add = [&](Drivers& drivers, const std::string& section_id,
                       const std::string& question_id, const std::string& text,
                       const Lost& lost) {
    v1::Backtest::Driver& driver = *drivers.Add();
    driver.set_section_id(section_id);
    driver.set_question_id(question_id);
    driver.set_text(text);
    driver.set_lost_before(mean(lost.before));
    driver.set_lost_after(mean(lost.after));
    driver.set_contribution(mean(lost.before - lost.after));
  };
  int64_t sections = 0;  // of all, the change of what is not lost
  for (size_t s = 0; s < sections_.size(); ++s) {
    const v1::Section& section = draft_.section(static_cast<int>(s));
    add(*result.mutable_sections(), section.section_id(), "", section.title(),
        sections_[s]);
    sections += sections_[s].before - sections_[s].after;
  }
  for (size_t q = 0; q < questions_.size(); ++q) {
    if (!draft_.questions()[q].scored && questions_[q].before == 0) continue;
    const v1::Question& question = draft_.question(static_cast<int>(q));
    add(*result.mutable_questions(),
        draft_.section(draft_.questions()[q].section).section_id(),
        question.question_id(), question.text(), questions_[q]);
  }
  for (const auto& [part, lost] : foreign_) {
    const auto& [section_id, question_id] = part;
    const bool is_section = question_id.empty();
    add(is_section ? *result.mutable_sections() : *result.mutable_questions(),
        section_id, question_id, "", {lost, 0});
    if (is_section) sections += lost;
  }
  SortDrivers(*result.mutable_sections());
  SortDrivers(*result.mutable_questions());
  const int64_t total = (after_.sums().sum - before_.sums().sum) * 100;
  const int64_t critical = critical_ * 100;
  result.set_critical_change(mean(critical));
  result.set_bonus_change(mean(total - critical - sections));
}

void BacktestTally::TellUnmatched(v1::Backtest& result) const {
  for (size_t q = 0; q < missing_.size(); ++q) {
    if (answered_[q] > 0 || missing_[q] == 0) continue;
    auto& told = *result.add_questions_without_history();
    told.set_question_id(draft_.question(static_cast<int>(q)).question_id());
    told.set_section_id(
        draft_.section(draft_.questions()[q].section).section_id());
    told.set_evaluations(missing_[q]);
  }
  const std::map<std::string, int64_t> ordered(left_out_.begin(),
                                               left_out_.end());
  for (const auto& [question_id, n] : ordered) {
    auto& told = *result.add_questions_left_out();
    told.set_question_id(question_id);
    told.set_evaluations(n);
  }
  for (const auto& [answer, n] : unmatched_) {
    auto& told = *result.add_unmatched_answers();
    told.set_question_id(answer.first);
    told.set_choice_id(answer.second);
    told.set_evaluations(n);
  }
}

}  // namespace attune
