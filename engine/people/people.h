// The stored people.

#ifndef ATTUNE_ENGINE_PEOPLE_PEOPLE_H_
#define ATTUNE_ENGINE_PEOPLE_PEOPLE_H_

#include "absl/status/statusor.h"
#include "attune/v1/directory_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  Everything also gives INVALID_ARGUMENT for a request that is
// wrong whatever is stored, and NOT_FOUND for what is out of the caller's
// reach.
class People {
 public:
  explicit People(Clock clock) : clock_(std::move(clock)) {}

  // ALREADY_EXISTS; NOT_FOUND for the team.
  absl::StatusOr<v1::Person> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreatePersonRequest& request) const;
  absl::StatusOr<v1::BatchCreatePeopleResponse> BatchCreate(
      Transaction& tx, const Caller& caller,
      const v1::BatchCreatePeopleRequest& request) const;
  absl::StatusOr<v1::Person> Get(Transaction& tx, const Caller& caller,
                                 const v1::GetPersonRequest& request) const;
  absl::StatusOr<v1::ListPeopleResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListPeopleRequest& request) const;
  // ABORTED if an etag is given and stale.
  absl::StatusOr<v1::Person> Update(
      Transaction& tx, const Caller& caller,
      const v1::UpdatePersonRequest& request) const;

 private:
  Clock clock_;
};

// The person with this id, whoever asks.  NOT_FOUND.
absl::StatusOr<v1::Person> FindPerson(Transaction& tx, absl::string_view id);

}  // namespace attune

#endif  // ATTUNE_ENGINE_PEOPLE_PEOPLE_H_
