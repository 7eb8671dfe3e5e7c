// One measure of some responses: value, interval, and whether it changed.

#ifndef ATTUNE_ENGINE_VOICE_SURVEY_FIGURE_H_
#define ATTUNE_ENGINE_VOICE_SURVEY_FIGURE_H_

#include <string>
#include <vector>

#include "attune/v1/survey_report.pb.h"
#include "engine/store/survey_rollups.h"

namespace attune {

// `NPS`, `satisfaction`: as a sentence begins with.
std::string TitleOf(v1::SurveyMeasure measure);

v1::SurveyFigure FigureOf(v1::SurveyMeasure measure, const SurveyTally& tally);

// `now` against `before`.
v1::SurveyChange ChangeOf(v1::SurveyMeasure measure, const SurveyTally& before,
                          const SurveyTally& now);

// Corrects the tests of changes that are shown together.
void AdjustTogether(v1::SurveyMeasure measure,
                    const std::vector<v1::SurveyChange*>& changes);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_SURVEY_FIGURE_H_
