#include "engine/voice/props.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/access/secret.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/text_search.h"
#include "engine/texts.h"
#include "engine/violations.h"
#include "engine/voice/prop.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/prop_rows.h"
#include "engine/voice/theme_tag_rows.h"
#include "engine/words.h"

namespace attune {
namespace {

constexpr absl::string_view kPrefix = "rcp";
constexpr char kPropShape[] = "A prop is people/{person}/props/{prop}.";

// The same words for what has no row and what has another secret.
absl::Status ReceiptUnknown() {
  return MakeError(absl::StatusCode::kNotFound, "RECEIPT_UNKNOWN",
                   "This receipt is not known; use it whole.");
}

absl::Status TakeBack(Transaction& tx, int64_t now_us, PropRow& row) {
  RETURN_IF_ERROR(ForgetThemeTags(tx, row.prop.name(), row.agent));
  Erase(now_us, row.prop);
  return UpdateProp(tx, std::nullopt, row);
}

// The conditions of a list: what was asked for, and what the caller may see.
absl::Status AddFilters(const Transaction& tx, const Caller& caller,
                        const v1::ListPropsRequest& request, Query& query) {
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  const auto team = ParseTeamName(request.team());
  if (!request.team().empty() && !team) {
    bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  }
  const std::vector<std::string> words =
      CheckSearch(request.search(), "search", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  query.Add(" AND prop.state <> ?", {int64_t{v1::Prop::STATE_REVOKED}});
  if (*person != "-") query.Add(" AND prop.person = ?", {*person});
  if (team) query.Add(" AND p.team = ?", {*team});
  if (request.state() != v1::Prop::STATE_UNSPECIFIED) {
    query.Add(" AND prop.state = ?", {int64_t{request.state()}});
  }
  if (!caller.reach.all) {
    query.Add(
        " AND (prop.person = ? OR p.team = ?"
        " OR (prop.state = ? AND prop.consent = 1))",
        {caller.person, caller.reach.team ? caller.team : "",
         int64_t{v1::Prop::STATE_PUBLISHED}});
  }
  if (!words.empty()) AddSearch(tx, "prop", words, query);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SubmitPropResponse> Props::Submit(
    Transaction& tx, const Caller&,
    const v1::SubmitPropRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const OpenInvite invite,
                   FindOpenInvite(tx, request.token(), now_us));
  Violations bad;
  CheckSubmit(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const std::string id = MakeUuid(now_us);
  const Secret receipt = MakeSecret(kPrefix, id);
  v1::Prop prop;
  prop.set_name(PropName(invite.name.person, id));
  prop.set_contact(ContactName(invite.name.person, invite.contact));
  prop.set_state(v1::Prop::STATE_PENDING);
  prop.set_text(request.text());
  prop.set_consent_to_share(request.consent_to_share());
  *prop.mutable_submit_time() = ToTimestamp(now_us);
  if (request.consent_to_share()) {
    *prop.mutable_consent_time() = prop.submit_time();
  }
  prop.set_etag("1");
  RETURN_IF_ERROR(UseUp(tx, invite));
  RETURN_IF_ERROR(InsertProp(tx, prop, receipt.hash));
  v1::SubmitPropResponse response;
  response.set_receipt(receipt.text);
  *response.mutable_submit_time() = prop.submit_time();
  return response;
}

absl::StatusOr<v1::RevokePropResponse> Props::Revoke(
    Transaction& tx, const Caller&,
    const v1::RevokePropRequest& request) const {
  const std::optional<ShownSecret> shown =
      ParseSecret(kPrefix, request.receipt());
  if (!shown) return ReceiptUnknown();
  absl::StatusOr<PropRow> row = FindProp(tx, {"-", shown->id});
  if (absl::IsNotFound(row.status())) return ReceiptUnknown();
  RETURN_IF_ERROR(row.status());
  if (!IsSecret(*shown, row->receipt_hash)) return ReceiptUnknown();
  if (row->prop.state() != v1::Prop::STATE_REVOKED) {
    RETURN_IF_ERROR(TakeBack(tx, clock_(), *row));
  }
  v1::RevokePropResponse response;
  *response.mutable_revoke_time() = row->prop.revoke_time();
  return response;
}

absl::StatusOr<v1::RevokePropResponse> Props::RevokeForCustomer(
    Transaction& tx, const Caller& caller,
    const v1::RevokePropForCustomerRequest& request) const {
  Violations bad;
  const auto name = ParsePropName(request.name());
  if (!name) bad.Add("name", "NAME_INVALID", kPropShape);
  CheckReason(request.reason(), "reason", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(PropRow row, FindProp(tx, *name));
  const PropReader reader = ReaderOf(caller, row.agent, row.agent_team);
  if (!MayRead(reader, row.prop)) return NotFound(request.name());
  if (!reader.moderates) {
    return PermissionDenied(
        "Only the agent's lead, a qa_lead or an admin takes a prop back for "
        "the customer.");
  }
  if (row.prop.state() != v1::Prop::STATE_REVOKED) {
    if (!caller.person.empty()) row.prop.set_revoker(PersonName(caller.person));
    row.prop.set_revoke_reason(request.reason());
    RETURN_IF_ERROR(TakeBack(tx, clock_(), row));
  }
  v1::RevokePropResponse response;
  *response.mutable_revoke_time() = row.prop.revoke_time();
  return response;
}

absl::StatusOr<v1::Prop> Props::Get(Transaction& tx, const Caller& caller,
                                    const v1::GetPropRequest& request) const {
  const auto name = ParsePropName(request.name());
  if (!name) return Invalid("name", "NAME_INVALID", kPropShape);
  ASSIGN_OR_RETURN(PropRow row, FindProp(tx, *name));
  const PropReader reader = ReaderOf(caller, row.agent, row.agent_team);
  if (!MayRead(reader, row.prop)) return NotFound(request.name());
  HideFrom(reader, row.prop);
  return std::move(row.prop);
}

absl::StatusOr<v1::ListPropsResponse> Props::List(
    Transaction& tx, const Caller& caller,
    const v1::ListPropsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Query query(
      "SELECT prop.id, prop.person, p.team, prop.body"
      " FROM prop JOIN person p ON p.id = prop.person WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("(prop.id, prop.person) < (?, ?)",
              {page.after[0], page.after[1]});
  }
  RETURN_IF_ERROR(AddFilters(tx, caller, request, query));
  query.Add(" ORDER BY prop.id DESC, prop.person DESC LIMIT ?",
            {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListPropsResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.props_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    const std::string team = cells.TextOr("");
    v1::Prop& prop = *response.add_props();
    cells.Message(prop);
    RETURN_IF_ERROR(cells.Done());
    HideFrom(ReaderOf(caller, last[1], team), prop);
  }
  return response;
}

absl::StatusOr<v1::Prop> Props::Moderate(
    Transaction& tx, const Caller& caller,
    const v1::ModeratePropRequest& request) const {
  Violations bad;
  CheckModerate(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const PersonPart name = ParsePropName(request.name()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(PropRow row, FindProp(tx, name));
  v1::Prop& prop = row.prop;
  const PropReader reader = ReaderOf(caller, row.agent, row.agent_team);
  if (!MayRead(reader, prop)) return NotFound(request.name());
  if (reader.own) {
    return FailedPrecondition("OWN_PROP",
                              "Nobody moderates what is said about them.");
  }
  if (!reader.moderates) {
    return PermissionDenied("Only the agent's lead or a qa_lead moderates.");
  }
  if (prop.state() == v1::Prop::STATE_REVOKED) {
    return FailedPrecondition("PROP_REVOKED",
                              "The customer took this prop back.");
  }
  RETURN_IF_ERROR(NextVersion(prop, request.etag()).status());
  prop.set_state(request.state());
  prop.set_moderate_reason(request.reason());
  prop.clear_moderator();
  if (!caller.person.empty()) prop.set_moderator(PersonName(caller.person));
  *prop.mutable_moderate_time() = ToTimestamp(clock_());
  if (request.state() == v1::Prop::STATE_HIDDEN) {
    RETURN_IF_ERROR(ForgetThemeTags(tx, prop.name(), row.agent));
  }
  RETURN_IF_ERROR(
      UpdateProp(tx, request.state() == v1::Prop::STATE_PUBLISHED, row));
  prop.clear_text();
  return std::move(prop);
}

}  // namespace attune
