#include "engine/voice/prop.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/texts.h"

namespace attune {

int64_t CheckInviteExpiry(const v1::CreatePropInviteRequest& request,
                          int64_t now_us, Violations& bad) {
  if (!request.has_expire_time()) return now_us + kInviteDays * kMicrosPerDay;
  if (!IsValid(request.expire_time()) ||
      ToMicros(request.expire_time()) <= now_us ||
      ToMicros(request.expire_time()) >
          now_us + kMaxInviteDays * kMicrosPerDay) {
    bad.Add("expire_time", "TIME_INVALID",
            absl::StrCat("An invitation expires in the future, at most ",
                         kMaxInviteDays, " days from now."));
    return 0;
  }
  return ToMicros(request.expire_time());
}

absl::Status CheckInviteIsOpen(InviteState state, int64_t expire_us,
                               int64_t now_us) {
  if (state == InviteState::kUsed) {
    return FailedPrecondition("INVITE_USED",
                              "This invitation has been used already.");
  }
  if (state == InviteState::kReplaced) {
    return FailedPrecondition(
        "INVITE_REPLACED",
        "A newer invitation took the place of this one; use that.");
  }
  if (expire_us <= now_us) {
    return FailedPrecondition("INVITE_EXPIRED",
                              "This invitation has expired; ask for another.");
  }
  return absl::OkStatus();
}

void CheckSubmit(const v1::SubmitPropRequest& request, Violations& bad) {
  if (absl::StripAsciiWhitespace(request.text()).empty()) {
    bad.Add("text", "TEXT_MISSING", "Say something.");
  }
  CheckPlainText(request.text(), "text", bad);
}

void CheckModerate(const v1::ModeratePropRequest& request, Violations& bad) {
  if (!ParsePropName(request.name())) {
    bad.Add("name", "NAME_INVALID", "A prop is people/{person}/props/{prop}.");
  }
  if (request.state() == v1::Prop::STATE_HIDDEN) {
    CheckReason(request.reason(), "reason", bad);
  } else {
    CheckText(request.reason(), "reason", bad);
    if (request.state() != v1::Prop::STATE_PUBLISHED) {
      bad.Add("state", "STATE_INVALID", "A prop is published or hidden.");
    }
  }
  if (request.etag().empty()) {
    bad.Add("etag", "ETAG_MISSING", "Send the etag that was read.");
  }
}

PropReader ReaderOf(const Caller& caller, absl::string_view agent,
                    absl::string_view agent_team) {
  PropReader reader;
  reader.own = !caller.person.empty() && caller.person == agent;
  reader.moderates =
      caller.reach.all || (!reader.own && caller.reach.team &&
                           !caller.team.empty() && caller.team == agent_team);
  return reader;
}

bool MayRead(const PropReader& reader, const v1::Prop& prop) {
  if (reader.moderates) return true;
  if (prop.state() == v1::Prop::STATE_REVOKED) return false;
  return reader.own ||
         (prop.state() == v1::Prop::STATE_PUBLISHED && prop.consent_to_share());
}

void HideFrom(const PropReader& reader, v1::Prop& prop) {
  if (!reader.moderates && prop.state() == v1::Prop::STATE_HIDDEN) {
    prop.clear_text();
  }
}

void Erase(int64_t now_us, v1::Prop& prop) {
  prop.set_state(v1::Prop::STATE_REVOKED);
  prop.clear_text();
  prop.clear_moderate_reason();
  prop.set_consent_to_share(false);
  prop.clear_consent_time();
  *prop.mutable_revoke_time() = ToTimestamp(now_us);
}

}  // namespace attune
