#include "engine/evaluation/evaluation.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"
#include "engine/status_macros.h"
#include "engine/texts.h"

namespace attune {

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

bool ReadsEveryCalibration(const Caller& caller) {
  return caller.reach.all && (caller.roles.Has(v1::ROLE_QA_LEAD) ||
                              caller.roles.Has(v1::ROLE_ADMIN));
}

bool MayRead(const Caller& caller, const v1::Evaluation& evaluation,
             absl::string_view agent_team) {
  const std::string rater = ParsePersonName(evaluation.rater()).value_or("");
  if (evaluation.state() == v1::Evaluation::STATE_DRAFT) {
    return !caller.person.empty() && rater == caller.person;
  }
  const bool is_rater = !caller.person.empty() && rater == caller.person;
  const std::string agent = AgentOf(evaluation);
  const bool is_agent = !caller.person.empty() && agent == caller.person;
  if (evaluation.withheld()) {
    if (evaluation.kind() != v1::Evaluation::KIND_QA) return is_rater;
    if (is_agent) return false;
  }
  if (evaluation.kind() == v1::Evaluation::KIND_CALIBRATION) {
    return is_rater || ReadsEveryCalibration(caller);
  }
  return caller.Reaches(agent, agent_team, rater) ||
         (evaluation.state() == v1::Evaluation::STATE_CONTESTED &&
          caller.roles.Has(v1::ROLE_ADVOCATE));
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

void OpenToContest(int64_t now_us, int contest_days,
                   v1::Evaluation& evaluation) {
  if (evaluation.kind() != v1::Evaluation::KIND_QA || evaluation.withheld()) {
    return;
  }
  *evaluation.mutable_contest_end_time() =
      ToTimestamp(now_us + contest_days * kMicrosPerDay);
}

}  // namespace attune
