// Assignments: what those who score do with them.

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/assignment.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/evaluation/assignments.h"
#include "engine/evaluation/raters.h"
#include "engine/evaluation/sampling_plan.h"
#include "engine/evaluation/sampling_plans.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr size_t kMaxReasonBytes = 4096;

constexpr char kWaiting[] = R"sql(
  SELECT COUNT(*) FROM assignment WHERE advocate = $1 AND state IN (1, 2))sql";

// Plans that have something nobody holds.
constexpr char kPlansUnheld[] = R"sql(
  SELECT body FROM sampling_plan WHERE id IN (
    SELECT plan FROM assignment WHERE advocate IS NULL AND state = 1))sql";

// What $1 neither has nor had, unless its time was over there, and has not
// scored.
constexpr char kNeverHad[] =
    " AND NOT EXISTS (SELECT 1 FROM assignment b WHERE "
    "b.contact = a.contact AND b.person = a.person AND b.form = a.form AND "
    "b.advocate = $1 AND b.state NOT IN (5, 6))"
    " AND NOT EXISTS (SELECT 1 FROM evaluation e WHERE "
    "e.contact = a.contact AND e.person = a.person AND e.form = a.form AND "
    "e.rater = $1 AND e.kind = 1 AND e.state NOT IN (1, 5))";

absl::StatusOr<Rater> RaterOf(const Caller& caller) {
  if (caller.person.empty()) {
    return FailedPrecondition(
        "NO_PERSON",
        "This token speaks for nobody, and a queue is somebody's.");
  }
  return Rater{caller.person, caller.team, caller.roles};
}

absl::StatusOr<std::optional<v1::Assignment>> FirstOf(Transaction& tx,
                                                      const Query& query,
                                                      int64_t now_us) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  if (rows.empty()) return std::optional<v1::Assignment>();
  v1::Assignment assignment;
  Cells cells(rows[0]);
  ReadAssignment(cells, now_us, assignment);
  RETURN_IF_ERROR(cells.Done());
  return assignment;
}

Query Select() {
  return Query(
      absl::StrCat("SELECT ", kAssignmentColumns, " FROM assignment a WHERE "));
}

absl::StatusOr<std::optional<v1::Assignment>> FirstOwn(
    Transaction& tx, const std::string& person, int64_t now_us) {
  Query query = Select();
  query.Add(
      "a.advocate = ? AND a.state IN (1, 2) "
      "ORDER BY a.state DESC, a.due_us, a.id LIMIT 1",
      {person});
  return FirstOf(tx, query, now_us);
}

// What nobody holds and this person may take, the first that is due.
absl::StatusOr<std::optional<v1::Assignment>> FirstShared(Transaction& tx,
                                                          const Rater& rater,
                                                          int64_t now_us) {
  ASSIGN_OR_RETURN(const std::vector<Row> plans, tx.Run(kPlansUnheld, {}));
  Query query = Select();
  query.Add("a.advocate IS NULL AND a.state = 1 AND a.person <> ?",
            {rater.person});
  query.Add(" AND (a.plan IS NULL");
  for (const Row& row : plans) {
    v1::SamplingPlan plan;
    Cells cells(row);
    cells.Message(plan);
    RETURN_IF_ERROR(cells.Done());
    if (plan.share_unheld() && ScoresFor(plan, rater)) {
      query.Add(" OR a.plan = ?",
                {ParseSamplingPlanName(plan.name()).value_or("")});
    }
  }
  query.Add(")");
  query.Add(kNeverHad);
  if (!ScoresEverybody(rater)) {
    query.Add(" AND a.person IN (SELECT id FROM person WHERE team = ?)",
              {rater.team});
  }
  query.Add(" ORDER BY a.due_us, a.id LIMIT 1");
  return FirstOf(tx, query, now_us);
}

absl::Status Held(const v1::Assignment& assignment) {
  return FailedPrecondition(
      "ASSIGNMENT_HELD",
      absl::StrCat(assignment.advocate(), " holds ", assignment.name(), "."));
}

// Whether this person may take what nobody holds.
absl::Status CheckTaking(Transaction& tx, const Rater& rater,
                         const v1::Assignment& assignment) {
  if (const auto id = ParseSamplingPlanName(assignment.plan())) {
    ASSIGN_OR_RETURN(const v1::SamplingPlan plan, FindSamplingPlan(tx, *id));
    if (!plan.share_unheld() || !ScoresFor(plan, rater)) {
      return FailedPrecondition(
          "NOT_SHARED",
          absl::StrCat("What nobody holds of ", plan.name(),
                       " is given out by those who lead, or is for others."));
    }
  }
  ASSIGN_OR_RETURN(const auto takers, FindTakers(tx, assignment));
  if (takers.count(rater.person) > 0) {
    return FailedPrecondition(
        "HAD_BEFORE",
        absl::StrCat("You have, had or have scored ", assignment.contact(),
                     " on ", assignment.form(), " already."));
  }
  return absl::OkStatus();
}

absl::Status TakeFor(Transaction& tx, const Rater& rater, int64_t version,
                     int64_t now_us, v1::Assignment& assignment) {
  assignment.set_advocate(PersonName(rater.person));
  assignment.set_state(v1::Assignment::STATE_CLAIMED);
  *assignment.mutable_claim_time() = ToTimestamp(now_us);
  *assignment.mutable_update_time() = ToTimestamp(now_us);
  assignment.set_etag(absl::StrCat(version));
  return UpdateAssignment(tx, assignment);
}

absl::Status CheckReason(const std::string& reason) {
  if (reason.empty()) {
    return Invalid("reason", "REASON_MISSING", "Say why it is given up.");
  }
  if (reason.size() > kMaxReasonBytes || !IsCleanUtf8(reason)) {
    return Invalid("reason", "TEXT_INVALID",
                   absl::StrCat("At most ", kMaxReasonBytes,
                                " bytes of UTF-8 without NUL."));
  }
  return absl::OkStatus();
}

// The same contact, waiting for somebody else.
v1::Assignment SuccessorOf(const v1::Assignment& skipped,
                           const std::string& advocate, int64_t now_us) {
  v1::Assignment successor;
  successor.set_name(AssignmentName(MakeUuid(now_us)));
  successor.set_contact(skipped.contact());
  successor.set_form(skipped.form());
  successor.set_advocate(advocate);
  successor.set_state(v1::Assignment::STATE_OPEN);
  successor.set_plan(skipped.plan());
  successor.set_draw(skipped.draw());
  successor.set_self_check_cycle(skipped.self_check_cycle());
  successor.set_form_revision(skipped.form_revision());
  *successor.mutable_due_time() = skipped.due_time();
  if (skipped.has_expire_time()) {
    *successor.mutable_expire_time() = skipped.expire_time();
  }
  successor.set_etag("1");
  *successor.mutable_create_time() = ToTimestamp(now_us);
  *successor.mutable_update_time() = ToTimestamp(now_us);
  return successor;
}

}  // namespace

absl::StatusOr<v1::NextAssignmentResponse> Assignments::Next(
    Transaction& tx, const Caller& caller,
    const v1::NextAssignmentRequest& request) const {
  ASSIGN_OR_RETURN(const Rater rater, RaterOf(caller));
  const int64_t now_us = clock_();
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  ASSIGN_OR_RETURN(std::optional<v1::Assignment> next,
                   FirstOwn(tx, rater.person, now_us));
  if (!next) {
    ASSIGN_OR_RETURN(next, FirstShared(tx, rater, now_us));
  }
  v1::NextAssignmentResponse response;
  if (!next) return response;
  if (request.claim() && next->state() == v1::Assignment::STATE_OPEN) {
    ASSIGN_OR_RETURN(const int64_t version, NextVersion(*next, ""));
    RETURN_IF_ERROR(TakeFor(tx, rater, version, now_us, *next));
  }
  *response.mutable_assignment() = *std::move(next);
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kWaiting, {rater.person}));
  Cells cells(rows[0]);
  response.set_waiting_count(static_cast<int32_t>(cells.Int()));
  RETURN_IF_ERROR(cells.Done());
  return response;
}

absl::StatusOr<v1::Assignment> Assignments::Claim(
    Transaction& tx, const Caller& caller,
    const v1::ClaimAssignmentRequest& request) const {
  ASSIGN_OR_RETURN(const Rater rater, RaterOf(caller));
  const int64_t now_us = clock_();
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  ASSIGN_OR_RETURN(AssignmentRow row, FindNamed(tx, request.name(), now_us));
  v1::Assignment& assignment = row.assignment;
  const bool is_own = assignment.advocate() == PersonName(rater.person);
  if (!is_own && !MayScore(rater, AgentOf(assignment), row.agent_team)) {
    return NotFound(request.name());
  }
  if (!IsLive(assignment)) {
    return MayRead(caller, assignment, row.agent_team)
               ? HasEnded(assignment)
               : NotFound(request.name());
  }
  if (!is_own && !assignment.advocate().empty()) return Held(assignment);
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(assignment, request.etag()));
  if (assignment.state() == v1::Assignment::STATE_CLAIMED) return assignment;
  if (!is_own) RETURN_IF_ERROR(CheckTaking(tx, rater, assignment));
  RETURN_IF_ERROR(TakeFor(tx, rater, version, now_us, assignment));
  return std::move(assignment);
}

absl::StatusOr<v1::SkipAssignmentResponse> Assignments::Skip(
    Transaction& tx, const Caller& caller,
    const v1::SkipAssignmentRequest& request) const {
  RETURN_IF_ERROR(CheckReason(request.reason()));
  const int64_t now_us = clock_();
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  ASSIGN_OR_RETURN(AssignmentRow row, FindNamed(tx, request.name(), now_us));
  v1::Assignment& assignment = row.assignment;
  if (!MayRead(caller, assignment, row.agent_team)) {
    return NotFound(request.name());
  }
  if (!IsLive(assignment)) return HasEnded(assignment);
  const bool is_own = !caller.person.empty() &&
                      assignment.advocate() == PersonName(caller.person);
  if (!is_own && !caller.Reaches(AgentOf(assignment), row.agent_team)) {
    return FailedPrecondition(
        "NOT_HELD", "Only its advocate gives it up, or who leads the agent.");
  }
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(assignment, request.etag()));
  v1::SkipAssignmentResponse response;
  assignment.set_state(v1::Assignment::STATE_SKIPPED);
  assignment.set_skip_reason(request.reason());
  assignment.set_etag(absl::StrCat(version));
  *assignment.mutable_end_time() = ToTimestamp(now_us);
  *assignment.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateAssignment(tx, assignment));
  if (is_own) {
    ASSIGN_OR_RETURN(const std::string advocate, FindNextAdvocate(tx, row));
    *response.mutable_successor() = SuccessorOf(assignment, advocate, now_us);
    RETURN_IF_ERROR(InsertAssignment(tx, response.successor()));
  }
  *response.mutable_assignment() = std::move(assignment);
  return response;
}

}  // namespace attune
