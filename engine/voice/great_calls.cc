#include "engine/voice/great_calls.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/report/report_filter.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/text_search.h"
#include "engine/texts.h"
#include "engine/violations.h"
#include "engine/voice/great_call.h"
#include "engine/voice/great_call_rows.h"
#include "engine/voice/theme_tag_rows.h"
#include "engine/words.h"

namespace attune {
namespace {

constexpr char kShape[] =
    "A great call is people/{person}/greatCalls/{great_call}.";

// Takes the nomination into the library or not.
absl::StatusOr<v1::GreatCall> Decide(Transaction& tx, const Caller& caller,
                                     const PersonPart& name,
                                     v1::GreatCall::State state,
                                     const std::string& reason,
                                     int64_t now_us) {
  ASSIGN_OR_RETURN(GreatCallRow row, FindGreatCall(tx, caller, name));
  v1::GreatCall& call = row.great_call;
  RETURN_IF_ERROR(CheckMayDecide(call, row.agent, caller.person));
  call.set_state(state);
  call.set_decide_reason(reason);
  if (!caller.person.empty()) call.set_decider(PersonName(caller.person));
  *call.mutable_decide_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateGreatCall(tx, call));
  return std::move(call);
}

// The conditions of a list: what was asked for, and what the caller may see.
absl::Status AddFilters(const Transaction& tx, const Caller& caller,
                        const v1::ListGreatCallsRequest& request,
                        Query& query) {
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  const auto form = CheckForm(request.form(), bad);
  const std::vector<std::string> words =
      CheckSearch(request.search(), "search", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  if (*person != "-") query.Add(" AND great_call.person = ?", {*person});
  if (request.state() != v1::GreatCall::STATE_UNSPECIFIED) {
    query.Add(" AND great_call.state = ?", {int64_t{request.state()}});
  }
  if (form) query.Add(" AND great_call.form = ?", {*form});
  if (!request.section_id().empty()) {
    query.Add(" AND great_call.section = ?", {request.section_id()});
  }
  if (!request.value().empty()) {
    query.Add(" AND great_call.value = ?", {request.value()});
  }
  if (!caller.reach.all) {
    const std::string own = caller.reach.own ? caller.person : "";
    query.Add(
        " AND (great_call.state = ? OR great_call.person = ?"
        " OR great_call.person IN (SELECT id FROM person WHERE team = ?)",
        {int64_t{v1::GreatCall::STATE_CONFIRMED}, own,
         caller.reach.team ? caller.team : ""});
    if (caller.reach.rated && !caller.person.empty()) {
      query.Add(" OR great_call.nominator = ?", {caller.person});
    }
    query.Add(")");
  }
  if (!words.empty()) AddSearch(tx, "great_call", words, query);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::GreatCall> GreatCalls::Nominate(
    Transaction& tx, const Caller& caller,
    const v1::NominateGreatCallRequest& request) const {
  const v1::GreatCall& wanted = request.great_call();
  Violations bad;
  CheckNomination(wanted, bad);
  const auto contact_name = ParseContactName(wanted.contact());
  if (!contact_name || !ParseFormName(wanted.form())) return bad.ToStatus();
  ASSIGN_OR_RETURN(const v1::Contact contact,
                   FindContact(tx, *contact_name, caller));
  v1::GreatCall call = wanted;
  ASSIGN_OR_RETURN(const bool has_section, FillSection(tx, call));
  if (!has_section && IsItemId(wanted.section_id())) {
    bad.Add("great_call.section_id", "SECTION_UNKNOWN",
            absl::StrCat(wanted.form(), " never had a section ",
                         wanted.section_id(), "."));
  }
  CheckExcerpt(wanted, contact, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const int64_t now_us = clock_();
  const PersonPart part =
      ParseContactName(contact.name()).value_or(PersonPart{});
  call.set_name(GreatCallName(part.person, MakeUuid(now_us)));
  call.set_contact(contact.name());
  call.set_state(v1::GreatCall::STATE_NOMINATED);
  call.clear_nominator();
  if (!caller.person.empty()) call.set_nominator(PersonName(caller.person));
  *call.mutable_create_time() = ToTimestamp(now_us);
  call.clear_decider();
  call.clear_decide_time();
  call.clear_decide_reason();
  call.clear_kudos();
  *call.mutable_topics() = contact.topics();
  RETURN_IF_ERROR(InsertGreatCall(tx, call));
  return call;
}

absl::StatusOr<v1::GreatCall> GreatCalls::Confirm(
    Transaction& tx, const Caller& caller,
    const v1::ConfirmGreatCallRequest& request) const {
  Violations bad;
  const auto name = ParseGreatCallName(request.name());
  if (!name) bad.Add("name", "NAME_INVALID", kShape);
  CheckText(request.reason(), "reason", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  return Decide(tx, caller, *name, v1::GreatCall::STATE_CONFIRMED,
                request.reason(), clock_());
}

absl::StatusOr<v1::GreatCall> GreatCalls::Decline(
    Transaction& tx, const Caller& caller,
    const v1::DeclineGreatCallRequest& request) const {
  Violations bad;
  const auto name = ParseGreatCallName(request.name());
  if (!name) bad.Add("name", "NAME_INVALID", kShape);
  CheckReason(request.reason(), "reason", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(v1::GreatCall declined,
                   Decide(tx, caller, *name, v1::GreatCall::STATE_DECLINED,
                          request.reason(), clock_()));
  RETURN_IF_ERROR(ForgetThemeTags(
      tx, declined.name(),
      ParseGreatCallName(declined.name()).value_or(PersonPart{}).person));
  return declined;
}

absl::StatusOr<v1::GreatCall> GreatCalls::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetGreatCallRequest& request) const {
  const auto name = ParseGreatCallName(request.name());
  if (!name) return Invalid("name", "NAME_INVALID", kShape);
  ASSIGN_OR_RETURN(GreatCallRow row, FindGreatCall(tx, caller, *name));
  return std::move(row.great_call);
}

absl::StatusOr<v1::ListGreatCallsResponse> GreatCalls::List(
    Transaction& tx, const Caller& caller,
    const v1::ListGreatCallsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Query query(
      "SELECT great_call.id, great_call.person, great_call.kudos,"
      " great_call.body FROM great_call WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("(great_call.id, great_call.person) < (?, ?)",
              {page.after[0], page.after[1]});
  }
  RETURN_IF_ERROR(AddFilters(tx, caller, request, query));
  query.Add(" ORDER BY great_call.id DESC, great_call.person DESC LIMIT ?",
            {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListGreatCallsResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.great_calls_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    const int64_t kudos = cells.Int();
    v1::GreatCall& call = *response.add_great_calls();
    cells.Message(call);
    RETURN_IF_ERROR(cells.Done());
    call.set_kudos(kudos);
  }
  return response;
}

absl::StatusOr<v1::GreatCall> GreatCalls::GiveKudos(
    Transaction& tx, const Caller& caller,
    const v1::GiveKudosRequest& request) const {
  const auto name = ParseGreatCallName(request.name());
  if (!name) return Invalid("name", "NAME_INVALID", kShape);
  // Whoever may give kudos sees the library, and nothing more.
  Caller peer = caller;
  peer.reach = {.own = true, .rated = true};
  ASSIGN_OR_RETURN(GreatCallRow row, FindGreatCall(tx, peer, *name));
  if (row.great_call.state() != v1::GreatCall::STATE_CONFIRMED) {
    return FailedPrecondition(
        "NOT_CONFIRMED",
        absl::StrCat(row.great_call.name(), " is not in the library."));
  }
  if (caller.person.empty()) {
    return FailedPrecondition("NO_PERSON",
                              "Kudos come from people, not from programs.");
  }
  if (caller.person == row.agent) {
    return FailedPrecondition("OWN_CONTACT",
                              "Nobody gives kudos to a call of their own.");
  }
  const PersonPart part =
      ParseGreatCallName(row.great_call.name()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(const int64_t kudos,
                   InsertKudos(tx, part, caller.person, clock_()));
  row.great_call.set_kudos(kudos);
  return std::move(row.great_call);
}

}  // namespace attune
