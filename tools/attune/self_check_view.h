// Self-checks as agents and leads read them.

#ifndef ATTUNE_TOOLS_ATTUNE_SELF_CHECK_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_SELF_CHECK_VIEW_H_

#include <string>
#include <vector>

#include "attune/v1/self_check_service.pb.h"
#include "tools/attune/output.h"
#include "tools/attune/session.h"

namespace attune {

const std::vector<Column<v1::SelfCheckCycle>>& CycleColumns();
const std::vector<Column<v1::SelfCheck>>& SelfCheckColumns();
const std::vector<Column<v1::CallToScore>>& CallToScoreColumns();
const std::vector<Column<v1::CycleGap>>& CycleGapColumns();

// The session with its picks and gaps; JSON or a CSV row in those formats.
absl::Status PrintSelfCheck(Session& session, const v1::SelfCheck& check);
// The cycle with its tally, likewise.
absl::Status PrintCycle(Session& session, const v1::SelfCheckCycle& cycle);

// `not_begun`, `normal`, `keep`: an enum's value without its prefix.
std::string SelfCheckStateWord(const v1::SelfCheck& check);
std::string ReadingWord(const v1::SelfCheckGap& gap);
std::string VerdictWord(v1::QuestionFeedback::Verdict verdict);

// What a reading asks of a lead.
std::string ReadingAdvice(v1::SelfCheckGap::Reading reading);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SELF_CHECK_VIEW_H_
