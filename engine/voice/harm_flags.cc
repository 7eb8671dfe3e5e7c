#include "engine/voice/harm_flags.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/people.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/texts.h"
#include "engine/violations.h"
#include "engine/voice/harm_flag.h"
#include "engine/voice/harm_flag_rows.h"

namespace attune {
namespace {

// The number in the statements below.
static_assert(v1::HarmFlag::STATE_OPEN == 1);

constexpr char kContactsOf[] = R"sql(
  SELECT c.contact, c.person, c.adder, c.add_us FROM harm_contact c
  WHERE c.flag =)sql";

absl::Status Answered(const v1::HarmFlag& flag) {
  return FailedPrecondition(
      "ANSWERED", absl::StrCat(flag.name(),
                               " has its answer; if the practice goes on, "
                               "raise it anew."));
}

v1::HarmFlag NewFlag(const v1::RaiseHarmFlagRequest& request, int64_t now_us) {
  v1::HarmFlag flag;
  flag.set_name(HarmFlagName(MakeUuid(now_us)));
  flag.set_practice(request.practice());
  flag.set_state(v1::HarmFlag::STATE_OPEN);
  flag.set_etag("1");
  *flag.mutable_create_time() = ToTimestamp(now_us);
  *flag.mutable_update_time() = ToTimestamp(now_us);
  return flag;
}

// The flag as it is stored now.
absl::StatusOr<v1::HarmFlag> Show(Transaction& tx, const Caller& caller,
                                  const std::string& name, int64_t now_us) {
  ASSIGN_OR_RETURN(v1::HarmFlag flag, FindHarmFlag(tx, caller, name, now_us));
  RETURN_IF_ERROR(TellRaises(tx, caller, flag));
  return flag;
}

// Those at this level or higher.
void AddLevel(v1::HarmFlag::Level level, int64_t now_us, Query& query) {
  if (level <= v1::HarmFlag::LEVEL_LEAD) return;
  const int64_t contacts =
      level == v1::HarmFlag::LEVEL_QA_LEAD ? kQaLeadContacts : kManagerContacts;
  query.Add(" AND ((h.state <> 1 AND h.level >= ?) OR (h.state = 1 AND",
            {int64_t{level}});
  query.Add(
      " (h.create_us <= ? OR"
      " (SELECT COUNT(*) FROM harm_contact c WHERE c.flag = h.id) >= ?)))",
      {now_us - kManagerDays * kMicrosPerDay, contacts});
}

}  // namespace

absl::StatusOr<v1::HarmFlag> HarmFlags::Raise(
    Transaction& tx, const Caller& caller,
    const v1::RaiseHarmFlagRequest& request) const {
  if (caller.person.empty()) {
    return FailedPrecondition(
        "NO_PERSON",
        "This token speaks for nobody, so nobody would hear the "
        "answer.");
  }
  const int64_t now_us = clock_();
  Violations bad;
  CheckRaising(request, bad);
  ASSIGN_OR_RETURN(
      const std::vector<NamedContact> contacts,
      ResolveContacts(tx, caller, request.contacts(), "contacts", bad));
  RETURN_IF_ERROR(bad.ToStatus());
  const std::string key = PracticeKey(request.practice());
  ASSIGN_OR_RETURN(auto open, FindOpenFlag(tx, key, now_us));
  v1::HarmFlag flag = open ? *open : NewFlag(request, now_us);
  if (request.has_customers_estimate()) {
    flag.set_customers_estimate(
        std::max(flag.customers_estimate(), request.customers_estimate()));
  }
  RETURN_IF_ERROR(open ? UpdateHarmFlag(tx, now_us, flag)
                       : InsertHarmFlag(tx, key, flag));
  v1::HarmFlag::Raise raise;
  raise.set_raiser(PersonName(caller.person));
  raise.set_text(request.text());
  if (request.has_customers_estimate()) {
    raise.set_customers_estimate(request.customers_estimate());
  }
  *raise.mutable_raise_time() = ToTimestamp(now_us);
  const std::string id = ParseHarmFlagName(flag.name()).value_or("");
  ASSIGN_OR_RETURN(const bool first, InsertRaise(tx, id, raise));
  if (!first) {
    return MakeError(absl::StatusCode::kAlreadyExists, "RAISED_BEFORE",
                     absl::StrCat("You have raised this as ", flag.name(),
                                  "; add contacts to it."));
  }
  for (const NamedContact& named : contacts) {
    RETURN_IF_ERROR(
        InsertHarmContact(tx, id, named.contact, caller, now_us).status());
  }
  return Show(tx, caller, flag.name(), now_us);
}

absl::StatusOr<v1::HarmFlag> HarmFlags::AddContacts(
    Transaction& tx, const Caller& caller,
    const v1::AddHarmContactsRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const v1::HarmFlag flag,
                   FindHarmFlag(tx, caller, request.name(), now_us));
  Violations bad;
  if (request.contacts().empty()) {
    bad.Add("contacts", "CONTACTS_MISSING", "Name a contact.");
  }
  ASSIGN_OR_RETURN(
      const std::vector<NamedContact> contacts,
      ResolveContacts(tx, caller, request.contacts(), "contacts", bad));
  if (flag.state() != v1::HarmFlag::STATE_OPEN) return Answered(flag);
  const std::string id = ParseHarmFlagName(flag.name()).value_or("");
  for (const auto& [place, contact] : contacts) {
    ASSIGN_OR_RETURN(const bool added,
                     InsertHarmContact(tx, id, contact, caller, now_us));
    if (added) continue;
    bad.Add(absl::StrCat("contacts[", place, "]"), "CONTACT_COUNTED",
            absl::StrCat(ContactName(contact.person, contact.id),
                         " is counted already."));
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return Show(tx, caller, flag.name(), now_us);
}

absl::StatusOr<v1::HarmFlag> HarmFlags::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetHarmFlagRequest& request) const {
  return Show(tx, caller, request.name(), clock_());
}

absl::StatusOr<v1::ListHarmFlagsResponse> HarmFlags::List(
    Transaction& tx, const Caller& caller,
    const v1::ListHarmFlagsRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  Query query(kSelectHarmFlags);
  query.Add("h.id > ?", {page.after.empty() ? "" : page.after[0]});
  if (request.state() != v1::HarmFlag::STATE_UNSPECIFIED) {
    query.Add(" AND h.state = ?", {int64_t{request.state()}});
  }
  AddLevel(request.level(), now_us, query);
  if (!SeesEveryFlag(caller.roles)) {
    query.Add(" AND h.id IN (SELECT flag FROM harm_raise WHERE person = ?)",
              {caller.person});
  }
  query.Add(" ORDER BY h.id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListHarmFlagsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.harm_flags_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    ReadHarmFlag(cells, now_us, *response.add_harm_flags());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::ListHarmContactsResponse> HarmFlags::ListContacts(
    Transaction& tx, const Caller& caller,
    const v1::ListHarmContactsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  ASSIGN_OR_RETURN(const v1::HarmFlag flag,
                   FindHarmFlag(tx, caller, request.name(), clock_()));
  Query query(kContactsOf);
  query.Add(" ?", {ParseHarmFlagName(flag.name()).value_or("")});
  if (!page.after.empty()) {
    query.Add(" AND (c.contact, c.person) > (?, ?)",
              {page.after[0], page.after[1]});
  }
  if (!caller.reach.all) {
    query.Add(
        " AND (c.person = ? OR c.person IN"
        " (SELECT id FROM person WHERE team = ?))",
        {caller.reach.own ? caller.person : "",
         caller.reach.team ? caller.team : ""});
  }
  query.Add(" ORDER BY c.contact, c.person LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListHarmContactsResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.contacts_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    v1::HarmContact& contact = *response.add_contacts();
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    contact.set_contact(ContactName(last[1], last[0]));
    const std::string adder = cells.TextOr("");
    if (!adder.empty()) contact.set_adder(PersonName(adder));
    *contact.mutable_add_time() = ToTimestamp(cells.Int());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::HarmFlag> HarmFlags::Answer(
    Transaction& tx, const Caller& caller,
    const v1::AnswerHarmFlagRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  CheckPlainReason(request.changed(), "changed", bad);
  const std::string changer =
      request.changer().empty()
          ? caller.person
          : ParsePersonName(request.changer()).value_or("");
  if (changer.empty()) {
    bad.Add("changer", "CHANGER_MISSING",
            "Say who changed it, people/{person}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(v1::HarmFlag flag,
                   FindHarmFlag(tx, caller, request.name(), now_us));
  RETURN_IF_ERROR(NextVersion(flag, request.etag()).status());
  if (flag.state() != v1::HarmFlag::STATE_OPEN) return Answered(flag);
  if (!MayAnswer(caller.roles, flag.level())) {
    return PermissionDenied(
        flag.level() == v1::HarmFlag::LEVEL_MANAGER
            ? "It has gone up to the managers: an admin answers it."
            : "It has gone up: a qa_lead or an admin answers it.");
  }
  RETURN_IF_ERROR(FindPerson(tx, changer).status());
  flag.set_state(v1::HarmFlag::STATE_ANSWERED);
  v1::HarmFlag::Answer& answer = *flag.mutable_answer();
  answer.set_changed(request.changed());
  answer.set_changer(PersonName(changer));
  if (!caller.person.empty()) answer.set_answerer(PersonName(caller.person));
  *answer.mutable_answer_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateHarmFlag(tx, now_us, flag));
  return Show(tx, caller, flag.name(), now_us);
}

}  // namespace attune
