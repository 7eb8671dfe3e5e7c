// A backtest as a QA lead reads it.

#ifndef ATTUNE_TOOLS_ATTUNE_BACKTEST_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_BACKTEST_VIEW_H_

#include <string>

#include "attune/v1/backtest.pb.h"
#include "tools/attune/report_view.h"

namespace attune {

// What was compared and what could not be, totals before and after, lines that
// are crossed, what drives the change, the agents whom it moves most.
std::string BacktestText(const v1::Backtest& backtest, const ReportLook& look);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_BACKTEST_VIEW_H_
