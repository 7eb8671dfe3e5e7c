#include "engine/voice/relationship_values.h"

#include <optional>
#include <string>
#include <vector>

#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/relationship_value.h"

namespace attune {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO relationship_value (id, person, kind, day, units, contact, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql";

}  // namespace

absl::StatusOr<v1::RelationshipValue> RelationshipValues::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateRelationshipValueRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  CheckRelationshipValue(request, now_us, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const std::string agent = ParsePersonName(request.parent()).value_or("");
  ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, agent));
  if (!caller.Reaches(agent, ParseTeamName(person.team()).value_or(""))) {
    return NotFound(request.parent());
  }
  v1::RelationshipValue value = request.relationship_value();
  int64_t occur_us =
      value.has_occur_time() ? ToMicros(value.occur_time()) : now_us;
  Value contact_id;
  if (!value.contact().empty()) {
    const PersonPart part =
        ParseContactName(value.contact()).value_or(PersonPart{});
    ASSIGN_OR_RETURN(const v1::Contact contact,
                     FindContact(tx, {agent, part.id}));
    value.set_contact(contact.name());
    contact_id = part.id;
    if (!value.has_occur_time()) occur_us = ToMicros(contact.start_time());
  }
  if (value.units() == 0) value.set_units(1);
  const std::string id = MakeUuid(now_us);
  value.set_name(RelationshipValueName(agent, id));
  *value.mutable_occur_time() = ToTimestamp(occur_us);
  value.clear_recorder();
  if (!caller.person.empty()) value.set_recorder(PersonName(caller.person));
  *value.mutable_create_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(tx.Send(
      kInsert,
      {id, agent, int64_t{value.kind()}, DayOf(occur_us),
       int64_t{value.units()}, contact_id, Bytes{value.SerializeAsString()}}));
  return value;
}

absl::StatusOr<v1::ListRelationshipValuesResponse> RelationshipValues::List(
    Transaction& tx, const Caller& caller,
    const v1::ListRelationshipValuesRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  ReportScope scope;
  scope.team = CheckTeam(request.team(), bad);
  scope.days = ParsePeriod(request.period(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  if (*person != "-") scope.person = *person;
  Query query("SELECT v.id, v.person, v.body FROM relationship_value v WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("(v.id, v.person) < (?, ?)", {page.after[0], page.after[1]});
  }
  if (request.kind() != v1::RelationshipValue::KIND_UNSPECIFIED) {
    query.Add(" AND v.kind = ?", {int64_t{request.kind()}});
  }
  AddDays(scope.days, "v.day", query);
  AddAgents(scope, "v.person", query);
  AddReach(caller, "v.person", query);
  query.Add(" ORDER BY v.id DESC, v.person DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListRelationshipValuesResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.relationship_values_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    cells.Message(*response.add_relationship_values());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
