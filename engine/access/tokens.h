// The stored API tokens: `att_{id}_{secret}`, of which only a hash is kept.

#ifndef ATTUNE_ENGINE_ACCESS_TOKENS_H_
#define ATTUNE_ENGINE_ACCESS_TOKENS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/admin_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.
class Tokens {
 public:
  explicit Tokens(Clock clock) : clock_(std::move(clock)) {}

  // NOT_FOUND for the person.
  absl::StatusOr<v1::CreateTokenResponse> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateTokenRequest& request) const;
  absl::StatusOr<v1::ListTokensResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListTokensRequest& request) const;
  absl::StatusOr<v1::Token> Revoke(Transaction& tx, const Caller& caller,
                                   const v1::RevokeTokenRequest& request) const;

  // Who sends this secret; reach is left empty.  UNAUTHENTICATED, in the same
  // words for unknown, revoked and expired.
  absl::StatusOr<Caller> Authenticate(Transaction& tx,
                                      absl::string_view secret) const;
  // True if no token has been made yet.
  absl::StatusOr<bool> None(Transaction& tx) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_ACCESS_TOKENS_H_
