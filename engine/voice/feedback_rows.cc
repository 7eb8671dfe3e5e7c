#include "engine/voice/feedback_rows.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/voice/feedback.h"

namespace attune {
namespace {

// The number in the statement below.
static_assert(v1::Feedback::AUDIENCE_OWNER == 1);

constexpr char kInsert[] = R"sql(
  INSERT INTO feedback (id, person, owner, state, kind, side, about, audience,
                        form, question, for_revision, for_report, create_us,
                        due_us, version, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $11, $12, 1, $13))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE feedback
  SET owner = $3, state = $4, for_revision = $5, for_report = $6, version = $7,
      body = $8
  WHERE id = $1 AND person = $2)sql";

Value OwnerCell(const v1::Feedback& feedback) {
  const auto owner = ParsePersonName(feedback.owner());
  return owner ? Value(*owner) : Value();
}

Bytes BodyOf(v1::Feedback feedback) {
  feedback.clear_themes();
  return Bytes{feedback.SerializeAsString()};
}

PersonPart NameOf(const v1::Feedback& feedback) {
  return ParseFeedbackName(feedback.name()).value_or(PersonPart{});
}

}  // namespace

absl::Status InsertFeedback(Transaction& tx, const v1::Feedback& feedback) {
  const PersonPart name = NameOf(feedback);
  return tx.Send(
      kInsert,
      {name.id, name.person, OwnerCell(feedback), int64_t{feedback.state()},
       int64_t{feedback.kind()}, int64_t{feedback.side()},
       int64_t{feedback.about()}, int64_t{feedback.audience()},
       ParseFormName(feedback.form()).value_or(""), feedback.question_id(),
       ToMicros(feedback.create_time()), ToMicros(feedback.due_time()),
       BodyOf(feedback)});
}

absl::Status UpdateFeedback(Transaction& tx, int64_t now_us,
                            v1::Feedback& feedback) {
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(feedback, ""));
  feedback.set_etag(absl::StrCat(version));
  *feedback.mutable_update_time() = ToTimestamp(now_us);
  const PersonPart name = NameOf(feedback);
  return tx.Send(
      kUpdate,
      {name.id, name.person, OwnerCell(feedback), int64_t{feedback.state()},
       int64_t{feedback.for_revision()}, int64_t{feedback.for_monthly_report()},
       version, BodyOf(feedback)});
}

absl::StatusOr<FeedbackRow> FindFeedback(Transaction& tx, const Caller& caller,
                                         absl::string_view name) {
  const auto part = ParseFeedbackName(name);
  if (!part) {
    return Invalid("name", "NAME_INVALID",
                   "Feedback is people/{person}/feedback/{feedback}.");
  }
  Query query(
      "SELECT f.body, p.team FROM feedback f JOIN person p ON p.id = f.person "
      "WHERE ");
  query.Add("f.id = ?", {part->id});
  if (part->person != "-") query.Add(" AND f.person = ?", {part->person});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  if (rows.empty()) return NotFound(name);
  FeedbackRow row;
  Cells cells(rows[0]);
  cells.Message(row.feedback);
  row.giver_team = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  if (!MayRead(caller, row.feedback, row.giver_team)) return NotFound(name);
  return row;
}

void AddFeedbackReach(const Caller& caller, Query& query) {
  if (caller.reach.all) return;
  query.Add(" AND (f.person = ? OR f.owner = ?",
            {caller.reach.own ? caller.person : "",
             caller.reach.rated ? caller.person : ""});
  query.Add(
      " OR (f.audience = 1 AND f.person IN"
      " (SELECT id FROM person WHERE team = ?)))",
      {caller.reach.team ? caller.team : ""});
}

}  // namespace attune
