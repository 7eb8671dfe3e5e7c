// Reports as an agent or a team lead reads them.

#ifndef ATTUNE_TOOLS_ATTUNE_REPORT_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_REPORT_VIEW_H_

#include <string>
#include <vector>

#include "attune/v1/report.pb.h"
#include "tools/attune/table.h"

namespace attune {

struct ReportLook {
  int width = 80;  // columns for text
  bool color = false;
};

// The team as a whole, an agent a line (those who need help first), what to
// coach, and every agent's sections.
std::string TeamReportText(const v1::TeamCoachingReport& report,
                           const ReportLook& look);
// The average, the sections with bars, the days, the newest evaluations.
std::string AgentReportText(const v1::AgentScorecard& scorecard,
                            const ReportLook& look);

// `2026-03-01 to 2026-03-31`, `from 2026-03-01`, `all scores to date`.
std::string PeriodText(const v1::Period& period);
// `Ann (ann)`, or the id alone.
std::string NameText(const std::string& display_name,
                     const std::string& resource);
// `63.20`; `not enough data` without scores.
std::string AverageText(const v1::Average& average);
// `58.10 to 68.30`; `not enough data` if it is absent.
std::string IntervalText(const v1::Average& average);
// `+3.10 (-1.20 to +7.40)`; `not enough data` if it is absent.
std::string TrendText(const v1::Trend& trend);
// A bar of `#`, `width` columns for 100 percent.
std::string Bar(double percent, int width);
// One block character a day, from ▁ for 0 to █ for 100 percent.
std::string Sparkline(const std::vector<double>& percents);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_REPORT_VIEW_H_
