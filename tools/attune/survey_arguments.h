// What people type about customers' answers: measures, groupings, periods.

#ifndef ATTUNE_TOOLS_ATTUNE_SURVEY_ARGUMENTS_H_
#define ATTUNE_TOOLS_ATTUNE_SURVEY_ARGUMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/survey_report.pb.h"

namespace attune {

// `would_hire` <-> SURVEY_MEASURE_WOULD_HIRE; UNSPECIFIED for other words.
const std::vector<std::string>& MeasureWords();
v1::SurveyMeasure ParseMeasure(absl::string_view word);
std::string MeasureWord(v1::SurveyMeasure measure);

// `agent` <-> GROUPING_AGENT.
const std::vector<std::string>& GroupingWords();
v1::SurveyReport::Grouping ParseGrouping(absl::string_view word);

// The days of `2026`, `2026-Q1`, `2026-03` or `2026-03-15`; else those from
// `since` to `until`.  INVALID_ARGUMENT (USAGE), also for both.
absl::StatusOr<v1::Period> SurveyPeriodArgument(absl::string_view period,
                                                absl::string_view since,
                                                absl::string_view until);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SURVEY_ARGUMENTS_H_
