// The stored teams.

#ifndef ATTUNE_ENGINE_PEOPLE_TEAMS_H_
#define ATTUNE_ENGINE_PEOPLE_TEAMS_H_

#include "absl/status/statusor.h"
#include "attune/v1/directory_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  Everybody may read teams.
class Teams {
 public:
  explicit Teams(Clock clock) : clock_(std::move(clock)) {}

  // ALREADY_EXISTS.
  absl::StatusOr<v1::Team> Create(Transaction& tx, const Caller& caller,
                                  const v1::CreateTeamRequest& request) const;
  absl::StatusOr<v1::BatchCreateTeamsResponse> BatchCreate(
      Transaction& tx, const Caller& caller,
      const v1::BatchCreateTeamsRequest& request) const;
  absl::StatusOr<v1::Team> Get(Transaction& tx, const Caller& caller,
                               const v1::GetTeamRequest& request) const;
  absl::StatusOr<v1::ListTeamsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListTeamsRequest& request) const;
  // ABORTED if an etag is given and stale.
  absl::StatusOr<v1::Team> Update(Transaction& tx, const Caller& caller,
                                  const v1::UpdateTeamRequest& request) const;

 private:
  Clock clock_;
};

// The team with this id, whoever asks.  NOT_FOUND.
absl::StatusOr<v1::Team> FindTeam(Transaction& tx, absl::string_view id);

}  // namespace attune

#endif  // ATTUNE_ENGINE_PEOPLE_TEAMS_H_
