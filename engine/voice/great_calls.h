// The stored great calls and their kudos.

#ifndef ATTUNE_ENGINE_VOICE_GREAT_CALLS_H_
#define ATTUNE_ENGINE_VOICE_GREAT_CALLS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto.
class GreatCalls {
 public:
  explicit GreatCalls(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::GreatCall> Nominate(
      Transaction& tx, const Caller& caller,
      const v1::NominateGreatCallRequest& request) const;
  absl::StatusOr<v1::GreatCall> Confirm(
      Transaction& tx, const Caller& caller,
      const v1::ConfirmGreatCallRequest& request) const;
  absl::StatusOr<v1::GreatCall> Decline(
      Transaction& tx, const Caller& caller,
      const v1::DeclineGreatCallRequest& request) const;
  absl::StatusOr<v1::GreatCall> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetGreatCallRequest& request) const;
  absl::StatusOr<v1::ListGreatCallsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListGreatCallsRequest& request) const;
  absl::StatusOr<v1::GreatCall> GiveKudos(
      Transaction& tx, const Caller& caller,
      const v1::GiveKudosRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_GREAT_CALLS_H_
