#include "engine/coaching/floor_sessions.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/coaching/floor_hours.h"
#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_session.h"
#include "engine/coaching/floor_week.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/people.h"
#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

// So many sessions that a new one overlaps are named.
constexpr int64_t kMostNamed = 5;

constexpr char kInsert[] = R"sql(
  INSERT INTO floor_session (id, person, start_us, end_us, body)
  VALUES ($1, $2, $3, $4, $5))sql";

// Sessions are at most so long that none which starts before $2 reaches $3.
constexpr char kOverlapped[] = R"sql(
  SELECT id, start_us, end_us FROM floor_session
  WHERE person = $1 AND start_us > $2 AND start_us < $4 AND end_us > $3
  ORDER BY start_us LIMIT $5)sql";

constexpr char kFind[] = R"sql(
  SELECT s.person, p.team FROM floor_session s JOIN person p ON p.id = s.person
  WHERE s.id = $1)sql";

constexpr char kDelete[] = R"sql(
  DELETE FROM floor_session WHERE id = $1 AND person = $2)sql";

// Adds the person's sessions that the new one overlaps.
absl::Status CheckOverlaps(Transaction& tx, const std::string& person,
                           const v1::FloorSession& session, Violations& bad) {
  const int64_t start_us = ToMicros(session.start_time());
  const int64_t end_us = ToMicros(session.end_time());
  return tx.Scan(
      kOverlapped,
      {person, start_us - kLongestFloorSessionUs, start_us, end_us, kMostNamed},
      [&](const Row& row) {
        Cells cells(row);
        const std::string id = cells.Text();
        const int64_t from_us = cells.Int();
        const int64_t until_us = cells.Int();
        bad.Add(
            "floor_session.start_time", "SESSION_OVERLAPS",
            absl::StrCat("It overlaps the session of ", FormatMinute(from_us),
                         " to ", FormatMinute(until_us), ", ",
                         FloorSessionName(person, id), "."));
        return cells.Done();
      });
}

RoleSet RolesOf(const v1::Person& person) {
  RoleSet roles;
  for (const int role : person.roles()) roles.Add(static_cast<v1::Role>(role));
  return roles;
}

// OK if one of the person's roles owes time, now or when the session was.
absl::Status CheckOwes(Transaction& tx, const v1::Person& person,
                       const v1::FloorSession& session, int64_t now_us) {
  ASSIGN_OR_RETURN(const FloorQuotaMap quotas, FindFloorQuotas(tx));
  for (const int64_t at_us : {now_us, ToMicros(session.start_time())}) {
    if (WeeklyMinutes(quotas, RolesOf(person), MondayOf(DayOf(at_us))) > 0) {
      return absl::OkStatus();
    }
  }
  return FailedPrecondition(
      "NO_FLOOR_QUOTA",
      absl::StrCat("No role of ", person.name(),
                   " owes time on the floor; a qa_lead sets what a role owes: "
                   "attune floor set-quota."));
}

}  // namespace

absl::StatusOr<v1::FloorSession> FloorSessions::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateFloorSessionRequest& request) const {
  const int64_t now_us = clock_();
  const v1::FloorSession& wanted = request.floor_session();
  Violations bad;
  std::optional<std::string> id = ParsePersonOrAll(request.parent());
  if (id == "-") id = caller.person;
  if (!id || id->empty()) {
    bad.Add("parent", id ? "PERSON_MISSING" : "NAME_INVALID",
            "The parent is people/{person}; people/- is the caller, if the "
            "token speaks for a person.");
  }
  CheckFloorSession(wanted, now_us, bad);
  if (!id || id->empty()) return bad.ToStatus();
  const absl::StatusOr<v1::Person> person = FindPerson(tx, *id);
  const bool reached =
      person.ok() &&
      caller.Reaches(*id, ParseTeamName(person->team()).value_or(""));
  if (!person.ok() && !absl::IsNotFound(person.status())) {
    return person.status();
  }
  if (reached && HasSpan(wanted)) {
    RETURN_IF_ERROR(CheckOverlaps(tx, *id, wanted, bad));
  }
  RETURN_IF_ERROR(bad.ToStatus());
  if (!reached) return NotFound(PersonName(*id));
  RETURN_IF_ERROR(CheckOwes(tx, *person, wanted, now_us));

  v1::FloorSession session;
  const std::string session_id = MakeUuid(now_us);
  const int64_t start_us = ToMicros(wanted.start_time());
  const int64_t end_us = ToMicros(wanted.end_time());
  session.set_name(FloorSessionName(*id, session_id));
  *session.mutable_start_time() = ToTimestamp(start_us);
  *session.mutable_end_time() = ToTimestamp(end_us);
  session.set_channel(wanted.channel());
  session.set_note(wanted.note());
  session.set_minutes(WholeMinutes(end_us - start_us));
  if (!caller.person.empty()) session.set_recorder(PersonName(caller.person));
  *session.mutable_create_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(tx.Send(kInsert, {session_id, *id, start_us, end_us,
                                    Bytes{session.SerializeAsString()}}));
  return session;
}

absl::StatusOr<google::protobuf::Empty> FloorSessions::Delete(
    Transaction& tx, const Caller& caller,
    const v1::DeleteFloorSessionRequest& request) const {
  const auto name = ParseFloorSessionName(request.name());
  if (!name) {
    return Invalid("name", "NAME_INVALID",
                   "A floor session is "
                   "people/{person}/floorSessions/{floor_session}.");
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kFind, {name->id}));
  if (rows.empty()) return NotFound(request.name());
  Cells cells(rows[0]);
  const std::string person = cells.Text();
  const std::string team = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  if ((name->person != "-" && name->person != person) ||
      !caller.Reaches(person, team)) {
    return NotFound(request.name());
  }
  RETURN_IF_ERROR(tx.Send(kDelete, {name->id, person}));
  return google::protobuf::Empty();
}

absl::StatusOr<v1::ListFloorSessionsResponse> FloorSessions::List(
    Transaction& tx, const Caller& caller,
    const v1::ListFloorSessionsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  const WeekRange weeks = CheckWeeks(request, bad);
  ReportScope scope;
  scope.team = CheckTeam(request.team(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  if (*person != "-") scope.person = *person;
  Query query("SELECT s.start_us, s.id, s.body FROM floor_session s WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    int64_t after_us = 0;
    if (!absl::SimpleAtoi(page.after[0], &after_us)) after_us = 0;
    query.Add("(s.start_us, s.id) < (?, ?)", {after_us, page.after[1]});
  }
  if (weeks.first) {
    const int64_t first_us = *weeks.first * kMicrosPerDay;
    query.Add(" AND s.start_us > ? AND s.end_us > ?",
              {first_us - kLongestFloorSessionUs, first_us});
  }
  if (weeks.last) {
    query.Add(" AND s.start_us < ?",
              {(*weeks.last + kDaysPerWeek) * kMicrosPerDay});
  }
  AddAgents(scope, "s.person", query);
  AddReach(caller, "s.person", query);
  query.Add(" ORDER BY s.start_us DESC, s.id DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListFloorSessionsResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.floor_sessions_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {absl::StrCat(cells.Int())};
    last.push_back(cells.Text());
    cells.Message(*response.add_floor_sessions());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
