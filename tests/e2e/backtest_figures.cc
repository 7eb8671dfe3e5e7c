#include "tests/e2e/backtest_figures.h"

#include <algorithm>
#include <map>

namespace attune::half_year {
namespace {

// The lowest total that at least `percent` % of the totals do not exceed.
double PercentileOf(std::vector<int64_t> totals, size_t percent) {
  std::sort(totals.begin(), totals.end());
  const size_t rank = (totals.size() * percent + 99) / 100;
  return static_cast<double>(totals[rank - 1]) / 100;
}

void ExpectDistribution(const v1::Backtest::Distribution& told,
                        const std::vector<int64_t>& totals) {
  int64_t sum = 0;
  for (const int64_t total : totals) sum += total;
  const auto n = static_cast<int64_t>(totals.size());
  EXPECT_EQ(told.mean_percent(), MeanOf(sum, n));
  EXPECT_EQ(told.percentile_5(), PercentileOf(totals, 5));
  EXPECT_EQ(told.percentile_25(), PercentileOf(totals, 25));
  EXPECT_EQ(told.median(), PercentileOf(totals, 50));
  EXPECT_EQ(told.percentile_75(), PercentileOf(totals, 75));
  EXPECT_EQ(told.percentile_95(), PercentileOf(totals, 95));
}

void ExpectLine(const v1::Backtest::Line& told,
                const std::vector<int64_t>& before,
                const std::vector<int64_t>& after) {
  SCOPED_TRACE(told.band());
  const auto line = static_cast<int64_t>(told.percent() * 100);
  int64_t below_before = 0, below_after = 0, rose = 0, fell = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    below_before += before[i] < line ? 1 : 0;
    below_after += after[i] < line ? 1 : 0;
    rose += before[i] < line && after[i] >= line ? 1 : 0;
    fell += before[i] >= line && after[i] < line ? 1 : 0;
  }
  EXPECT_EQ(told.below_before(), below_before);
  EXPECT_EQ(told.below_after(), below_after);
  EXPECT_EQ(told.rose(), rose);
  EXPECT_EQ(told.fell(), fell);
  EXPECT_EQ(told.fell_percent(),
            PercentOf(fell, static_cast<int64_t>(before.size())));
}

// Progress any number of times, then the result.
v1::Backtest RunBacktest(Center& center,
                         const v1::BacktestFormRequest& request) {
  grpc::ClientContext context;
  const Client quinn = center.As("quinn");
  quinn.Prepare(context);
  v1::FormService::Stub stub(quinn.channel());
  const auto stream = stub.BacktestForm(&context, request);
  v1::BacktestFormResponse message;
  v1::Backtest result;
  bool ended = false;
  int64_t done = 0;
  const auto total = static_cast<int64_t>(center.ledger().Counted().size());
  while (stream->Read(&message)) {
    EXPECT_FALSE(ended) << "Something follows the result.";
    if (message.has_progress()) {
      EXPECT_GE(message.progress().done(), done);
      EXPECT_EQ(message.progress().total(), total);
      done = message.progress().done();
    } else {
      result = message.result();
      ended = true;
    }
  }
  EXPECT_THAT(FromGrpc(stream->Finish()), IsOk());
  EXPECT_TRUE(ended);
  return result;
}

}  // namespace

v1::Backtest ExpectBacktest(Center& center,
                            const v1::BacktestFormRequest& request,
                            const std::function<int64_t(const Sheet&)>& after) {
  v1::Backtest told = RunBacktest(center, request);
  const Rows rows = center.ledger().Counted();
  std::vector<int64_t> before;
  std::vector<int64_t> then;
  std::map<int, std::pair<int64_t, int64_t>> agents;
  int64_t raised = 0, lowered = 0;
  for (const Scored* row : rows) {
    before.push_back(row->total());
    then.push_back(after(row->sheet));
    raised += then.back() > before.back() ? 1 : 0;
    lowered += then.back() < before.back() ? 1 : 0;
    agents[row->call.agent].first += before.back();
    agents[row->call.agent].second += then.back();
  }
  EXPECT_EQ(told.evaluations(), static_cast<int64_t>(rows.size()));
  EXPECT_EQ(told.compared(), told.evaluations());
  EXPECT_EQ(told.raised(), raised);
  EXPECT_EQ(told.lowered(), lowered);
  EXPECT_EQ(told.with_missing_answers(), 0);
  ExpectDistribution(told.before(), before);
  ExpectDistribution(told.after(), then);
  for (const v1::Backtest::Line& line : told.lines()) {
    ExpectLine(line, before, then);
  }
  std::map<int, Rows> by_agent = ByAgent(rows);
  for (const v1::Backtest::Agent& agent : told.agents()) {
    const int index = AgentIn(agent.person());
    EXPECT_EQ(agent.before_percent(), MeanOf(agents[index].first, agent.n()));
    EXPECT_EQ(agent.after_percent(), MeanOf(agents[index].second, agent.n()));
    EXPECT_EQ(agent.n(), static_cast<int64_t>(by_agent[index].size()));
  }
  EXPECT_EQ(told.agents_size() + told.agents_with_too_few(),
            static_cast<int64_t>(agents.size()));
  return told;
}

}  // namespace attune::half_year
