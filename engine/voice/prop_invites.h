// The stored invitations to props: `inv_{id}_{secret}`, of which only a hash is
// kept.

#ifndef ATTUNE_ENGINE_VOICE_PROP_INVITES_H_
#define ATTUNE_ENGINE_VOICE_PROP_INVITES_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto.
class PropInvites {
 public:
  explicit PropInvites(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::CreatePropInviteResponse> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreatePropInviteRequest& request) const;
  // For whoever has the token.
  absl::StatusOr<v1::PropInviteSummary> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetPropInviteRequest& request) const;

 private:
  Clock clock_;
};

// An invitation that is good now.
struct OpenInvite {
  PersonPart name;
  std::string contact;  // id
  int64_t expire_us = 0;
};

// Errors as GetPropInvite gives them.
absl::StatusOr<OpenInvite> FindOpenInvite(Transaction& tx,
                                          const std::string& token,
                                          int64_t now_us);
absl::Status UseUp(Transaction& tx, const OpenInvite& invite);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_PROP_INVITES_H_
