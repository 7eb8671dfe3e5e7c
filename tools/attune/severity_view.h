// Rater severity and drift as a QA lead reads them.

#ifndef ATTUNE_TOOLS_ATTUNE_SEVERITY_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_SEVERITY_VIEW_H_

#include <string>

#include "attune/v1/severity.pb.h"
#include "tools/attune/option.h"
#include "tools/attune/report_view.h"
#include "tools/attune/session.h"

namespace attune {

// What there is to say, then raters and agents, part by part.
std::string SeverityReportText(const v1::SeverityReport& report,
                               const ReportLook& look);
// The whole period in a line, then the months.
std::string RaterDriftText(const v1::RaterDrift& drift, const ReportLook& look);

// severity and drift, among the reports.
void AddSeverityReports(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SEVERITY_VIEW_H_
