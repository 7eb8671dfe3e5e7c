#include "engine/evaluation/contest_rows.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kContestedQuestions[] = R"sql(
  SELECT question FROM contest_item
  WHERE evaluation = $1 AND person = $2)sql";

constexpr char kInsert[] = R"sql(
  INSERT INTO contest (id, person, evaluation, rater, first_ruler, state,
                       version, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql";

constexpr char kInsertItem[] = R"sql(
  INSERT INTO contest_item (evaluation, person, question, contest, form, rater,
                            create_us, outcome)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE contest SET first_ruler = $3, state = $4, version = $5, body = $6
  WHERE id = $1 AND person = $2)sql";

constexpr char kUpdateItem[] = R"sql(
  UPDATE contest_item SET outcome = $4
  WHERE evaluation = $1 AND person = $2 AND question = $3)sql";

constexpr char kFind[] = R"sql(
  SELECT body FROM contest
  WHERE id = $1 AND person = $2 AND evaluation = $3)sql";

constexpr char kFindOfEvaluation[] = R"sql(
  SELECT body FROM contest WHERE evaluation = $1 AND person = $2)sql";

EvaluationPart NameOf(const v1::Contest& contest) {
  return ParseContestName(contest.name()).value_or(EvaluationPart{});
}

Value FirstRuler(const v1::Contest& contest) {
  if (contest.rulings().empty()) return Value();
  return ParsePersonName(contest.rulings(0).ruler()).value_or("");
}

int64_t VersionOf(const v1::Contest& contest) {
  int64_t version = 0;
  return absl::SimpleAtoi(contest.etag(), &version) ? version : 0;
}

bool Waits(const v1::Contest& contest) {
  return contest.state() == v1::Contest::STATE_OPEN ||
         contest.state() == v1::Contest::STATE_ESCALATED;
}

absl::StatusOr<std::vector<v1::Contest>> FindContests(
    Transaction& tx, const PersonPart& evaluation) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kFindOfEvaluation, {evaluation.id, evaluation.person}));
  std::vector<v1::Contest> contests(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    Cells cells(rows[i]);
    cells.Message(contests[i]);
    RETURN_IF_ERROR(cells.Done());
  }
  return contests;
}

}  // namespace

absl::Status InsertContest(Transaction& tx, const v1::Contest& contest,
                           int64_t now_us) {
  const EvaluationPart name = NameOf(contest);
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kContestedQuestions, {name.evaluation, name.person}));
  std::set<std::string> contested;
  for (const Row& row : rows) {
    Cells cells(row);
    contested.insert(cells.Text());
    RETURN_IF_ERROR(cells.Done());
  }
  Violations bad;
  for (int i = 0; i < contest.items_size(); ++i) {
    const std::string& question_id = contest.items(i).question_id();
    if (contested.count(question_id) == 0) continue;
    bad.Add(absl::StrCat("contest.items[", i, "].question_id"),
            "CONTESTED_BEFORE",
            absl::StrCat(question_id,
                         " was contested before; a ruling can be escalated "
                         "once."));
  }
  RETURN_IF_ERROR(bad.ToStatus());
  const std::string rater = ParsePersonName(contest.rater()).value_or("");
  RETURN_IF_ERROR(tx.Send(
      kInsert, {name.id, name.person, name.evaluation, rater,
                FirstRuler(contest), int64_t{contest.state()},
                VersionOf(contest), Bytes{contest.SerializeAsString()}}));
  const RevisionName revision =
      ParseFormRevisionName(contest.form_revision()).value_or(RevisionName{});
  for (const v1::ContestItem& item : contest.items()) {
    RETURN_IF_ERROR(tx.Send(
        kInsertItem, {name.evaluation, name.person, item.question_id(), name.id,
                      revision.form, rater, now_us, int64_t{0}}));
  }
  return absl::OkStatus();
}

absl::Status UpdateContest(Transaction& tx, const v1::Contest& contest) {
  const EvaluationPart name = NameOf(contest);
  RETURN_IF_ERROR(tx.Send(
      kUpdate,
      {name.id, name.person, FirstRuler(contest), int64_t{contest.state()},
       VersionOf(contest), Bytes{contest.SerializeAsString()}}));
  if (contest.rulings().empty()) return absl::OkStatus();
  const int newest = contest.rulings_size() - 1;
  for (const v1::ItemRuling& item : contest.rulings(newest).items()) {
    RETURN_IF_ERROR(
        tx.Send(kUpdateItem, {name.evaluation, name.person, item.question_id(),
                              int64_t{item.outcome()}}));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Contest> FindContest(Transaction& tx,
                                        const EvaluationPart& name) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {name.id, name.person, name.evaluation}));
  if (rows.empty()) return NotFound(ContestName(name));
  v1::Contest contest;
  Cells cells(rows[0]);
  cells.Message(contest);
  RETURN_IF_ERROR(cells.Done());
  return contest;
}

absl::StatusOr<bool> HasOpenContest(Transaction& tx,
                                    const PersonPart& evaluation) {
  ASSIGN_OR_RETURN(const std::vector<v1::Contest> contests,
                   FindContests(tx, evaluation));
  for (const v1::Contest& contest : contests) {
    if (Waits(contest)) return true;
  }
  return false;
}

absl::Status CloseContests(Transaction& tx, const PersonPart& evaluation,
                           int64_t now_us) {
  ASSIGN_OR_RETURN(std::vector<v1::Contest> contests,
                   FindContests(tx, evaluation));
  for (v1::Contest& contest : contests) {
    if (contest.state() == v1::Contest::STATE_FINAL) continue;
    contest.set_state(v1::Contest::STATE_CLOSED);
    contest.clear_escalate_end_time();
    *contest.mutable_update_time() = ToTimestamp(now_us);
    ASSIGN_OR_RETURN(const int64_t version, NextVersion(contest, ""));
    contest.set_etag(absl::StrCat(version));
    RETURN_IF_ERROR(UpdateContest(tx, contest));
  }
  return absl::OkStatus();
}

}  // namespace attune
