#include "engine/report/backtests.h"

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/errors.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/evaluation/standing.h"
#include "engine/form/forms.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/report/report_filter.h"
#include "engine/scoring/backtest.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

// One share of the evaluations.
class Taker final : public EvaluationTaker {
 public:
  explicit Taker(const CompiledForm& draft) : tally_(draft) {}

  void Take(const v1::Evaluation& evaluation) override {
    const absl::string_view agent = AgentOf(evaluation.name());
    const v1::Score& before = EffectiveScore(evaluation);
    if (evaluation.ruled_answers().empty()) {
      tally_.Add(agent, evaluation.answers(), before);
    } else {
      tally_.Add(agent, EffectiveAnswers(evaluation), before);
    }
  }

  BacktestTally& tally() { return tally_; }

 private:
  // `people/ann` of `people/ann/evaluations/1`.
  static absl::string_view AgentOf(absl::string_view name) {
    return name.substr(0, name.find('/', name.find('/') + 1));
  }

  BacktestTally tally_;
};

absl::StatusOr<CompiledForm> FindDraft(Transaction& tx, const Caller& caller,
                                       const v1::BacktestFormRequest& request,
                                       int64_t now_us) {
  if (request.has_form()) return CompileToTry(request.form());
  ASSIGN_OR_RETURN(const v1::Form form,
                   FindContent(tx, caller, "name", request.name(), now_us));
  return CompileToTry(form);
}

v1::BacktestFormResponse ProgressOf(int64_t done, int64_t total) {
  v1::BacktestFormResponse response;
  response.mutable_progress()->set_done(done);
  response.mutable_progress()->set_total(total);
  return response;
}

}  // namespace

absl::StatusOr<v1::BacktestFormResponse> Backtests::Run(
    Transaction& tx, const Caller& caller,
    const v1::BacktestFormRequest& request, const Tell& tell) const {
  Violations bad;
  CountedFilter filter{CheckPeriod(request.period(), bad)};
  filter.rollups.form = ParseFormName(request.against());
  if (!filter.rollups.form) {
    bad.Add("against", "NAME_INVALID", "A form is forms/{form}.");
  }
  filter.rollups.team = CheckTeam(request.team(), bad);
  if (request.source_case() == v1::BacktestFormRequest::SOURCE_NOT_SET) {
    bad.Add("source", "SOURCE_MISSING",
            "Give the name of a stored form, or a form.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const CompiledForm draft,
                   FindDraft(tx, caller, request, now_us));
  RETURN_IF_ERROR(
      FindRevision(tx, RevisionName{*filter.rollups.form, 0}, now_us).status());
  ASSIGN_OR_RETURN(filter.rollups.team,
                   FindTeamInReach(tx, caller, filter.rollups.team));

  ASSIGN_OR_RETURN(const int64_t total, CountEvaluations(tx, filter.rollups));
  std::deque<Taker> takers;  // they stay where they are
  std::vector<EvaluationTaker*> shares;
  for (size_t i = 0; i < TakerCount(); ++i) {
    shares.push_back(&takers.emplace_back(draft));
  }
  RETURN_IF_ERROR(tell(ProgressOf(0, total)));
  RETURN_IF_ERROR(ScanCounted(tx, filter, shares, [&](int64_t read) {
    return tell(ProgressOf(read, total));
  }));
  BacktestTally& all = takers.front().tally();
  std::for_each(takers.begin() + 1, takers.end(),
                [&](Taker& taker) { all.Merge(taker.tally()); });
  v1::BacktestFormResponse response;
  *response.mutable_result() = all.Result();
  return response;
}

}  // namespace attune
