#include "engine/voice/prop_invites.h"

#include <optional>
#include <vector>

#include "engine/access/secret.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/status_macros.h"
#include "engine/texts.h"
#include "engine/violations.h"
#include "engine/voice/prop.h"

namespace attune {
namespace {

constexpr absl::string_view kPrefix = "inv";

constexpr char kInsert[] = R"sql(
  INSERT INTO prop_invite (id, person, contact, secret_hash, state, expire_us,
                           body)
  VALUES ($1, $2, $3, $4, 1, $5, $6))sql";

constexpr char kReplace[] = R"sql(
  UPDATE prop_invite SET state = 3
  WHERE contact = $1 AND person = $2 AND state = 1)sql";

constexpr char kUseUp[] = R"sql(
  UPDATE prop_invite SET state = 2 WHERE id = $1 AND person = $2)sql";

constexpr char kFind[] = R"sql(
  SELECT person, contact, secret_hash, state, expire_us FROM prop_invite
  WHERE id = $1)sql";

constexpr char kAnswered[] = R"sql(
  SELECT 1 FROM prop WHERE contact = $1 AND person = $2)sql";

// The same words for what has no row and what has another secret.
absl::Status Unknown() {
  return MakeError(
      absl::StatusCode::kNotFound, "INVITE_UNKNOWN",
      "This invitation is not known; use its link or token whole.");
}

}  // namespace

absl::StatusOr<v1::CreatePropInviteResponse> PropInvites::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreatePropInviteRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  const auto name = ParseContactName(request.contact());
  if (!name) {
    bad.Add("contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  const int64_t expire_us = CheckInviteExpiry(request, now_us, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const v1::Contact contact, FindContact(tx, *name, caller));
  const PersonPart part =
      ParseContactName(contact.name()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(const std::vector<Row> answered,
                   tx.Run(kAnswered, {part.id, part.person}));
  if (!answered.empty()) {
    return FailedPrecondition(
        "PROP_EXISTS", "The customer of this contact has answered already.");
  }
  const std::string id = MakeUuid(now_us);
  const Secret secret = MakeSecret(kPrefix, id);
  v1::CreatePropInviteResponse response;
  v1::PropInvite& invite = *response.mutable_invite();
  invite.set_name(PropInviteName(part.person, id));
  invite.set_contact(contact.name());
  if (!caller.person.empty()) invite.set_creator(PersonName(caller.person));
  *invite.mutable_create_time() = ToTimestamp(now_us);
  *invite.mutable_expire_time() = ToTimestamp(expire_us);
  response.set_token(secret.text);
  RETURN_IF_ERROR(tx.Send(kReplace, {part.id, part.person}));
  RETURN_IF_ERROR(
      tx.Send(kInsert, {id, part.person, part.id, secret.hash, expire_us,
                        Bytes{invite.SerializeAsString()}}));
  return response;
}

absl::StatusOr<v1::PropInviteSummary> PropInvites::Get(
    Transaction& tx, const Caller&,
    const v1::GetPropInviteRequest& request) const {
  ASSIGN_OR_RETURN(const OpenInvite invite,
                   FindOpenInvite(tx, request.token(), clock_()));
  ASSIGN_OR_RETURN(const v1::Person agent, FindPerson(tx, invite.name.person));
  ASSIGN_OR_RETURN(const v1::Contact contact,
                   FindContact(tx, {invite.name.person, invite.contact}));
  v1::PropInviteSummary summary;
  summary.set_agent_display_name(agent.display_name());
  summary.set_channel(contact.channel());
  summary.set_day(FormatDay(DayOf(ToMicros(contact.start_time()))));
  *summary.mutable_expire_time() = ToTimestamp(invite.expire_us);
  summary.set_max_text_bytes(static_cast<int32_t>(kMaxTextBytes));
  return summary;
}

absl::StatusOr<OpenInvite> FindOpenInvite(Transaction& tx,
                                          const std::string& token,
                                          int64_t now_us) {
  const std::optional<ShownSecret> shown = ParseSecret(kPrefix, token);
  if (!shown) return Unknown();
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kFind, {shown->id}));
  if (rows.empty()) return Unknown();
  OpenInvite invite;
  Cells cells(rows[0]);
  invite.name = {cells.Text(), shown->id};
  invite.contact = cells.Text();
  const std::string hash = cells.Text();
  const auto state = static_cast<InviteState>(cells.Int());
  invite.expire_us = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  if (!IsSecret(*shown, hash)) return Unknown();
  RETURN_IF_ERROR(CheckInviteIsOpen(state, invite.expire_us, now_us));
  return invite;
}

absl::Status UseUp(Transaction& tx, const OpenInvite& invite) {
  return tx.Send(kUseUp, {invite.name.id, invite.name.person});
}

}  // namespace attune
