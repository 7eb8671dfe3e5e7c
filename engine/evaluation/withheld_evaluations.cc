#include "engine/evaluation/withheld_evaluations.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/evaluation/self_check.h"
#include "engine/evaluation/self_check_rows.h"
#include "engine/evaluation/standing.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/rollups.h"

namespace attune {
namespace {

// Submitted, acknowledged or contested.
constexpr char kIsIn[] = R"sql(
  SELECT 1 FROM evaluation
  WHERE contact = $1 AND person = $2 AND form = $3 AND kind = $4
    AND state IN (2, 3, 4)
  LIMIT 1)sql";

// Of KIND_QA and KIND_SELF: calibrations withhold for reasons of their own.
constexpr char kWithheld[] = R"sql(
  SELECT body FROM evaluation
  WHERE contact = $1 AND person = $2 AND form = $3 AND kind IN (1, 2)
    AND withheld = 1)sql";

constexpr char kBlindPicks[] = R"sql(
  SELECT contact, person, form FROM self_check_pick
  WHERE cycle = $1 AND blind = 1)sql";

constexpr char kEndAllBlindness[] = R"sql(
  UPDATE self_check_pick SET blind = 0 WHERE cycle = $1 AND blind = 1)sql";

absl::Status ShowOne(Transaction& tx, const Showing& showing,
                     const SectionSlots& slots, v1::Evaluation evaluation) {
  const v1::Evaluation before = evaluation;
  evaluation.set_withheld(false);
  if (Counts(evaluation)) {
    OpenToContest(showing.now_us, showing.contest_days, evaluation);
  }
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(evaluation, ""));
  evaluation.set_etag(absl::StrCat(version));
  *evaluation.mutable_update_time() = ToTimestamp(showing.now_us);
  RETURN_IF_ERROR(UpdateEvaluation(tx, evaluation));
  return RecountEvaluation(tx, before, evaluation, slots);
}

absl::Status ShowContact(Transaction& tx, const PersonPart& contact,
                         const std::string& form, const Showing& showing) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kWithheld, {contact.id, contact.person, form}));
  if (rows.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const SectionSlots slots, FindSlots(tx, form));
  for (const Row& row : rows) {
    v1::Evaluation evaluation;
    Cells cells(row);
    cells.Message(evaluation);
    RETURN_IF_ERROR(cells.Done());
    RETURN_IF_ERROR(ShowOne(tx, showing, slots, std::move(evaluation)));
  }
  return absl::OkStatus();
}

bool IsDone(const v1::SelfCheck& check) {
  return StateOf(check) == v1::SelfCheck::STATE_DONE;
}

}  // namespace

absl::StatusOr<bool> IsIn(Transaction& tx, const PersonPart& contact,
                          const std::string& form, v1::Evaluation::Kind kind) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kIsIn, {contact.id, contact.person, form, int64_t{kind}}));
  return !rows.empty();
}

absl::Status Withhold(Transaction& tx, const std::string& cycle,
                      v1::Evaluation& evaluation) {
  if (cycle.empty()) return absl::OkStatus();
  const EvaluationIdentity identity = IdentityOf(evaluation);
  const bool is_self = evaluation.kind() == v1::Evaluation::KIND_SELF;
  ASSIGN_OR_RETURN(
      const bool other_side,
      IsIn(tx, {identity.person, identity.contact}, identity.form,
           is_self ? v1::Evaluation::KIND_QA : v1::Evaluation::KIND_SELF));
  evaluation.set_withheld(!other_side);
  return absl::OkStatus();
}

absl::Status TellSelfCheck(Transaction& tx, const std::string& cycle,
                           const Showing& showing,
                           const v1::Evaluation& evaluation) {
  if (cycle.empty()) return absl::OkStatus();
  const EvaluationIdentity identity = IdentityOf(evaluation);
  const PersonPart session{identity.person, cycle};
  ASSIGN_OR_RETURN(std::optional<v1::SelfCheck> check,
                   FindSession(tx, session));
  v1::SelfCheckPick* pick =
      check ? FindPick(*check, evaluation.contact()) : nullptr;
  if (pick == nullptr) {
    return MakeError(absl::StatusCode::kDataLoss, "ROW_MISFIT",
                     "A picked contact is in no session.");
  }
  const bool is_self = evaluation.kind() == v1::Evaluation::KIND_SELF;
  const bool both_in = !evaluation.withheld() && !pick->has_done_time();
  if (!is_self && !both_in) return absl::OkStatus();
  if (is_self) *pick->mutable_self_submit_time() = evaluation.submit_time();
  if (both_in) {
    RETURN_IF_ERROR(ShowContact(tx, {identity.person, identity.contact},
                                identity.form, showing));
    RETURN_IF_ERROR(EndBlindness(tx, session, pick->chooser()));
    *pick->mutable_done_time() = ToTimestamp(showing.now_us);
    if (IsDone(*check)) {
      *check->mutable_done_time() = ToTimestamp(showing.now_us);
    }
  }
  return StoreSession(tx, showing.now_us, *check);
}

absl::Status ShowAll(Transaction& tx, const std::string& cycle,
                     const Showing& showing) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kBlindPicks, {cycle}));
  for (const Row& row : rows) {
    PersonPart contact;
    Cells cells(row);
    contact.id = cells.Text();
    contact.person = cells.Text();
    const std::string form = cells.Text();
    RETURN_IF_ERROR(cells.Done());
    RETURN_IF_ERROR(ShowContact(tx, contact, form, showing));
  }
  return tx.Send(kEndAllBlindness, {cycle});
}

}  // namespace attune
