// What a question's figures give to think about.

#ifndef ATTUNE_ENGINE_REPORT_FORM_HEALTH_FINDINGS_H_
#define ATTUNE_ENGINE_REPORT_FORM_HEALTH_FINDINGS_H_

#include "attune/v1/form_health.pb.h"

namespace attune {

// Fills `question.findings`; the thresholds are told in form_health.proto.
void AddFindings(v1::QuestionHealth& question);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_FORM_HEALTH_FINDINGS_H_
