#include "engine/evaluation/evaluation_rows.h"

#include <cmath>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/evaluation/standing.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr char kIsStored[] = R"sql(
  SELECT 1 FROM evaluation
  WHERE contact = $2 AND person = $1 AND form = $3 AND rater = $4
    AND kind = $5 AND state <> 5)sql";

constexpr char kInsert[] = R"sql(
  INSERT INTO evaluation (id, person, contact, form, revision, rater, kind,
                          state, version, contact_us, percent, critical,
                          withheld, calibration, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
          $15))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE evaluation
  SET form = $3, revision = $4, state = $5, version = $6, percent = $7,
      critical = $8, withheld = $9, body = $10
  WHERE id = $1 AND person = $2)sql";

constexpr char kFind[] = R"sql(
  SELECT e.body, p.team, k.cycle
  FROM evaluation e JOIN person p ON p.id = e.person
    LEFT JOIN self_check_pick k ON k.contact = e.contact
      AND k.person = e.person AND k.form = e.form AND k.blind = 1
  WHERE e.id = $1 AND e.person = $2)sql";

Value PercentCell(const v1::Evaluation& evaluation) {
  const v1::Score& score = EffectiveScore(evaluation);
  if (!score.has_percent()) return Value();
  return Value(int64_t{std::llround(score.percent() * 100)});
}

int64_t VersionOf(const v1::Evaluation& evaluation) {
  int64_t version = 0;
  return absl::SimpleAtoi(evaluation.etag(), &version) ? version : 0;
}

RevisionName RevisionOf(const v1::Evaluation& evaluation) {
  return ParseFormRevisionName(evaluation.form_revision())
      .value_or(RevisionName{});
}

int64_t HasCritical(const v1::Evaluation& evaluation) {
  return EffectiveScore(evaluation).critical_failures_size() > 0 ? 1 : 0;
}

Value WithheldCell(const v1::Evaluation& evaluation) {
  return Value(int64_t{evaluation.withheld() ? 1 : 0});
}

RollupKey KeyOf(const v1::Evaluation& evaluation) {
  const EvaluationIdentity identity = IdentityOf(evaluation);
  return {DayOf(ToMicros(evaluation.contact_time())), identity.person,
          identity.form, identity.kind};
}

}  // namespace

EvaluationIdentity IdentityOf(const v1::Evaluation& evaluation) {
  const PersonPart contact =
      ParseContactName(evaluation.contact()).value_or(PersonPart{});
  return {contact.person, contact.id, RevisionOf(evaluation).form,
          ParsePersonName(evaluation.rater()).value_or(""),
          int64_t{evaluation.kind()}};
}

absl::Status ScoredBefore(const EvaluationIdentity& identity) {
  return MakeError(
      absl::StatusCode::kAlreadyExists, "SCORED_BEFORE",
      absl::StrCat(PersonName(identity.rater), " has an evaluation of ",
                   ContactName(identity.person, identity.contact), " on ",
                   FormName(identity.form), " already."));
}

absl::StatusOr<bool> IsStored(Transaction& tx,
                              const EvaluationIdentity& identity) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kIsStored, {identity.person, identity.contact, identity.form,
                         identity.rater, identity.kind}));
  return !rows.empty();
}

absl::Status InsertEvaluation(Transaction& tx,
                              const v1::Evaluation& evaluation) {
  const EvaluationIdentity identity = IdentityOf(evaluation);
  const PersonPart name =
      ParseEvaluationName(evaluation.name()).value_or(PersonPart{});
  return tx.Send(
      kInsert,
      {name.id, identity.person, identity.contact, identity.form,
       RevisionOf(evaluation).revision, identity.rater, identity.kind,
       int64_t{evaluation.state()}, VersionOf(evaluation),
       ToMicros(evaluation.contact_time()), PercentCell(evaluation),
       HasCritical(evaluation), WithheldCell(evaluation),
       ParseCalibrationName(evaluation.calibration()).value_or(""),
       Bytes{evaluation.SerializeAsString()}},
      ScoredBefore(identity));
}

absl::Status UpdateEvaluation(Transaction& tx,
                              const v1::Evaluation& evaluation) {
  const PersonPart name =
      ParseEvaluationName(evaluation.name()).value_or(PersonPart{});
  const RevisionName revision = RevisionOf(evaluation);
  return tx.Send(kUpdate, {name.id, name.person, revision.form,
                           revision.revision, int64_t{evaluation.state()},
                           VersionOf(evaluation), PercentCell(evaluation),
                           HasCritical(evaluation), WithheldCell(evaluation),
                           Bytes{evaluation.SerializeAsString()}});
}

absl::StatusOr<EvaluationRow> FindEvaluation(Transaction& tx,
                                             const PersonPart& name) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {name.id, name.person}));
  if (rows.empty()) return NotFound(EvaluationName(name.person, name.id));
  EvaluationRow row;
  Cells cells(rows[0]);
  cells.Message(row.evaluation);
  row.agent_team = cells.TextOr("");
  row.blind_in = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  return row;
}

absl::Status CountEvaluation(Transaction& tx, const v1::Evaluation& evaluation,
                             const SectionSlots& slots) {
  return RecountEvaluation(tx, v1::Evaluation(), evaluation, slots);
}

absl::Status RecountEvaluation(Transaction& tx, const v1::Evaluation& before,
                               const v1::Evaluation& after,
                               const SectionSlots& slots) {
  Tally change = TallyOf(after, slots);
  change.Subtract(TallyOf(before, slots));
  if (change == Tally{}) return absl::OkStatus();
  return AddToRollup(tx, KeyOf(after), change);
}

}  // namespace attune
