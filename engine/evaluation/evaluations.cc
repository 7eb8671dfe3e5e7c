#include "engine/evaluation/evaluations.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/coaching/floor_gate.h"
#include "engine/errors.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/evaluation/calibration_rows.h"
#include "engine/evaluation/contest_rows.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/evaluation_new.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/evaluation/self_check_assignments.h"
#include "engine/evaluation/self_check_cycle.h"
#include "engine/evaluation/standing.h"
#include "engine/evaluation/withheld_evaluations.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/scoring/answers.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/rollups.h"
#include "engine/texts.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int kMaxBatch = 1000;

absl::Status NotAnEvaluation(absl::string_view field) {
  return Invalid(field, "NAME_INVALID",
                 "An evaluation is people/{person}/evaluations/{evaluation}.");
}

// OK if the caller may still work on this draft of theirs.
absl::Status CheckDraftGoesOn(const Caller& caller, const EvaluationRow& row) {
  const bool is_self = row.evaluation.kind() == v1::Evaluation::KIND_SELF;
  if (!is_self && !caller.reach.team && !caller.reach.all) {
    return PermissionDenied("Agents write drafts of their self-checks alone.");
  }
  if (is_self && row.blind_in.empty()) {
    return CycleClosed(
        absl::StrCat("The self-check of ", row.evaluation.contact()));
  }
  return absl::OkStatus();
}

// The stored draft that `wanted` names, if it is the caller's and the etag is
// the current one.
absl::StatusOr<EvaluationRow> FindOwnDraft(Transaction& tx,
                                           const Caller& caller,
                                           const v1::Evaluation& wanted) {
  const auto name = ParseEvaluationName(wanted.name());
  if (!name) return NotAnEvaluation("evaluation.name");
  if (wanted.etag().empty()) {
    return Invalid("evaluation.etag", "ETAG_MISSING",
                   "Send the etag that was read.");
  }
  ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *name));
  if (!MayRead(caller, row.evaluation, row.agent_team)) {
    return NotFound(wanted.name());
  }
  if (row.evaluation.state() != v1::Evaluation::STATE_DRAFT) {
    return FailedPrecondition(
        "NOT_A_DRAFT",
        absl::StrCat(wanted.name(), " is submitted; its answers are frozen."));
  }
  RETURN_IF_ERROR(CheckDraftGoesOn(caller, row));
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(row.evaluation, wanted.etag()));
  RETURN_IF_ERROR(CheckStillOpen(tx, row.evaluation));
  row.evaluation.set_etag(absl::StrCat(version));
  return row;
}

// Which fields an update replaces.
struct Replaced {
  bool answers = false;
  bool comment = false;
  bool private_note = false;
  bool form_revision = false;
};

absl::StatusOr<Replaced> ParseMask(const v1::UpdateEvaluationRequest& request) {
  if (!request.has_update_mask()) return Replaced{true, true, true, false};
  Replaced replaced;
  Violations bad;
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "answers") {
      replaced.answers = true;
    } else if (path == "comment") {
      replaced.comment = true;
    } else if (path == "private_note") {
      replaced.private_note = true;
    } else if (path == "form_revision") {
      replaced.form_revision = true;
    } else {
      bad.Add("update_mask", "PATH_UNKNOWN",
              absl::StrCat("A draft's answers, comment, private_note and "
                           "form_revision can be replaced, not ",
                           path, "."));
    }
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return replaced;
}

void Take(const v1::Evaluation& from, const Replaced& replaced,
          v1::Evaluation& evaluation) {
  if (replaced.answers) *evaluation.mutable_answers() = from.answers();
  if (replaced.comment) evaluation.set_comment(from.comment());
  if (replaced.private_note) {
    evaluation.set_private_note(from.private_note());
  }
}

constexpr char kOfOwnCalibration[] =
    "e.calibration IN (SELECT calibration FROM calibration_rater"
    " WHERE rater = ?)";

// The conditions of a list: what was asked for, and what the caller may see.
void AddFilters(const v1::ListEvaluationsRequest& request,
                absl::string_view person, const Caller& caller, Query& query) {
  if (person != "-") query.Add(" AND e.person = ?", {std::string(person)});
  if (!request.contact_id().empty()) {
    query.Add(" AND e.contact = ?", {request.contact_id()});
  }
  if (const auto form = ParseFormName(request.form())) {
    query.Add(" AND e.form = ?", {*form});
  }
  if (const auto rater = ParsePersonName(request.rater())) {
    query.Add(" AND e.rater = ?", {*rater});
  }
  if (request.kind() != v1::Evaluation::KIND_UNSPECIFIED) {
    query.Add(" AND e.kind = ?", {int64_t{request.kind()}});
  }
  if (request.state() != v1::Evaluation::STATE_UNSPECIFIED) {
    query.Add(" AND e.state = ?", {int64_t{request.state()}});
  }
  if (request.has_start_time()) {
    query.Add(" AND e.contact_us >= ?", {ToMicros(request.start_time())});
  }
  if (request.has_end_time()) {
    query.Add(" AND e.contact_us < ?", {ToMicros(request.end_time())});
  }
  query.Add(" AND (e.state <> ? OR e.rater = ?)",
            {int64_t{v1::Evaluation::STATE_DRAFT}, caller.person});
  query.Add(
      " AND (e.withheld = 0 OR e.rater = ? OR (e.kind = ? AND e.person <> ?))",
      {caller.person, int64_t{v1::Evaluation::KIND_QA}, caller.person});
  const std::string rated = caller.reach.rated ? caller.person : "";
  if (!ReadsEveryCalibration(caller)) {
    query.Add(" AND (e.kind <> ? OR e.rater = ? OR ",
              {int64_t{v1::Evaluation::KIND_CALIBRATION}, caller.person});
    query.Add(kOfOwnCalibration, {caller.person});
    query.Add(")");
  }
  if (!caller.reach.all) {
    query.Add(" AND (e.person = ? OR e.rater = ? OR ",
              {caller.reach.own ? caller.person : "", rated});
    query.Add(kOfOwnCalibration, {rated});
    query.Add(" OR e.person IN (SELECT id FROM person WHERE team = ?))",
              {caller.reach.team ? caller.team : ""});
  }
}

absl::Status CheckNames(const v1::ListEvaluationsRequest& request) {
  Violations bad;
  if (!request.form().empty() && !ParseFormName(request.form())) {
    bad.Add("form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (!request.rater().empty() && !ParsePersonName(request.rater())) {
    bad.Add("rater", "NAME_INVALID", "A rater is people/{person}.");
  }
  return bad.ToStatus();
}

}  // namespace

absl::StatusOr<v1::Evaluation> Evaluations::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateEvaluationRequest& request) const {
  ASSIGN_OR_RETURN(NewEvaluation made,
                   MakeEvaluation(tx, caller, *revisions_, clock_(),
                                  request.parent(), request.evaluation()));
  Violations bad;
  bad.Append("evaluation.",
             CheckAnswers(made.revision->compiled, made.evaluation.answers(),
                          Completeness::kPartial));
  CheckTexts(made.evaluation, "evaluation", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  RETURN_IF_ERROR(InsertEvaluation(tx, made.evaluation));
  return std::move(made.evaluation);
}

absl::StatusOr<v1::Evaluation> Evaluations::Update(
    Transaction& tx, const Caller& caller,
    const v1::UpdateEvaluationRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const Replaced replaced, ParseMask(request));
  ASSIGN_OR_RETURN(EvaluationRow row,
                   FindOwnDraft(tx, caller, request.evaluation()));
  v1::Evaluation& evaluation = row.evaluation;
  Take(request.evaluation(), replaced, evaluation);
  if (replaced.form_revision) {
    if (evaluation.kind() != v1::Evaluation::KIND_QA) {
      return Invalid("update_mask", "REVISION_FIXED",
                     "Self-checks and calibrations keep the revision they "
                     "began on.");
    }
    evaluation.set_form_revision(request.evaluation().form_revision());
  }
  ASSIGN_OR_RETURN(
      const auto revision,
      FindWantedRevision(tx, *revisions_, now_us, evaluation.form_revision()));
  evaluation.set_form_revision(revision->document.name());
  Violations bad;
  bad.Append("evaluation.",
             CheckAnswers(revision->compiled, evaluation.answers(),
                          Completeness::kPartial));
  CheckTexts(evaluation, "evaluation", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  *evaluation.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateEvaluation(tx, evaluation));
  return std::move(evaluation);
}

absl::StatusOr<v1::Evaluation> Evaluations::Submit(
    Transaction& tx, const Caller& caller,
    const v1::SubmitEvaluationRequest& request) const {
  FloorGate gate;
  return SubmitThrough(tx, caller, request, gate);
}

absl::StatusOr<v1::Evaluation> Evaluations::SubmitThrough(
    Transaction& tx, const Caller& caller,
    const v1::SubmitEvaluationRequest& request, FloorGate& gate) const {
  const int64_t now_us = clock_();
  const v1::Evaluation& wanted = request.evaluation();
  if (wanted.name().empty()) {
    ASSIGN_OR_RETURN(NewEvaluation made,
                     MakeEvaluation(tx, caller, *revisions_, now_us,
                                    request.parent(), wanted));
    RETURN_IF_ERROR(gate.Check(tx, caller, now_us));
    RETURN_IF_ERROR(
        Freeze(made.revision->compiled, "evaluation", now_us, made.evaluation));
    RETURN_IF_ERROR(Withhold(tx, made.blind_in, made.evaluation));
    OpenToContest(now_us, contest_days_, made.evaluation);
    RETURN_IF_ERROR(InsertEvaluation(tx, made.evaluation));
    RETURN_IF_ERROR(CountEvaluation(tx, made.evaluation, made.revision->slots));
    RETURN_IF_ERROR(TellSelfCheck(tx, made.blind_in, {now_us, contest_days_},
                                  made.evaluation));
    RETURN_IF_ERROR(CompleteAssignment(tx, made.evaluation, now_us));
    return std::move(made.evaluation);
  }
  ASSIGN_OR_RETURN(EvaluationRow row, FindOwnDraft(tx, caller, wanted));
  v1::Evaluation& evaluation = row.evaluation;
  if (evaluation.kind() == v1::Evaluation::KIND_QA) {
    RETURN_IF_ERROR(gate.Check(tx, caller, now_us));
  }
  if (!wanted.answers().empty()) {
    Take(wanted, Replaced{true, true, true, false}, evaluation);
  }
  ASSIGN_OR_RETURN(
      const auto revision,
      FindWantedRevision(tx, *revisions_, now_us, evaluation.form_revision()));
  RETURN_IF_ERROR(Freeze(revision->compiled, "evaluation", now_us, evaluation));
  if (evaluation.kind() == v1::Evaluation::KIND_CALIBRATION) {
    // Withheld until its session closes, whatever else goes on with the call.
    RETURN_IF_ERROR(UpdateEvaluation(tx, evaluation));
    return std::move(evaluation);
  }
  RETURN_IF_ERROR(Withhold(tx, row.blind_in, evaluation));
  OpenToContest(now_us, contest_days_, evaluation);
  RETURN_IF_ERROR(UpdateEvaluation(tx, evaluation));
  RETURN_IF_ERROR(CountEvaluation(tx, evaluation, revision->slots));
  RETURN_IF_ERROR(
      TellSelfCheck(tx, row.blind_in, {now_us, contest_days_}, evaluation));
  RETURN_IF_ERROR(CompleteAssignment(tx, evaluation, now_us));
  return std::move(evaluation);
}

absl::StatusOr<v1::BatchSubmitEvaluationsResponse> Evaluations::BatchSubmit(
    Transaction& tx, const Caller& caller,
    const v1::BatchSubmitEvaluationsRequest& request) const {
  Violations bad;
  CheckBatch(
      request.requests(), kMaxBatch,
      [](const auto&, const std::string&, Violations&) {}, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  FloorGate gate;
  v1::BatchSubmitEvaluationsResponse response;
  for (int i = 0; i < request.requests_size(); ++i) {
    auto submitted = SubmitThrough(tx, caller, request.requests(i), gate);
    if (submitted.ok()) {
      *response.add_evaluations() = std::move(*submitted);
      continue;
    }
    const Violations found = Violations::FromStatus(submitted.status());
    // Only what is wrong with the request itself leaves the transaction whole,
    // so that the rest can be looked at too.
    if (found.empty()) return submitted.status();
    bad.Append(absl::StrCat("requests[", i, "]."), found);
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return response;
}

absl::StatusOr<v1::Evaluation> Evaluations::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetEvaluationRequest& request) const {
  const auto name = ParseEvaluationName(request.name());
  if (!name) return NotAnEvaluation("name");
  ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *name));
  if (!MayRead(caller, row.evaluation, row.agent_team)) {
    ASSIGN_OR_RETURN(const bool released,
                     IsReleasedTo(tx, caller.person, row.evaluation));
    if (!released) return NotFound(request.name());
  }
  HideFrom(caller, row.evaluation);
  return std::move(row.evaluation);
}

absl::StatusOr<v1::ListEvaluationsResponse> Evaluations::List(
    Transaction& tx, const Caller& caller,
    const v1::ListEvaluationsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    return Invalid("parent", "NAME_INVALID",
                   "The parent is people/{person}, or people/- for everyone.");
  }
  RETURN_IF_ERROR(CheckNames(request));
  Query query("SELECT e.id, e.body FROM evaluation e WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("e.id < ?", {page.after[0]});
  }
  AddFilters(request, *person, caller, query);
  query.Add(" ORDER BY e.id DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListEvaluationsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.evaluations_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    v1::Evaluation& evaluation = *response.add_evaluations();
    cells.Message(evaluation);
    RETURN_IF_ERROR(cells.Done());
    HideFrom(caller, evaluation);
  }
  return response;
}

absl::StatusOr<v1::Evaluation> Evaluations::Acknowledge(
    Transaction& tx, const Caller& caller,
    const v1::AcknowledgeEvaluationRequest& request) const {
  const auto name = ParseEvaluationName(request.name());
  if (!name) return NotAnEvaluation("name");
  Violations bad;
  CheckText(request.comment(), "comment", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *name));
  v1::Evaluation& evaluation = row.evaluation;
  if (name->person != caller.person ||
      !MayRead(caller, evaluation, row.agent_team)) {
    return NotFound(request.name());
  }
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(evaluation, request.etag()));
  if (Counts(evaluation) && !IsAcknowledged(evaluation)) {
    const int64_t now_us = clock_();
    if (evaluation.state() == v1::Evaluation::STATE_SUBMITTED) {
      evaluation.set_state(v1::Evaluation::STATE_ACKNOWLEDGED);
    }
    evaluation.set_acknowledge_comment(request.comment());
    *evaluation.mutable_acknowledge_time() = ToTimestamp(now_us);
    *evaluation.mutable_update_time() = ToTimestamp(now_us);
    evaluation.set_etag(absl::StrCat(version));
    RETURN_IF_ERROR(UpdateEvaluation(tx, evaluation));
    Tally read;
    read.acknowledged = 1;
    const EvaluationIdentity identity = IdentityOf(evaluation);
    RETURN_IF_ERROR(
        AddToRollup(tx,
                    RollupKey{DayOf(ToMicros(evaluation.contact_time())),
                              identity.person, identity.form, identity.kind},
                    read));
  }
  HideFrom(caller, evaluation);
  return std::move(evaluation);
}

absl::StatusOr<v1::Evaluation> Evaluations::Void(
    Transaction& tx, const Caller& caller,
    const v1::VoidEvaluationRequest& request) const {
  Violations bad;
  const auto name = ParseEvaluationName(request.name());
  if (!name) return NotAnEvaluation("name");
  if (request.etag().empty()) {
    bad.Add("etag", "ETAG_MISSING", "Send the etag that was read.");
  }
  CheckReason(request.reason(), "reason", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *name));
  v1::Evaluation& evaluation = row.evaluation;
  if (evaluation.state() == v1::Evaluation::STATE_DRAFT ||
      !MayRead(caller, evaluation, row.agent_team)) {
    return NotFound(request.name());
  }
  if (evaluation.state() != v1::Evaluation::STATE_VOID) {
    ASSIGN_OR_RETURN(const int64_t version,
                     NextVersion(evaluation, request.etag()));
    const v1::Evaluation before = evaluation;
    const int64_t now_us = clock_();
    evaluation.set_state(v1::Evaluation::STATE_VOID);
    evaluation.set_void_reason(request.reason());
    *evaluation.mutable_void_time() = ToTimestamp(now_us);
    if (!caller.person.empty()) {
      evaluation.set_voider(PersonName(caller.person));
    }
    evaluation.clear_contest_end_time();
    *evaluation.mutable_update_time() = ToTimestamp(now_us);
    evaluation.set_etag(absl::StrCat(version));
    RETURN_IF_ERROR(UpdateEvaluation(tx, evaluation));
    ASSIGN_OR_RETURN(const SectionSlots slots,
                     FindSlots(tx, IdentityOf(evaluation).form));
    RETURN_IF_ERROR(RecountEvaluation(tx, before, evaluation, slots));
    RETURN_IF_ERROR(CloseContests(tx, *name, now_us));
    RETURN_IF_ERROR(
        QueueAgain(tx, row.blind_in, before, row.agent_team, now_us));
  }
  HideFrom(caller, evaluation);
  return std::move(evaluation);
}

}  // namespace attune
