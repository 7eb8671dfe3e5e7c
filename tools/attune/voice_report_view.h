// The month's successes and frustrations, for a terminal and as Markdown.

#ifndef ATTUNE_TOOLS_ATTUNE_VOICE_REPORT_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_VOICE_REPORT_VIEW_H_

#include <string>
#include <vector>

#include "attune/v1/voice_report.pb.h"
#include "tools/attune/report_view.h"

namespace attune {

// `Top successes and frustrations, 2026-10, teams/red`.
std::string VoiceTitle(const v1::VoiceReport& report);
// `3 great calls, 2 props, 1 lost`.
std::string CountsText(const v1::ThemeCounts& counts);
// `12 (+4)`: against the month before.
std::string WeightText(const v1::VoiceTheme& theme);
// `Too much effort came up 18 times, usually 1.00; ...`.
std::string RisingText(const v1::VoiceTheme& theme);
// `NPS`, `CSAT`, `would hire`, `would recommend`.
std::string MeasureTitle(v1::SurveyMeasure measure);
// `39.84 (37.18 to 42.41), n = 2746`; why there is none otherwise.
std::string FigureText(const v1::SurveyFigure& figure);
// What else happened, a sentence each.
std::vector<std::string> TotalsText(const v1::VoiceTotals& totals);
// How themes are weighed.
extern const char kWeightsText[];

std::string VoiceReportText(const v1::VoiceReport& report,
                            const ReportLook& look);
// Customers' words are quoted so that none of them is markup.
std::string VoiceReportMarkdown(const v1::VoiceReport& report);
// A page that stands alone: no script, nothing from elsewhere; prints well.
std::string VoiceReportHtml(const v1::VoiceReport& report);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_VOICE_REPORT_VIEW_H_
