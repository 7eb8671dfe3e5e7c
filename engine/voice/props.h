// The stored props.

#ifndef ATTUNE_ENGINE_VOICE_PROPS_H_
#define ATTUNE_ENGINE_VOICE_PROPS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto.  No
// answer to a write has the customer's words: answers are kept for retries, and
// what was taken back must be gone at once.
class Props {
 public:
  explicit Props(Clock clock) : clock_(std::move(clock)) {}

  // For whoever has the invitation's token.
  absl::StatusOr<v1::SubmitPropResponse> Submit(
      Transaction& tx, const Caller& caller,
      const v1::SubmitPropRequest& request) const;
  // For whoever has the receipt.
  absl::StatusOr<v1::RevokePropResponse> Revoke(
      Transaction& tx, const Caller& caller,
      const v1::RevokePropRequest& request) const;
  absl::StatusOr<v1::RevokePropResponse> RevokeForCustomer(
      Transaction& tx, const Caller& caller,
      const v1::RevokePropForCustomerRequest& request) const;
  absl::StatusOr<v1::Prop> Get(Transaction& tx, const Caller& caller,
                               const v1::GetPropRequest& request) const;
  absl::StatusOr<v1::ListPropsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListPropsRequest& request) const;
  absl::StatusOr<v1::Prop> Moderate(
      Transaction& tx, const Caller& caller,
      const v1::ModeratePropRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_PROPS_H_
