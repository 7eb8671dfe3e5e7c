#include "tests/e2e/ledger.h"

#include <gtest/gtest.h>

namespace attune::half_year {

Scored& Ledger::Find(const std::string& evaluation) {
  for (Scored& scored : all_) {
    if (scored.evaluation == evaluation) return scored;
  }
  ADD_FAILURE() << "Nobody scored " << evaluation;
  return all_.emplace_back();
}

Scored& Ledger::FindOf(const std::string& contact,
                       const std::string& advocate) {
  for (Scored& scored : all_) {
    if (scored.call.name() == contact && scored.advocate == advocate) {
      return scored;
    }
  }
  ADD_FAILURE() << advocate << " did not score " << contact;
  return all_.emplace_back();
}

Rows Ledger::Counted(const std::function<bool(const Scored&)>& wanted) const {
  Rows rows;
  for (const Scored& scored : all_) {
    if (scored.counts() && wanted(scored)) rows.push_back(&scored);
  }
  return rows;
}

Rows Ledger::Counted() const {
  return Counted([](const Scored&) { return true; });
}

double MeanOf(int64_t sum, int64_t n) {
  return static_cast<double>((2 * sum + n) / (2 * n)) / 100;
}

double MeanDifference(int64_t sum, int64_t n) {
  return sum < 0 ? -MeanOf(-sum, n) : MeanOf(sum, n);
}

double PercentOf(int64_t part, int64_t whole) {
  return MeanOf(part * 100'00, whole);
}

int64_t SumOf(const Rows& rows) {
  int64_t sum = 0;
  for (const Scored* row : rows) sum += row->total();
  return sum;
}

std::map<int, Rows> ByAgent(const Rows& rows) {
  std::map<int, Rows> agents;
  for (const Scored* row : rows) agents[row->call.agent].push_back(row);
  return agents;
}

}  // namespace attune::half_year
