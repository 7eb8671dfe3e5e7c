#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "engine/errors.h"
#include "engine/evaluation/contest_items.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/evaluation/form_feedback.h"
#include "engine/evaluation/form_feedbacks.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/report/contest_figures.h"
#include "engine/report/form_health.h"
#include "engine/report/form_health_customers.h"
#include "engine/report/form_health_findings.h"
#include "engine/report/report_filter.h"
#include "engine/report/reports.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

// From the index alone: the few contacts of which answers must be remembered.
constexpr char kScoredTwice[] = R"sql(
  SELECT contact, person FROM evaluation
  WHERE form = $1 AND kind = $2 AND state <> 5
  GROUP BY contact, person HAVING COUNT(*) > 1)sql";

using Contacts = absl::flat_hash_set<std::string>;

absl::StatusOr<Contacts> FindScoredTwice(Transaction& tx,
                                         const std::string& form) {
  Contacts contacts;
  RETURN_IF_ERROR(tx.Scan(kScoredTwice,
                          {form, int64_t{v1::Evaluation::KIND_QA}},
                          [&](const Row& row) {
                            Cells cells(row);
                            const std::string contact = cells.Text();
                            contacts.insert(ContactName(cells.Text(), contact));
                            return cells.Done();
                          }));
  return contacts;
}

class Taker final : public EvaluationTaker {
 public:
  explicit Taker(const Contacts& scored_twice) : tally_(scored_twice) {}
  void Take(const v1::Evaluation& evaluation) override {
    tally_.Add(evaluation);
  }
  FormHealthTally& tally() { return tally_; }

 private:
  FormHealthTally tally_;
};

// What the report is about: the revision asked for, or the newest.
absl::StatusOr<v1::FormRevision> FindSubject(Transaction& tx,
                                             const std::string& name,
                                             int64_t now_us) {
  if (const auto revision = ParseFormRevisionName(name)) {
    return FindRevision(tx, *revision, now_us);
  }
  const std::string form = ParseFormName(name).value_or("");
  ASSIGN_OR_RETURN(const auto newest, FindNewestRevision(tx, form));
  if (newest) return *newest;
  // Tells whether there is a form at all.
  return FindRevision(tx, RevisionName{form, 0}, now_us);
}

}  // namespace

absl::StatusOr<v1::FormHealth> Reports::GetFormHealth(
    Transaction& tx, const Caller& caller,
    const v1::GetFormHealthRequest& request) const {
  Violations bad;
  CountedFilter filter{CheckPeriod(request.period(), bad)};
  filter.rollups.team = CheckTeam(request.team(), bad);
  const bool one = ParseFormRevisionName(request.name()).has_value();
  if (!one && !ParseFormName(request.name())) {
    bad.Add("name", "NAME_INVALID",
            "Name a form, forms/{form}, or a revision, "
            "forms/{form}/revisions/{revision}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(filter.rollups.team,
                   FindTeamInReach(tx, caller, filter.rollups.team));
  ASSIGN_OR_RETURN(const v1::FormRevision subject,
                   FindSubject(tx, request.name(), clock_()));
  const RevisionName name =
      ParseFormRevisionName(subject.name()).value_or(RevisionName{});
  filter.rollups.form = name.form;
  if (one) filter.revision = name.revision;

  ASSIGN_OR_RETURN(const Contacts twice, FindScoredTwice(tx, name.form));
  std::deque<Taker> takers;  // they stay where they are
  std::vector<EvaluationTaker*> shares;
  for (size_t i = 0; i < TakerCount(); ++i) {
    shares.push_back(&takers.emplace_back(twice));
  }
  RETURN_IF_ERROR(ScanCounted(tx, filter, shares,
                              [](int64_t) { return absl::OkStatus(); }));
  FormHealthTally& all = takers.front().tally();
  std::for_each(takers.begin() + 1, takers.end(),
                [&](Taker& taker) { all.Merge(taker.tally()); });
  std::map<std::string, ContestTally> contests;
  RETURN_IF_ERROR(ScanItemsOf(tx, filter, [&](const ContestedItem& item) {
    contests[item.question].Add(item.standing);
  }));

  QuestionTallies feedback;
  RETURN_IF_ERROR(ScanFeedback(tx, filter, [&](const v1::FormFeedback& given) {
    CountVerdicts(given, feedback);
  }));

  v1::FormHealth health = all.Result(subject.form());
  health.set_name(one ? subject.name() : FormName(name.form));
  *health.mutable_period() = request.period();
  if (filter.rollups.team) health.set_team(TeamName(*filter.rollups.team));
  for (v1::QuestionHealth& question : *health.mutable_questions()) {
    *question.mutable_contests() =
        FiguresOf(contests[question.question_id()], question.asked());
    const auto verdicts = feedback.find(question.question_id());
    if (verdicts != feedback.end()) {
      *question.mutable_feedback() = verdicts->second;
    }
    AddFindings(question);
  }
  RETURN_IF_ERROR(AddCustomers(tx, filter, health));
  return health;
}

}  // namespace attune
