#include "engine/evaluation/evaluation.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr size_t kMaxTextBytes = 4096;

void CheckText(absl::string_view text, absl::string_view field,
               Violations& bad) {
  if (text.size() > kMaxTextBytes) {
    bad.Add(field, "TEXT_TOO_LONG",
            absl::StrCat("At most ", kMaxTextBytes, " bytes, not ", text.size(),
                         "."));
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(field, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
  }
}

}  // namespace

void CheckTexts(const v1::Evaluation& evaluation, absl::string_view path,
                Violations& bad) {
  CheckText(evaluation.comment(), absl::StrCat(path, ".comment"), bad);
  CheckText(evaluation.private_note(), absl::StrCat(path, ".private_note"),
            bad);
}

std::string AgentOf(const v1::Evaluation& evaluation) {
  const auto name = ParseEvaluationName(evaluation.name());
  return name ? name->person : "";
}

bool MayRead(const Caller& caller, const v1::Evaluation& evaluation,
             absl::string_view agent_team) {
  const std::string rater = ParsePersonName(evaluation.rater()).value_or("");
  if (evaluation.state() == v1::Evaluation::STATE_DRAFT) {
    return !caller.person.empty() && rater == caller.person;
  }
  return caller.Reaches(AgentOf(evaluation), agent_team, rater);
}

void HideFrom(const Caller& caller, v1::Evaluation& evaluation) {
  const bool is_agent =
      !caller.person.empty() && AgentOf(evaluation) == caller.person;
  const bool is_rater =
      !caller.person.empty() && evaluation.rater() == PersonName(caller.person);
  const bool may_see = is_rater || caller.roles.Has(v1::ROLE_QA_LEAD) ||
                       caller.roles.Has(v1::ROLE_ADMIN);
  if (is_agent || !may_see) evaluation.clear_private_note();
}

absl::Status Freeze(const CompiledForm& form, absl::string_view path,
                    int64_t now_us, v1::Evaluation& evaluation) {
  Violations bad;
  bad.Append(absl::StrCat(path, "."),
             CheckAnswers(form, evaluation.answers(), Completeness::kComplete));
  CheckTexts(evaluation, path, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  *evaluation.mutable_score() = ExplainScore(form, evaluation.answers());
  evaluation.set_state(v1::Evaluation::STATE_SUBMITTED);
  *evaluation.mutable_submit_time() = ToTimestamp(now_us);
  *evaluation.mutable_update_time() = ToTimestamp(now_us);
  return absl::OkStatus();
}

}  // namespace attune
