#include "engine/people/contacts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/page.h"
#include "engine/people/contact.h"
#include "engine/people/people.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int kMaxBatch = 1000;

void CheckCreate(const v1::CreateContactRequest& request,
                 absl::string_view prefix, Violations& bad) {
  if (!ParsePersonName(request.parent())) {
    bad.Add(absl::StrCat(prefix, "parent"), "NAME_INVALID",
            "The parent is the agent, people/{person}.");
  }
  if (!IsContactId(request.contact_id())) {
    bad.Add(absl::StrCat(prefix, "contact_id"), "ID_INVALID",
            "A contact's id is [A-Za-z0-9][A-Za-z0-9._:-]{0,62}.");
  }
  CheckContact(request.contact(), absl::StrCat(prefix, "contact"), bad);
  if (request.has_transcript()) {
    CheckTranscript(request.transcript(), absl::StrCat(prefix, "transcript"),
                    bad);
  }
}

constexpr char kInsert[] = R"sql(
  INSERT INTO contact (id, person, start_us, channel, body)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id, person) DO NOTHING RETURNING id)sql";

constexpr char kStore[] = R"sql(
  INSERT INTO contact (id, person, start_us, channel, body)
  VALUES ($1, $2, $3, $4, $5))sql";

constexpr char kInsertTranscript[] = R"sql(
  INSERT INTO transcript (contact, person, body) VALUES ($1, $2, $3))sql";

absl::StatusOr<v1::Contact> Insert(Transaction& tx,
                                   const v1::CreateContactRequest& request,
                                   int64_t now_us) {
  const std::string person = ParsePersonName(request.parent()).value_or("");
  const std::string& id = request.contact_id();
  v1::Contact contact = request.contact();
  contact.set_name(ContactName(person, id));
  *contact.mutable_create_time() = ToTimestamp(now_us);
  contact.set_has_transcript(request.has_transcript());
  RETURN_IF_ERROR(FindPerson(tx, person).status());
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kInsert, {id, person, ToMicros(contact.start_time()),
                                    int64_t{contact.channel()},
                                    Bytes{contact.SerializeAsString()}}));
  if (rows.empty()) return AlreadyExists(contact.name());
  if (request.has_transcript()) {
    v1::Transcript transcript = request.transcript();
    transcript.set_name(absl::StrCat(contact.name(), "/transcript"));
    RETURN_IF_ERROR(tx.Run(kInsertTranscript,
                           {id, person, Bytes{transcript.SerializeAsString()}})
                        .status());
  }
  return contact;
}

constexpr char kFind[] = R"sql(
  SELECT c.body, p.team FROM contact c JOIN person p ON p.id = c.person
  WHERE c.id = $1 AND c.person = $2)sql";

constexpr char kFindUnderAnyone[] = R"sql(
  SELECT c.body, p.team FROM contact c JOIN person p ON p.id = c.person
  WHERE c.id = $1)sql";

// The contacts of this name that `caller` reaches; at most one unless the
// person is `-`.
absl::StatusOr<std::vector<v1::Contact>> FindReached(Transaction& tx,
                                                     const PersonPart& name,
                                                     const Caller& caller) {
  const bool anyone = name.person == "-";
  std::vector<Value> params = {name.id};
  if (!anyone) params.push_back(name.person);
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(anyone ? kFindUnderAnyone : kFind, params));
  std::vector<v1::Contact> contacts;
  for (const Row& row : rows) {
    v1::Contact contact;
    Cells cells(row);
    cells.Message(contact);
    const std::string team = cells.TextOr("");
    RETURN_IF_ERROR(cells.Done());
    const auto found = ParseContactName(contact.name());
    if (found && caller.Reaches(found->person, team)) {
      contacts.push_back(std::move(contact));
    }
  }
  return contacts;
}

constexpr char kFindTranscript[] = R"sql(
  SELECT t.body, p.team FROM transcript t JOIN person p ON p.id = t.person
  WHERE t.contact = $1 AND t.person = $2)sql";

// The conditions a list request sets.
void AddFilters(const v1::ListContactsRequest& request,
                absl::string_view person, const Caller& caller, Query& query) {
  if (person != "-") query.Add(" AND c.person = ?", {std::string(person)});
  if (request.has_start_time()) {
    query.Add(" AND c.start_us >= ?", {ToMicros(request.start_time())});
  }
  if (request.has_end_time()) {
    query.Add(" AND c.start_us < ?", {ToMicros(request.end_time())});
  }
  if (request.channel() != v1::CHANNEL_UNSPECIFIED) {
    query.Add(" AND c.channel = ?", {int64_t{request.channel()}});
  }
  if (!caller.reach.all) {
    query.Add(" AND (c.person = ?", {caller.reach.own ? caller.person : ""});
    query.Add(" OR c.person IN (SELECT id FROM person WHERE team = ?))",
              {caller.reach.team ? caller.team : ""});
  }
}

}  // namespace

absl::StatusOr<v1::Contact> FindContact(Transaction& tx, const PersonPart& name,
                                        const Caller& caller) {
  ASSIGN_OR_RETURN(std::vector<v1::Contact> contacts,
                   FindReached(tx, name, caller));
  if (contacts.empty()) return NotFound(ContactName(name.person, name.id));
  if (contacts.size() > 1) {
    return FailedPrecondition(
        "CONTACT_AMBIGUOUS",
        absl::StrCat(contacts.size(), " agents have a contact ", name.id,
                     "; name the agent, as in ", contacts[0].name(), "."));
  }
  return std::move(contacts[0]);
}

absl::StatusOr<v1::Contact> FindContact(Transaction& tx,
                                        const PersonPart& name) {
  Caller everyone;
  everyone.reach.all = true;
  return FindContact(tx, name, everyone);
}

absl::StatusOr<v1::Contact> Contacts::Create(
    Transaction& tx, const Caller&,
    const v1::CreateContactRequest& request) const {
  Violations bad;
  CheckCreate(request, "", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  return Insert(tx, request, clock_());
}

absl::StatusOr<v1::BatchCreateContactsResponse> Contacts::BatchCreate(
    Transaction& tx, const Caller&,
    const v1::BatchCreateContactsRequest& request) const {
  Violations bad;
  CheckBatch(request.requests(), kMaxBatch, CheckCreate, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  v1::BatchCreateContactsResponse response;
  for (const auto& one : request.requests()) {
    ASSIGN_OR_RETURN(*response.add_contacts(), Insert(tx, one, clock_()));
  }
  return response;
}

absl::StatusOr<v1::Contact> Contacts::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetContactRequest& request) const {
  const auto name = ParseContactName(request.name());
  if (!name) {
    return Invalid("name", "NAME_INVALID",
                   "A contact is people/{person}/contacts/{contact}.");
  }
  return FindContact(tx, *name, caller);
}

absl::Status StoreContact(Transaction& tx, const v1::Contact& contact) {
  const PersonPart name =
      ParseContactName(contact.name()).value_or(PersonPart{});
  return tx.Send(
      kStore,
      {name.id, name.person, ToMicros(contact.start_time()),
       int64_t{contact.channel()}, Bytes{contact.SerializeAsString()}},
      AlreadyExists(contact.name()));
}

absl::StatusOr<v1::ListContactsResponse> Contacts::List(
    Transaction& tx, const Caller& caller,
    const v1::ListContactsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 3));
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    return Invalid("parent", "NAME_INVALID",
                   "The parent is people/{person}, or people/- for everyone.");
  }
  Query query(
      "SELECT c.start_us, c.id, c.person, c.body FROM contact c WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    int64_t start_us = 0;
    if (!absl::SimpleAtoi(page.after[0], &start_us)) start_us = 0;
    query.Add("(c.start_us, c.id, c.person) < (?, ?, ?)",
              {start_us, page.after[1], page.after[2]});
  }
  AddFilters(request, *person, caller, query);
  query.Add(" ORDER BY c.start_us DESC, c.id DESC, c.person DESC LIMIT ?",
            {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListContactsResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.contacts_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {absl::StrCat(cells.Int())};
    last.push_back(cells.Text());
    last.push_back(cells.Text());
    cells.Message(*response.add_contacts());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::Transcript> Contacts::GetTranscript(
    Transaction& tx, const Caller& caller,
    const v1::GetTranscriptRequest& request) const {
  const auto name = ParseTranscriptName(request.name());
  if (!name) {
    return Invalid(
        "name", "NAME_INVALID",
        "A transcript is people/{person}/contacts/{contact}/transcript.");
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindTranscript, {name->id, name->person}));
  if (rows.empty()) return NotFound(request.name());
  v1::Transcript transcript;
  Cells cells(rows[0]);
  cells.Message(transcript);
  const std::string team = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  if (!caller.Reaches(name->person, team)) return NotFound(request.name());
  return transcript;
}

}  // namespace attune
