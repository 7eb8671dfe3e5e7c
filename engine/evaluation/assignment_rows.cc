#include "engine/evaluation/assignment_rows.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/evaluation/assignment.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/names.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

// Open, claimed, done, expired, withdrawn: the numbers in the statements below.
static_assert(v1::Assignment::STATE_OPEN == 1);
static_assert(v1::Assignment::STATE_CLAIMED == 2);
static_assert(v1::Assignment::STATE_DONE == 3);
static_assert(v1::Assignment::STATE_EXPIRED == 5);
static_assert(v1::Assignment::STATE_WITHDRAWN == 6);
// The same of evaluations: a draft, and the kind that counts.
static_assert(v1::Evaluation::STATE_DRAFT == 1);
static_assert(v1::Evaluation::KIND_QA == 1);

constexpr char kInsert[] = R"sql(
  INSERT INTO assignment (id, person, contact, form, advocate, plan, period,
                          state, version, due_us, expire_us, claim_us, end_us,
                          update_us, evaluation, body, cycle)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL,
          $15, $16))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE assignment
  SET advocate = $3, state = $4, version = $5, claim_us = $6, end_us = $7,
      update_us = $8, body = $9
  WHERE id = $1 AND person = $2)sql";

constexpr char kStamp[] = R"sql(
  UPDATE assignment SET state = 5, end_us = expire_us
  WHERE state IN (1, 2) AND expire_us IS NOT NULL AND expire_us <= $1)sql";

constexpr char kComplete[] = R"sql(
  UPDATE assignment
  SET state = 3, version = version + 1, end_us = $6, update_us = $6,
      evaluation = $5
  WHERE contact = $1 AND person = $2 AND form = $3 AND advocate = $4
    AND state IN (1, 2) AND (expire_us IS NULL OR expire_us > $6))sql";

constexpr char kScorers[] = R"sql(
  SELECT rater FROM evaluation
  WHERE contact = $1 AND person = $2 AND form = $3 AND kind = 1
    AND state NOT IN (1, 5))sql";

constexpr char kHolders[] = R"sql(
  SELECT advocate FROM assignment
  WHERE contact = $1 AND person = $2 AND form = $3 AND advocate IS NOT NULL
    AND state NOT IN (5, 6))sql";

Value TextCell(const std::optional<std::string>& text) {
  return text ? Value(*text) : Value();
}

Value TimeCell(bool present, const google::protobuf::Timestamp& time) {
  return present ? Value(ToMicros(time)) : Value();
}

int64_t VersionOf(const v1::Assignment& assignment) {
  int64_t version = 0;
  return absl::SimpleAtoi(assignment.etag(), &version) ? version : 0;
}

// What stands in no column.
Bytes BodyOf(v1::Assignment assignment) {
  assignment.clear_advocate();
  assignment.clear_state();
  assignment.clear_due_time();
  assignment.clear_expire_time();
  assignment.clear_claim_time();
  assignment.clear_end_time();
  assignment.clear_evaluation();
  assignment.clear_etag();
  assignment.clear_update_time();
  return Bytes{assignment.SerializeAsString()};
}

absl::Status InQueue(const v1::Assignment& assignment) {
  return MakeError(
      absl::StatusCode::kAlreadyExists, "IN_QUEUE",
      absl::StrCat(assignment.advocate(), " has ", assignment.contact(), " on ",
                   assignment.form(), " in the queue already."));
}

std::vector<Value> SubjectOf(const v1::Assignment& assignment) {
  const PersonPart contact =
      ParseContactName(assignment.contact()).value_or(PersonPart{});
  return {contact.id, contact.person,
          ParseFormName(assignment.form()).value_or("")};
}

absl::StatusOr<std::set<std::string>> People(
    Transaction& tx, const v1::Assignment& assignment,
    absl::Span<const char* const> queries) {
  std::vector<Statement> statements;
  for (const char* sql : queries) {
    statements.push_back({sql, SubjectOf(assignment)});
  }
  ASSIGN_OR_RETURN(const auto found, tx.RunAll(statements));
  std::set<std::string> people;
  for (const std::vector<Row>& rows : found) {
    for (const Row& row : rows) {
      Cells cells(row);
      people.insert(cells.Text());
      RETURN_IF_ERROR(cells.Done());
    }
  }
  return people;
}

}  // namespace

void ReadAssignment(Cells& cells, int64_t now_us, v1::Assignment& assignment) {
  cells.Message(assignment);
  const std::string advocate = cells.TextOr("");
  if (!advocate.empty()) assignment.set_advocate(PersonName(advocate));
  assignment.set_state(static_cast<v1::Assignment::State>(cells.Int()));
  assignment.set_etag(absl::StrCat(cells.Int()));
  *assignment.mutable_due_time() = ToTimestamp(cells.Int());
  const auto read_time = [&](auto set) {
    if (cells.IsNull()) {
      cells.Skip();
    } else {
      set(ToTimestamp(cells.Int()));
    }
  };
  using Time = google::protobuf::Timestamp;
  read_time([&](const Time& t) { *assignment.mutable_expire_time() = t; });
  read_time([&](const Time& t) { *assignment.mutable_claim_time() = t; });
  read_time([&](const Time& t) { *assignment.mutable_end_time() = t; });
  *assignment.mutable_update_time() = ToTimestamp(cells.Int());
  const std::string evaluation = cells.TextOr("");
  if (!evaluation.empty()) {
    assignment.set_evaluation(EvaluationName(AgentOf(assignment), evaluation));
  }
  ExpireAt(now_us, assignment);
}

absl::StatusOr<AssignmentRow> FindAssignment(Transaction& tx,
                                             absl::string_view id,
                                             int64_t now_us) {
  static const std::string& sql = *new std::string(
      absl::StrCat("SELECT ", kAssignmentColumns, ", p.team FROM assignment a ",
                   "JOIN person p ON p.id = a.person WHERE a.id = $1"));
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(sql, {std::string(id)}));
  if (rows.empty()) return NotFound(AssignmentName(id));
  AssignmentRow row;
  Cells cells(rows[0]);
  ReadAssignment(cells, now_us, row.assignment);
  row.agent_team = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  return row;
}

absl::StatusOr<AssignmentRow> FindNamed(Transaction& tx, absl::string_view name,
                                        int64_t now_us) {
  const auto id = ParseAssignmentName(name);
  if (!id) {
    return Invalid("name", "NAME_INVALID",
                   "An assignment is assignments/{assignment}.");
  }
  return FindAssignment(tx, *id, now_us);
}

absl::Status InsertAssignment(Transaction& tx,
                              const v1::Assignment& assignment) {
  std::vector<Value> params = {
      ParseAssignmentName(assignment.name()).value_or(""),
      AgentOf(assignment),
      SubjectOf(assignment)[0],
      SubjectOf(assignment)[2],
      TextCell(ParsePersonName(assignment.advocate())),
      TextCell(ParseSamplingPlanName(assignment.plan()))};
  const auto draw = ParseDrawName(assignment.draw());
  params.push_back(draw ? Value(draw->period) : Value());
  params.push_back(int64_t{assignment.state()});
  params.push_back(VersionOf(assignment));
  params.push_back(ToMicros(assignment.due_time()));
  params.push_back(
      TimeCell(assignment.has_expire_time(), assignment.expire_time()));
  params.push_back(
      TimeCell(assignment.has_claim_time(), assignment.claim_time()));
  params.push_back(TimeCell(assignment.has_end_time(), assignment.end_time()));
  params.push_back(ToMicros(assignment.update_time()));
  params.push_back(BodyOf(assignment));
  params.push_back(
      TextCell(ParseSelfCheckCycleName(assignment.self_check_cycle())));
  return tx.Send(kInsert, params, InQueue(assignment));
}

absl::Status UpdateAssignment(Transaction& tx,
                              const v1::Assignment& assignment) {
  return tx.Send(
      kUpdate,
      {ParseAssignmentName(assignment.name()).value_or(""), AgentOf(assignment),
       TextCell(ParsePersonName(assignment.advocate())),
       int64_t{assignment.state()}, VersionOf(assignment),
       TimeCell(assignment.has_claim_time(), assignment.claim_time()),
       TimeCell(assignment.has_end_time(), assignment.end_time()),
       ToMicros(assignment.update_time()), BodyOf(assignment)},
      InQueue(assignment));
}

absl::Status StampExpired(Transaction& tx, int64_t now_us) {
  return tx.Send(kStamp, {now_us});
}

absl::Status CompleteAssignment(Transaction& tx,
                                const v1::Evaluation& submitted,
                                int64_t now_us) {
  const EvaluationIdentity identity = IdentityOf(submitted);
  const auto name = ParseEvaluationName(submitted.name());
  return tx.Send(kComplete, {identity.contact, identity.person, identity.form,
                             identity.rater, name ? name->id : "", now_us});
}

absl::StatusOr<std::set<std::string>> FindScorers(
    Transaction& tx, const v1::Assignment& assignment) {
  return People(tx, assignment, {kScorers});
}

absl::StatusOr<std::set<std::string>> FindTakers(
    Transaction& tx, const v1::Assignment& assignment) {
  return People(tx, assignment, {kScorers, kHolders});
}

}  // namespace attune
