// The stored contacts and their transcripts.

#ifndef ATTUNE_ENGINE_PEOPLE_CONTACTS_H_
#define ATTUNE_ENGINE_PEOPLE_CONTACTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "attune/v1/directory_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.
class Contacts {
 public:
  explicit Contacts(Clock clock) : clock_(std::move(clock)) {}

  // ALREADY_EXISTS; NOT_FOUND for the agent.
  absl::StatusOr<v1::Contact> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateContactRequest& request) const;
  absl::StatusOr<v1::BatchCreateContactsResponse> BatchCreate(
      Transaction& tx, const Caller& caller,
      const v1::BatchCreateContactsRequest& request) const;
  // FAILED_PRECONDITION (CONTACT_AMBIGUOUS) for `people/-` with several.
  absl::StatusOr<v1::Contact> Get(Transaction& tx, const Caller& caller,
                                  const v1::GetContactRequest& request) const;
  absl::StatusOr<v1::ListContactsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListContactsRequest& request) const;
  absl::StatusOr<v1::Transcript> GetTranscript(
      Transaction& tx, const Caller& caller,
      const v1::GetTranscriptRequest& request) const;

 private:
  Clock clock_;
};

// Stores a new contact that is whole, name and times included; its agent must
// be there.  ALREADY_EXISTS.
absl::Status StoreContact(Transaction& tx, const v1::Contact& contact);

// The contact of this name, whoever asks; `-` for the person finds it under the
// only agent who has it.  NOT_FOUND; FAILED_PRECONDITION (CONTACT_AMBIGUOUS).
absl::StatusOr<v1::Contact> FindContact(Transaction& tx,
                                        const PersonPart& name);
// The same as far as the caller reaches.
absl::StatusOr<v1::Contact> FindContact(Transaction& tx, const PersonPart& name,
                                        const Caller& caller);

}  // namespace attune

#endif  // ATTUNE_ENGINE_PEOPLE_CONTACTS_H_
