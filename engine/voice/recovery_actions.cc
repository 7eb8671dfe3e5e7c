#include "engine/voice/recovery_actions.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/recovery_action.h"
#include "engine/voice/voice_subjects.h"

namespace attune {
namespace {

// The number in the statements below.
static_assert(v1::RecoveryAction::STATE_OPEN == 1);

constexpr char kInsert[] = R"sql(
  INSERT INTO recovery_action (id, person, contact, owner, kind, prompted,
                               state, outcome, minor_units, currency,
                               create_us, due_us, close_us, version, body)
  VALUES ($1, $2, $3, $4, $5, $6, 1, 0, $7, $8, $9, $10, NULL, 1, $11))sql";

constexpr char kClose[] = R"sql(
  UPDATE recovery_action
  SET state = $3, outcome = $4, minor_units = $5, currency = $6, close_us = $7,
      version = $8, body = $9
  WHERE id = $1 AND person = $2)sql";

constexpr char kFind[] = R"sql(
  SELECT r.body, p.team FROM recovery_action r JOIN person p ON p.id = r.person
  WHERE)sql";

struct ActionRow {
  v1::RecoveryAction action;
  std::string agent_team;
};

absl::StatusOr<ActionRow> FindAction(Transaction& tx, absl::string_view name) {
  const auto part = ParseRecoveryActionName(name);
  if (!part) {
    return Invalid("name", "NAME_INVALID",
                   "A recovery action is "
                   "people/{person}/recoveryActions/{recovery_action}.");
  }
  Query query(kFind);
  query.Add(" r.id = ?", {part->id});
  if (part->person != "-") query.Add(" AND r.person = ?", {part->person});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  if (rows.empty()) return NotFound(name);
  ActionRow row;
  Cells cells(rows[0]);
  cells.Message(row.action);
  row.agent_team = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  return row;
}

PersonPart NameOf(const v1::RecoveryAction& action) {
  return ParseRecoveryActionName(action.name()).value_or(PersonPart{});
}

// Whether the caller reaches it: as who leads the agent, as the agent, as its
// owner; as far as the method called grants that.
bool Reaches(const Caller& caller, const ActionRow& row) {
  return caller.Reaches(NameOf(row.action).person, row.agent_team,
                        ParsePersonName(row.action.owner()).value_or(""));
}

// Who does it: the one asked for, whom the caller must reach, or the caller.
absl::StatusOr<std::string> FindOwner(Transaction& tx, const Caller& caller,
                                      const v1::RecoveryAction& wanted) {
  const std::string owner =
      ParsePersonName(wanted.owner()).value_or(caller.person);
  if (owner.empty()) {
    return Invalid("recovery_action.owner", "OWNER_MISSING",
                   "This token speaks for nobody; name an owner.");
  }
  ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, owner));
  if (owner != caller.person &&
      !caller.Reaches(owner, ParseTeamName(person.team()).value_or(""))) {
    return NotFound(person.name());
  }
  return person.name();
}

// The origin that was asked for is there, and about this contact if about any.
absl::Status CheckOrigin(Transaction& tx, const Caller& caller,
                         const v1::RecoveryAction& action) {
  if (action.origin().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const VoiceSubject origin,
      FindVoiceSubject(tx, caller, action.origin(), "recovery_action.origin"));
  if (origin.contact.id.empty() ||
      ContactName(origin.contact.person, origin.contact.id) ==
          action.contact()) {
    return absl::OkStatus();
  }
  return Invalid(
      "recovery_action.origin", "ORIGIN_OF_ANOTHER",
      absl::StrCat("It is about another contact than ", action.contact(), "."));
}

absl::Status Insert(Transaction& tx, const v1::RecoveryAction& action) {
  const PersonPart name = NameOf(action);
  const PersonPart contact =
      ParseContactName(action.contact()).value_or(PersonPart{});
  return tx.Send(
      kInsert,
      {name.id, name.person, contact.id,
       ParsePersonName(action.owner()).value_or(""), int64_t{action.kind()},
       int64_t{action.prompted()}, action.cost().minor_units(),
       action.cost().currency_code(), ToMicros(action.create_time()),
       ToMicros(action.due_time()), Bytes{action.SerializeAsString()}});
}

absl::Status CheckFilters(const v1::ListRecoveryActionsRequest& request) {
  Violations bad;
  if (!ParsePersonOrAll(request.parent())) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  if (!request.owner().empty() && !ParsePersonName(request.owner())) {
    bad.Add("owner", "NAME_INVALID", "An owner is people/{person}.");
  }
  if (!request.contact().empty() && !ParseContactName(request.contact())) {
    bad.Add("contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (!request.team().empty() && !ParseTeamName(request.team())) {
    bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  }
  return bad.ToStatus();
}

void AddFilters(const v1::ListRecoveryActionsRequest& request, int64_t now_us,
                const Caller& caller, Query& query) {
  const std::string person = ParsePersonOrAll(request.parent()).value_or("");
  if (person != "-") query.Add(" AND r.person = ?", {person});
  if (const auto owner = ParsePersonName(request.owner())) {
    query.Add(" AND r.owner = ?", {*owner});
  }
  if (request.state() != v1::RecoveryAction::STATE_UNSPECIFIED) {
    query.Add(" AND r.state = ?", {int64_t{request.state()}});
  }
  if (request.overdue_only()) {
    query.Add(" AND r.state = 1 AND r.due_us < ?", {now_us});
  }
  if (const auto contact = ParseContactName(request.contact())) {
    query.Add(" AND r.contact = ?", {contact->id});
    if (contact->person != "-") {
      query.Add(" AND r.person = ?", {contact->person});
    }
  }
  constexpr char kOfTeam[] =
      " r.person IN (SELECT id FROM person WHERE team = ?)";
  if (const auto team = ParseTeamName(request.team())) {
    query.Add(absl::StrCat(" AND", kOfTeam), {*team});
  }
  if (caller.reach.all) return;
  query.Add(" AND (r.person = ? OR r.owner = ?",
            {caller.reach.own ? caller.person : "",
             caller.reach.rated ? caller.person : ""});
  query.Add(absl::StrCat(" OR", kOfTeam, ")"),
            {caller.reach.team ? caller.team : ""});
}

}  // namespace

absl::StatusOr<v1::RecoveryAction> RecoveryActions::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateRecoveryActionRequest& request) const {
  const int64_t now_us = clock_();
  const v1::RecoveryAction& wanted = request.recovery_action();
  Violations bad;
  const auto parent = ParsePersonOrAll(request.parent());
  auto contact_name = ParseContactName(wanted.contact());
  if (!parent) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is the agent, people/{person}; people/- takes the "
            "contact's.");
  }
  if (contact_name && contact_name->person == "-" && parent) {
    contact_name->person = *parent;
  }
  if (contact_name && parent && *parent != "-" &&
      contact_name->person != *parent) {
    bad.Add("recovery_action.contact", "CONTACT_OF_ANOTHER",
            absl::StrCat("The contact belongs to ",
                         PersonName(contact_name->person), "."));
  }
  CheckNewRecoveryAction(wanted, now_us, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const v1::Contact contact,
                   FindContact(tx, *contact_name, caller));
  const PersonPart found =
      ParseContactName(contact.name()).value_or(PersonPart{});

  v1::RecoveryAction action;
  action.set_name(RecoveryActionName(found.person, MakeUuid(now_us)));
  action.set_contact(contact.name());
  action.set_origin(wanted.origin());
  action.set_kind(wanted.kind());
  action.set_note(wanted.note());
  if (wanted.has_cost()) *action.mutable_cost() = wanted.cost();
  action.set_prompted(wanted.prompted());
  RETURN_IF_ERROR(CheckOrigin(tx, caller, action));
  ASSIGN_OR_RETURN(*action.mutable_owner(), FindOwner(tx, caller, wanted));
  *action.mutable_due_time() =
      wanted.has_due_time()
          ? wanted.due_time()
          : ToTimestamp(now_us + kRecoveryDays * kMicrosPerDay);
  action.set_state(v1::RecoveryAction::STATE_OPEN);
  if (!caller.person.empty()) action.set_opener(PersonName(caller.person));
  action.set_etag("1");
  *action.mutable_create_time() = ToTimestamp(now_us);
  *action.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(Insert(tx, action));
  return action;
}

absl::StatusOr<v1::RecoveryAction> RecoveryActions::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetRecoveryActionRequest& request) const {
  ASSIGN_OR_RETURN(ActionRow row, FindAction(tx, request.name()));
  if (!Reaches(caller, row)) return NotFound(request.name());
  return std::move(row.action);
}

absl::StatusOr<v1::ListRecoveryActionsResponse> RecoveryActions::List(
    Transaction& tx, const Caller& caller,
    const v1::ListRecoveryActionsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  RETURN_IF_ERROR(CheckFilters(request));
  Query query("SELECT r.id, r.body FROM recovery_action r WHERE ");
  query.Add("r.id > ?", {page.after.empty() ? "" : page.after[0]});
  AddFilters(request, clock_(), caller, query);
  query.Add(" ORDER BY r.id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListRecoveryActionsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.recovery_actions_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_recovery_actions());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::RecoveryAction> RecoveryActions::Close(
    Transaction& tx, const Caller& caller,
    const v1::CloseRecoveryActionRequest& request) const {
  Violations bad;
  CheckClosing(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(ActionRow row, FindAction(tx, request.name()));
  if (!Reaches(caller, row)) return NotFound(request.name());
  v1::RecoveryAction& action = row.action;
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(action, request.etag()));
  if (action.state() != v1::RecoveryAction::STATE_OPEN) {
    return FailedPrecondition(
        "NOT_OPEN", absl::StrCat(action.name(), " is closed already."));
  }
  const int64_t now_us = clock_();
  action.set_state(request.state());
  action.set_outcome(request.outcome());
  action.set_close_words(request.words());
  if (request.has_cost()) *action.mutable_cost() = request.cost();
  *action.mutable_close_time() = ToTimestamp(now_us);
  *action.mutable_update_time() = ToTimestamp(now_us);
  action.set_etag(absl::StrCat(version));
  const PersonPart name = NameOf(action);
  RETURN_IF_ERROR(tx.Send(
      kClose,
      {name.id, name.person, int64_t{action.state()}, int64_t{action.outcome()},
       action.cost().minor_units(), action.cost().currency_code(), now_us,
       version, Bytes{action.SerializeAsString()}}));
  return std::move(action);
}

}  // namespace attune
