// The rows of the self-check tables.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECK_ROWS_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECK_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/self_check.pb.h"
#include "engine/access/caller.h"
#include "engine/names.h"
#include "engine/store/database.h"

namespace attune {

// NOT_FOUND.
absl::StatusOr<v1::SelfCheckCycle> FindCycle(Transaction& tx,
                                             const std::string& id);
// ALREADY_EXISTS.
absl::Status InsertCycle(Transaction& tx, const v1::SelfCheckCycle& cycle);
absl::Status UpdateCycle(Transaction& tx, const v1::SelfCheckCycle& cycle);

// A session as it is stored: without what depends on the time, or on
// evaluations.  Nothing before it is begun.
absl::StatusOr<std::optional<v1::SelfCheck>> FindSession(
    Transaction& tx, const PersonPart& name);
absl::StatusOr<std::vector<v1::SelfCheck>> FindSessions(
    Transaction& tx, const std::string& cycle);
// Creates or replaces it, with the next etag.
absl::Status StoreSession(Transaction& tx, int64_t now_us,
                          v1::SelfCheck& check);

// Which call a session grades blind, from now on.
absl::Status StorePick(Transaction& tx, const PersonPart& session,
                       const v1::SelfCheckPick& pick, const std::string& form);
// Ends it: both sides are in.
absl::Status EndBlindness(Transaction& tx, const PersonPart& session,
                          v1::SelfCheckPick::Chooser chooser);

// Whose session in which cycle a request is about.
struct SelfCheckSubject {
  PersonPart name;  // the id is the cycle's
  v1::Person person;
  v1::SelfCheckCycle cycle;
  std::optional<v1::SelfCheck> session;

  // Id of the cycle's form.
  std::string form() const;
};

// NOT_FOUND, also if the person is out of the caller's reach.
absl::StatusOr<SelfCheckSubject> FindSubject(Transaction& tx,
                                             const Caller& caller,
                                             const PersonPart& name);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECK_ROWS_H_
