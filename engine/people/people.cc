#include "engine/people/people.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/person.h"
#include "engine/people/teams.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int kMaxBatch = 1000;

void CheckCreate(const v1::CreatePersonRequest& request,
                 absl::string_view prefix, Violations& bad) {
  if (!IsResourceId(request.person_id())) {
    bad.Add(absl::StrCat(prefix, "person_id"), "ID_INVALID",
            "An id is [a-z0-9][a-z0-9._-]{0,62}.");
  }
  CheckPerson(request.person(), absl::StrCat(prefix, "person"), bad);
}

int64_t RoleBits(const v1::Person& person) {
  RoleSet roles;
  for (const int role : person.roles()) roles.Add(static_cast<v1::Role>(role));
  return roles.bits();
}

Value TeamCell(const v1::Person& person) {
  const auto team = ParseTeamName(person.team());
  return team ? Value(*team) : Value();
}

// NOT_FOUND unless the person's team, if any, is stored.
absl::Status CheckTeamIsStored(Transaction& tx, const v1::Person& person) {
  const auto team = ParseTeamName(person.team());
  return team ? FindTeam(tx, *team).status() : absl::OkStatus();
}

// What the caller may set, from the request's message.
void TakeContent(const v1::Person& from, absl::string_view id,
                 v1::Person& person) {
  person.set_display_name(from.display_name().empty() ? std::string(id)
                                                      : from.display_name());
  *person.mutable_roles() = from.roles();
  person.set_team(from.team());
  person.set_hire_date(from.hire_date());
}

constexpr char kInsert[] = R"sql(
  INSERT INTO person (id, team, roles, version, body)
  VALUES ($1, $2, $3, 1, $4)
  ON CONFLICT (id) DO NOTHING RETURNING id)sql";

absl::StatusOr<v1::Person> Insert(Transaction& tx,
                                  const v1::CreatePersonRequest& request,
                                  int64_t now_us) {
  v1::Person person;
  person.set_name(PersonName(request.person_id()));
  TakeContent(request.person(), request.person_id(), person);
  person.set_etag("1");
  *person.mutable_create_time() = ToTimestamp(now_us);
  *person.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(CheckTeamIsStored(tx, person));
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kInsert, {request.person_id(), TeamCell(person), RoleBits(person),
                       Bytes{person.SerializeAsString()}}));
  if (rows.empty()) return AlreadyExists(person.name());
  return person;
}

constexpr char kFind[] = R"sql(
  SELECT body FROM person WHERE id = $1)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE person SET team = $2, roles = $3, version = $4, body = $5
  WHERE id = $1)sql";

bool MayRead(const Caller& caller, absl::string_view id,
             const v1::Person& person) {
  return caller.Reaches(id, ParseTeamName(person.team()).value_or(""));
}

}  // namespace

absl::StatusOr<v1::Person> FindPerson(Transaction& tx, absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(id)}));
  if (rows.empty()) return NotFound(PersonName(id));
  v1::Person person;
  Cells cells(rows[0]);
  cells.Message(person);
  RETURN_IF_ERROR(cells.Done());
  return person;
}

absl::StatusOr<v1::Person> People::Create(
    Transaction& tx, const Caller&,
    const v1::CreatePersonRequest& request) const {
  Violations bad;
  CheckCreate(request, "", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  return Insert(tx, request, clock_());
}

absl::StatusOr<v1::BatchCreatePeopleResponse> People::BatchCreate(
    Transaction& tx, const Caller&,
    const v1::BatchCreatePeopleRequest& request) const {
  Violations bad;
  CheckBatch(request.requests(), kMaxBatch, CheckCreate, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  v1::BatchCreatePeopleResponse response;
  for (const auto& one : request.requests()) {
    ASSIGN_OR_RETURN(*response.add_people(), Insert(tx, one, clock_()));
  }
  return response;
}

absl::StatusOr<v1::Person> People::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetPersonRequest& request) const {
  const auto id = ParsePersonName(request.name());
  if (!id) {
    return Invalid("name", "NAME_INVALID", "A person is people/{person}.");
  }
  ASSIGN_OR_RETURN(v1::Person person, FindPerson(tx, *id));
  if (!MayRead(caller, *id, person)) return NotFound(request.name());
  return person;
}

absl::StatusOr<v1::ListPeopleResponse> People::List(
    Transaction& tx, const Caller& caller,
    const v1::ListPeopleRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  Query query("SELECT id, body FROM person WHERE ");
  query.Add("id > ?", {page.after.empty() ? "" : page.after[0]});
  if (!request.team().empty()) {
    const auto team = ParseTeamName(request.team());
    if (!team) {
      return Invalid("team", "NAME_INVALID", "A team is teams/{team}.");
    }
    query.Add(" AND team = ?", {*team});
  }
  if (request.role() != v1::ROLE_UNSPECIFIED) {
    query.Add(" AND (roles & ?) <> 0", {RoleSet().Add(request.role()).bits()});
  }
  if (!caller.reach.all) {
    query.Add(" AND (id = ?", {caller.reach.own ? caller.person : ""});
    query.Add(" OR team = ?)", {caller.reach.team ? caller.team : ""});
  }
  query.Add(" ORDER BY id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListPeopleResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.people_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_people());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::Person> People::Update(
    Transaction& tx, const Caller&,
    const v1::UpdatePersonRequest& request) const {
  Violations bad;
  const auto id = ParsePersonName(request.person().name());
  if (!id) {
    bad.Add("person.name", "NAME_INVALID", "A person is people/{person}.");
  }
  CheckPerson(request.person(), "person", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(v1::Person person, FindPerson(tx, *id));
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(person, request.person().etag()));
  TakeContent(request.person(), *id, person);
  RETURN_IF_ERROR(CheckTeamIsStored(tx, person));
  person.set_etag(absl::StrCat(version));
  *person.mutable_update_time() = ToTimestamp(clock_());
  RETURN_IF_ERROR(tx.Run(kUpdate, {*id, TeamCell(person), RoleBits(person),
                                   version, Bytes{person.SerializeAsString()}})
                      .status());
  return person;
}

}  // namespace attune
