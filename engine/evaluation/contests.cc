#include "engine/evaluation/contests.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/contest.h"
#include "engine/evaluation/contest_rows.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/evaluation_new.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/evaluation/standing.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/texts.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kContestShape[] =
    "A contest is people/{person}/evaluations/{evaluation}/contests/{contest}.";

// A contest with its evaluation, if the caller may see both.
struct Case {
  v1::Contest contest;
  v1::Evaluation evaluation;
};

absl::StatusOr<Case> FindCase(Transaction& tx, const Caller& caller,
                              absl::string_view name) {
  const auto part = ParseContestName(name);
  if (!part) return Invalid("name", "NAME_INVALID", kContestShape);
  Case found;
  ASSIGN_OR_RETURN(found.contest, FindContest(tx, *part));
  ASSIGN_OR_RETURN(EvaluationRow row,
                   FindEvaluation(tx, {part->person, part->evaluation}));
  if (!MayRead(caller, row.evaluation, row.agent_team)) return NotFound(name);
  found.evaluation = std::move(row.evaluation);
  return found;
}

absl::Status NotIndependent(absl::string_view who) {
  return FailedPrecondition(
      "NOT_INDEPENDENT",
      absl::StrCat("A contest is ruled by somebody independent, not by ", who,
                   "."));
}

// OK if the caller may rule on what waits here.
absl::Status CheckRuler(const Caller& caller, const Case& found) {
  const v1::Contest& contest = found.contest;
  const bool escalated = contest.state() == v1::Contest::STATE_ESCALATED;
  if (contest.state() != v1::Contest::STATE_OPEN && !escalated) {
    return FailedPrecondition(
        "NOT_OPEN", absl::StrCat(contest.name(), " waits for no ruling."));
  }
  if (caller.person.empty()) return NotIndependent("a service account");
  if (contest.rater() == PersonName(caller.person)) {
    return NotIndependent("who scored the call");
  }
  if (AgentOf(found.evaluation) == caller.person) {
    return NotIndependent("the agent");
  }
  if (!escalated) return absl::OkStatus();
  if (!caller.roles.Has(v1::ROLE_QA_LEAD)) {
    return PermissionDenied("An escalated contest is ruled by a qa_lead.");
  }
  if (contest.rulings(0).ruler() == PersonName(caller.person)) {
    return NotIndependent("who ruled on it before");
  }
  return absl::OkStatus();
}

absl::Status CheckEtag(absl::string_view etag, Violations& bad) {
  if (etag.empty()) {
    bad.Add("etag", "ETAG_MISSING", "Send the etag that was read.");
  }
  return bad.ToStatus();
}

// Stores an evaluation that a contest moved.
absl::Status StoreMoved(Transaction& tx, int64_t now_us,
                        const SectionSlots& slots, const v1::Evaluation& before,
                        v1::Evaluation& after) {
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(after, ""));
  after.set_etag(absl::StrCat(version));
  *after.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateEvaluation(tx, after));
  return RecountEvaluation(tx, before, after, slots);
}

// Only contests that the caller may see, or may rule on.
void AddReach(const Caller& caller, Query& query) {
  if (caller.reach.all) return;
  query.Add(" AND (c.person = ? OR c.rater = ?",
            {caller.reach.own ? caller.person : "",
             caller.reach.rated ? caller.person : ""});
  query.Add(" OR c.person IN (SELECT id FROM person WHERE team = ?)",
            {caller.reach.team ? caller.team : ""});
  if (caller.roles.Has(v1::ROLE_ADVOCATE)) {
    query.Add(" OR c.state IN (?, ?)", {int64_t{v1::Contest::STATE_OPEN},
                                        int64_t{v1::Contest::STATE_ESCALATED}});
  }
  query.Add(")");
}

void AddToRule(const Caller& caller, Query& query) {
  query.Add(" AND c.rater <> ? AND c.person <> ?",
            {caller.person, caller.person});
  query.Add(" AND (c.state = ?", {int64_t{v1::Contest::STATE_OPEN}});
  if (caller.roles.Has(v1::ROLE_QA_LEAD)) {
    query.Add(" OR (c.state = ? AND c.first_ruler <> ?)",
              {int64_t{v1::Contest::STATE_ESCALATED}, caller.person});
  }
  query.Add(")");
}

}  // namespace

absl::StatusOr<v1::Contest> Contests::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateContestRequest& request) const {
  const auto name = ParseEvaluationName(request.parent());
  if (!name) {
    return Invalid(
        "parent", "NAME_INVALID",
        "An evaluation is people/{person}/evaluations/{evaluation}.");
  }
  ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *name));
  v1::Evaluation& evaluation = row.evaluation;
  if (caller.person != name->person ||
      !MayRead(caller, evaluation, row.agent_team)) {
    return NotFound(request.parent());
  }
  if (!Counts(evaluation) || evaluation.kind() != v1::Evaluation::KIND_QA) {
    return FailedPrecondition(
        "NOT_CONTESTABLE",
        absl::StrCat(request.parent(),
                     " does not count, so there is nothing to contest."));
  }
  const int64_t now_us = clock_();
  if (now_us > ToMicros(evaluation.contest_end_time())) {
    return FailedPrecondition(
        "CONTEST_TOO_LATE",
        absl::StrCat("It could be contested until ",
                     FormatMinute(ToMicros(evaluation.contest_end_time())),
                     "."));
  }
  ASSIGN_OR_RETURN(const bool has_open, HasOpenContest(tx, *name));
  if (has_open) {
    return FailedPrecondition(
        "CONTEST_OPEN",
        "A contest of this evaluation waits for its ruling already.");
  }
  ASSIGN_OR_RETURN(
      const auto revision,
      FindWantedRevision(tx, *revisions_, now_us, evaluation.form_revision()));
  RETURN_IF_ERROR(
      CheckContest(revision->compiled, evaluation, request.contest())
          .ToStatus());

  v1::Contest contest;
  contest.set_name(ContestName({name->person, name->id, MakeUuid(now_us)}));
  contest.set_state(v1::Contest::STATE_OPEN);
  *contest.mutable_items() = request.contest().items();
  for (v1::ContestItem& item : *contest.mutable_items()) {
    item.mutable_proposed()->set_question_id(item.question_id());
  }
  contest.set_etag("1");
  *contest.mutable_create_time() = ToTimestamp(now_us);
  *contest.mutable_update_time() = ToTimestamp(now_us);
  contest.set_rater(evaluation.rater());
  contest.set_form_revision(evaluation.form_revision());
  RETURN_IF_ERROR(InsertContest(tx, contest, now_us));
  const v1::Evaluation before = evaluation;
  evaluation.set_state(v1::Evaluation::STATE_CONTESTED);
  RETURN_IF_ERROR(StoreMoved(tx, now_us, revision->slots, before, evaluation));
  return contest;
}

absl::StatusOr<v1::Contest> Contests::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetContestRequest& request) const {
  ASSIGN_OR_RETURN(Case found, FindCase(tx, caller, request.name()));
  return std::move(found.contest);
}

absl::StatusOr<v1::ListContestsResponse> Contests::List(
    Transaction& tx, const Caller& caller,
    const v1::ListContestsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  Violations bad;
  const auto parent = ParseEvaluationOrAll(request.parent());
  if (!parent) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}/evaluations/{evaluation}; - stands "
            "for all.");
  }
  const auto rater = ParsePersonName(request.rater());
  if (!request.rater().empty() && !rater) {
    bad.Add("rater", "NAME_INVALID", "A rater is people/{person}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  Query query("SELECT c.id, c.body FROM contest c WHERE ");
  query.Add("c.id > ?", {page.after.empty() ? std::string() : page.after[0]});
  if (parent->person != "-") query.Add(" AND c.person = ?", {parent->person});
  if (parent->id != "-") query.Add(" AND c.evaluation = ?", {parent->id});
  if (rater) query.Add(" AND c.rater = ?", {*rater});
  if (request.state() != v1::Contest::STATE_UNSPECIFIED) {
    query.Add(" AND c.state = ?", {int64_t{request.state()}});
  }
  AddReach(caller, query);
  if (request.to_rule()) AddToRule(caller, query);
  query.Add(" ORDER BY c.id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListContestsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.contests_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_contests());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::Contest> Contests::Rule(
    Transaction& tx, const Caller& caller,
    const v1::RuleContestRequest& request) const {
  Violations bad;
  RETURN_IF_ERROR(CheckEtag(request.etag(), bad));
  ASSIGN_OR_RETURN(Case found, FindCase(tx, caller, request.name()));
  v1::Contest& contest = found.contest;
  RETURN_IF_ERROR(CheckRuler(caller, found));
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(contest, request.etag()));
  const int64_t now_us = clock_();
  v1::Evaluation& evaluation = found.evaluation;
  ASSIGN_OR_RETURN(
      const auto revision,
      FindWantedRevision(tx, *revisions_, now_us, evaluation.form_revision()));
  const v1::Evaluation before = evaluation;
  v1::Ruling ruling;
  RETURN_IF_ERROR(
      RuleOn(revision->compiled, contest, request.items(), evaluation, ruling));
  ruling.set_ruler(PersonName(caller.person));
  *ruling.mutable_rule_time() = ToTimestamp(now_us);
  *contest.add_rulings() = std::move(ruling);
  if (contest.state() == v1::Contest::STATE_OPEN) {
    contest.set_state(v1::Contest::STATE_RULED);
    *contest.mutable_escalate_end_time() =
        ToTimestamp(now_us + escalate_days_ * kMicrosPerDay);
  } else {
    contest.set_state(v1::Contest::STATE_FINAL);
  }
  contest.set_etag(absl::StrCat(version));
  *contest.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateContest(tx, contest));
  evaluation.set_state(IsAcknowledged(evaluation)
                           ? v1::Evaluation::STATE_ACKNOWLEDGED
                           : v1::Evaluation::STATE_SUBMITTED);
  RETURN_IF_ERROR(StoreMoved(tx, now_us, revision->slots, before, evaluation));
  return std::move(contest);
}

absl::StatusOr<v1::Contest> Contests::Escalate(
    Transaction& tx, const Caller& caller,
    const v1::EscalateContestRequest& request) const {
  Violations bad;
  CheckReason(request.reason(), "reason", bad);
  RETURN_IF_ERROR(CheckEtag(request.etag(), bad));
  ASSIGN_OR_RETURN(Case found, FindCase(tx, caller, request.name()));
  v1::Contest& contest = found.contest;
  v1::Evaluation& evaluation = found.evaluation;
  if (caller.person != AgentOf(evaluation)) return NotFound(request.name());
  if (contest.state() != v1::Contest::STATE_RULED) {
    return FailedPrecondition(
        "NOT_RULED", absl::StrCat(contest.name(),
                                  " is not at its first ruling; only that one "
                                  "can be escalated."));
  }
  const int64_t now_us = clock_();
  if (now_us > ToMicros(contest.escalate_end_time())) {
    return FailedPrecondition(
        "ESCALATE_TOO_LATE",
        absl::StrCat("It could be escalated until ",
                     FormatMinute(ToMicros(contest.escalate_end_time())), "."));
  }
  ASSIGN_OR_RETURN(
      const bool has_open,
      HasOpenContest(tx,
                     PersonPart{AgentOf(evaluation),
                                ParseContestName(request.name())->evaluation}));
  if (has_open) {
    return FailedPrecondition(
        "CONTEST_OPEN", "Another contest of this evaluation waits already.");
  }
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(contest, request.etag()));
  contest.set_state(v1::Contest::STATE_ESCALATED);
  contest.set_escalate_reason(request.reason());
  *contest.mutable_escalate_time() = ToTimestamp(now_us);
  contest.clear_escalate_end_time();
  contest.set_etag(absl::StrCat(version));
  *contest.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateContest(tx, contest));
  const v1::Evaluation before = evaluation;
  evaluation.set_state(v1::Evaluation::STATE_CONTESTED);
  RETURN_IF_ERROR(StoreMoved(tx, now_us, {}, before, evaluation));
  return std::move(contest);
}

}  // namespace attune
