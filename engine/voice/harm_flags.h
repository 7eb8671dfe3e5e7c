// The stored harm flags.

#ifndef ATTUNE_ENGINE_VOICE_HARM_FLAGS_H_
#define ATTUNE_ENGINE_VOICE_HARM_FLAGS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/inbox_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in inbox_service.proto.
class HarmFlags {
 public:
  explicit HarmFlags(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::HarmFlag> Raise(
      Transaction& tx, const Caller& caller,
      const v1::RaiseHarmFlagRequest& request) const;
  absl::StatusOr<v1::HarmFlag> AddContacts(
      Transaction& tx, const Caller& caller,
      const v1::AddHarmContactsRequest& request) const;
  absl::StatusOr<v1::HarmFlag> Get(Transaction& tx, const Caller& caller,
                                   const v1::GetHarmFlagRequest& request) const;
  absl::StatusOr<v1::ListHarmFlagsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListHarmFlagsRequest& request) const;
  absl::StatusOr<v1::ListHarmContactsResponse> ListContacts(
      Transaction& tx, const Caller& caller,
      const v1::ListHarmContactsRequest& request) const;
  absl::StatusOr<v1::HarmFlag> Answer(
      Transaction& tx, const Caller& caller,
      const v1::AnswerHarmFlagRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_HARM_FLAGS_H_
