#include "engine/evaluation/self_check_rows.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/evaluation/self_check_cycle.h"
#include "engine/people/people.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr char kFindCycle[] = R"sql(
  SELECT body FROM self_check_cycle WHERE id = $1)sql";

constexpr char kInsertCycle[] = R"sql(
  INSERT INTO self_check_cycle (id, form, state, open_us, close_us, version,
                                body)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (id) DO NOTHING RETURNING id)sql";

constexpr char kUpdateCycle[] = R"sql(
  UPDATE self_check_cycle SET state = $2, version = $3, body = $4
  WHERE id = $1)sql";

constexpr char kFindSession[] = R"sql(
  SELECT body FROM self_check WHERE cycle = $1 AND person = $2)sql";

constexpr char kFindSessions[] = R"sql(
  SELECT body FROM self_check WHERE cycle = $1 ORDER BY person)sql";

constexpr char kStoreSession[] = R"sql(
  INSERT INTO self_check (cycle, person, form, done_us, due_us, version, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (cycle, person)
  DO UPDATE SET done_us = excluded.done_us, due_us = excluded.due_us,
                version = excluded.version, body = excluded.body)sql";

constexpr char kStorePick[] = R"sql(
  INSERT INTO self_check_pick (cycle, person, chooser, contact, form, blind)
  VALUES ($1, $2, $3, $4, $5, 1)
  ON CONFLICT (cycle, person, chooser)
  DO UPDATE SET contact = excluded.contact)sql";

constexpr char kEndBlindness[] = R"sql(
  UPDATE self_check_pick SET blind = 0
  WHERE cycle = $1 AND person = $2 AND chooser = $3)sql";

int64_t VersionOf(const std::string& etag) {
  int64_t version = 0;
  return absl::SimpleAtoi(etag, &version) ? version : 0;
}

std::string CycleId(const v1::SelfCheckCycle& cycle) {
  return ParseSelfCheckCycleName(cycle.name()).value_or("");
}

std::string FormId(const std::string& form_revision) {
  return ParseFormRevisionName(form_revision).value_or(RevisionName{}).form;
}

}  // namespace

absl::StatusOr<v1::SelfCheckCycle> FindCycle(Transaction& tx,
                                             const std::string& id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kFindCycle, {id}));
  if (rows.empty()) return NotFound(SelfCheckCycleName(id));
  v1::SelfCheckCycle cycle;
  Cells cells(rows[0]);
  cells.Message(cycle);
  RETURN_IF_ERROR(cells.Done());
  return cycle;
}

absl::Status InsertCycle(Transaction& tx, const v1::SelfCheckCycle& cycle) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kInsertCycle,
             {CycleId(cycle), ParseFormName(cycle.form()).value_or(""),
              int64_t{cycle.state()}, ToMicros(cycle.open_time()),
              ToMicros(cycle.close_time()), VersionOf(cycle.etag()),
              Bytes{cycle.SerializeAsString()}}));
  return rows.empty() ? AlreadyExists(cycle.name()) : absl::OkStatus();
}

absl::Status UpdateCycle(Transaction& tx, const v1::SelfCheckCycle& cycle) {
  return tx.Send(kUpdateCycle,
                 {CycleId(cycle), int64_t{cycle.state()},
                  VersionOf(cycle.etag()), Bytes{cycle.SerializeAsString()}});
}

absl::StatusOr<std::optional<v1::SelfCheck>> FindSession(
    Transaction& tx, const PersonPart& name) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindSession, {name.id, name.person}));
  std::optional<v1::SelfCheck> check;
  if (rows.empty()) return check;
  Cells cells(rows[0]);
  cells.Message(check.emplace());
  RETURN_IF_ERROR(cells.Done());
  return check;
}

absl::StatusOr<std::vector<v1::SelfCheck>> FindSessions(
    Transaction& tx, const std::string& cycle) {
  std::vector<v1::SelfCheck> checks;
  RETURN_IF_ERROR(tx.Scan(kFindSessions, {cycle}, [&](const Row& row) {
    Cells cells(row);
    cells.Message(checks.emplace_back());
    return cells.Done();
  }));
  return checks;
}

absl::Status StoreSession(Transaction& tx, int64_t now_us,
                          v1::SelfCheck& check) {
  const int64_t version = VersionOf(check.etag()) + 1;
  check.set_etag(absl::StrCat(version));
  *check.mutable_update_time() = ToTimestamp(now_us);
  Value done;
  Value due;
  if (check.has_done_time()) {
    const int64_t done_us = ToMicros(check.done_time());
    done = done_us;
    due = AddMonths(done_us, kSelfCheckMonths);
  }
  const PersonPart name =
      ParseSelfCheckName(check.name()).value_or(PersonPart{});
  return tx.Send(kStoreSession,
                 {name.id, name.person, FormId(check.form_revision()), done,
                  due, version, Bytes{check.SerializeAsString()}});
}

absl::Status StorePick(Transaction& tx, const PersonPart& session,
                       const v1::SelfCheckPick& pick, const std::string& form) {
  const PersonPart contact =
      ParseContactName(pick.contact()).value_or(PersonPart{});
  return tx.Send(kStorePick, {session.id, session.person,
                              int64_t{pick.chooser()}, contact.id, form});
}

absl::Status EndBlindness(Transaction& tx, const PersonPart& session,
                          v1::SelfCheckPick::Chooser chooser) {
  return tx.Send(kEndBlindness, {session.id, session.person, int64_t{chooser}});
}

std::string SelfCheckSubject::form() const {
  return ParseFormName(cycle.form()).value_or("");
}

absl::StatusOr<SelfCheckSubject> FindSubject(Transaction& tx,
                                             const Caller& caller,
                                             const PersonPart& name) {
  SelfCheckSubject subject;
  subject.name = name;
  ASSIGN_OR_RETURN(subject.person, FindPerson(tx, name.person));
  if (!caller.Reaches(name.person,
                      ParseTeamName(subject.person.team()).value_or(""))) {
    return NotFound(PersonName(name.person));
  }
  ASSIGN_OR_RETURN(subject.cycle, FindCycle(tx, name.id));
  ASSIGN_OR_RETURN(subject.session, FindSession(tx, name));
  return subject;
}

}  // namespace attune
