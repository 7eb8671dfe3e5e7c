// The rules of props: what an invitation and a customer's text may be, and who
// reads what.

#ifndef ATTUNE_ENGINE_VOICE_PROP_H_
#define ATTUNE_ENGINE_VOICE_PROP_H_

#include <cstdint>

#include "absl/status/status.h"
#include "attune/v1/prop.pb.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/violations.h"

namespace attune {

inline constexpr int kInviteDays = 30;
inline constexpr int kMaxInviteDays = 90;

// What the row of an invitation tells of it.
enum class InviteState : int64_t { kOpen = 1, kUsed = 2, kReplaced = 3 };

// Until when the invitation that is asked for is good, violations at
// `expire_time`.
int64_t CheckInviteExpiry(const v1::CreatePropInviteRequest& request,
                          int64_t now_us, Violations& bad);

// OK, or FAILED_PRECONDITION (INVITE_USED, INVITE_REPLACED, INVITE_EXPIRED).
absl::Status CheckInviteIsOpen(InviteState state, int64_t expire_us,
                               int64_t now_us);

void CheckSubmit(const v1::SubmitPropRequest& request, Violations& bad);
void CheckModerate(const v1::ModeratePropRequest& request, Violations& bad);

// Whose prop it is to whom.
struct PropReader {
  bool moderates = false;  // reaches beyond their own
  bool own = false;        // the caller is the agent
};
PropReader ReaderOf(const Caller& caller, absl::string_view agent,
                    absl::string_view agent_team);

// Whether the prop is there for this reader.
bool MayRead(const PropReader& reader, const v1::Prop& prop);

// Leaves out what this reader must not see.
void HideFrom(const PropReader& reader, v1::Prop& prop);

// Takes out everything that the customer said, or that may quote it.
void Erase(int64_t now_us, v1::Prop& prop);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_PROP_H_
