#include "engine/evaluation/form_feedbacks.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/form_feedback.h"
#include "engine/evaluation/self_check_cycle.h"
#include "engine/evaluation/self_check_rows.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kFind[] = R"sql(
  SELECT body FROM form_feedback WHERE cycle = $1 AND person = $2)sql";

constexpr char kStore[] = R"sql(
  INSERT INTO form_feedback (cycle, person, version, body)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (cycle, person)
  DO UPDATE SET version = excluded.version, body = excluded.body)sql";

// What was said before; an empty one with version 0 if nothing was.
absl::StatusOr<v1::FormFeedback> FindFeedback(Transaction& tx,
                                              const PersonPart& session,
                                              int64_t now_us) {
  v1::FormFeedback feedback;
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {session.id, session.person}));
  if (rows.empty()) {
    feedback.set_name(FormFeedbackName(session.person, session.id));
    feedback.set_etag("0");
    *feedback.mutable_create_time() = ToTimestamp(now_us);
    return feedback;
  }
  Cells cells(rows[0]);
  cells.Message(feedback);
  RETURN_IF_ERROR(cells.Done());
  return feedback;
}

}  // namespace

absl::StatusOr<v1::FormFeedback> FormFeedbacks::Submit(
    Transaction& tx, const Caller& caller,
    const v1::SubmitFormFeedbackRequest& request) const {
  const int64_t now_us = clock_();
  const auto name = ParseSelfCheckName(request.parent());
  if (!name) {
    return Invalid("parent", "NAME_INVALID",
                   "A self-check is people/{person}/selfChecks/{cycle}.");
  }
  ASSIGN_OR_RETURN(const SelfCheckSubject subject,
                   FindSubject(tx, caller, *name));
  RETURN_IF_ERROR(CheckTakesPart(subject.cycle, now_us));
  if (!subject.session) {
    return FailedPrecondition(
        "SESSION_NOT_BEGUN",
        absl::StrCat(request.parent(), " is not begun; pick a call first."));
  }
  const auto revision_name =
      ParseFormRevisionName(subject.session->form_revision())
          .value_or(RevisionName{});
  ASSIGN_OR_RETURN(const auto revision,
                   revisions_->FindInEffect(tx, revision_name, now_us));
  RETURN_IF_ERROR(
      CheckFeedback(revision->compiled, request.feedback()).ToStatus());
  ASSIGN_OR_RETURN(v1::FormFeedback feedback, FindFeedback(tx, *name, now_us));
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(feedback, request.feedback().etag()));
  feedback.set_form_revision(subject.session->form_revision());
  *feedback.mutable_questions() = request.feedback().questions();
  feedback.set_idea(request.feedback().idea());
  feedback.set_etag(absl::StrCat(version));
  *feedback.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(tx.Send(kStore, {name->id, name->person, version,
                                   Bytes{feedback.SerializeAsString()}}));
  return feedback;
}

absl::StatusOr<v1::ListFormFeedbackResponse> FormFeedbacks::List(
    Transaction& tx, const Caller& caller,
    const v1::ListFormFeedbackRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  const auto cycle = ParseSelfCheckCycleName(request.cycle());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  if (!request.cycle().empty() && !cycle) {
    bad.Add("cycle", "NAME_INVALID", "A cycle is selfCheckCycles/{cycle}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  Query query("SELECT f.person, f.cycle, f.body FROM form_feedback f WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("(f.person > ? OR (f.person = ? AND f.cycle > ?))",
              {page.after[0], page.after[0], page.after[1]});
  }
  if (*person != "-") query.Add(" AND f.person = ?", {*person});
  if (cycle) query.Add(" AND f.cycle = ?", {*cycle});
  if (!caller.reach.all) {
    query.Add(
        " AND (f.person = ? OR f.person IN"
        " (SELECT id FROM person WHERE team = ?))",
        {caller.reach.own ? caller.person : "",
         caller.reach.team ? caller.team : ""});
  }
  query.Add(" ORDER BY f.person, f.cycle LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListFormFeedbackResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.feedback_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    cells.Message(*response.add_feedback());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::Status ScanFeedback(
    Transaction& tx, const CountedFilter& filter,
    absl::FunctionRef<void(const v1::FormFeedback&)> see) {
  const RollupFilter& wanted = filter.rollups;
  Query query(
      "SELECT f.body FROM form_feedback f"
      " JOIN self_check_cycle c ON c.id = f.cycle");
  if (wanted.team) {
    query.Add(" JOIN person p ON p.id = f.person AND p.team = ?",
              {*wanted.team});
  }
  query.Add(" WHERE c.form = ?", {wanted.form.value_or("")});
  return tx.Scan(query.text(), query.params(), [&](const Row& row) {
    v1::FormFeedback feedback;
    Cells cells(row);
    cells.Message(feedback);
    const int64_t day = DayOf(ToMicros(feedback.update_time()));
    const auto revision = ParseFormRevisionName(feedback.form_revision());
    if (day >= wanted.first_day.value_or(day) &&
        day <= wanted.last_day.value_or(day) &&
        (!filter.revision ||
         (revision && revision->revision == *filter.revision))) {
      see(feedback);
    }
    return cells.Done();
  });
}

}  // namespace attune
