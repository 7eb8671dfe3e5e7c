// Backtests, against the ledger.

#ifndef ATTUNE_TESTS_E2E_BACKTEST_FIGURES_H_
#define ATTUNE_TESTS_E2E_BACKTEST_FIGURES_H_

#include <cstdint>
#include <functional>

#include "tests/e2e/center.h"

namespace attune::half_year {

// Runs a backtest to its end and compares it: `after` tells what the draft
// makes of a sheet, in hundredths.
v1::Backtest ExpectBacktest(Center& center,
                            const v1::BacktestFormRequest& request,
                            const std::function<int64_t(const Sheet&)>& after);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_BACKTEST_FIGURES_H_
