// The stored change notes.

#ifndef ATTUNE_ENGINE_VOICE_CHANGE_NOTES_H_
#define ATTUNE_ENGINE_VOICE_CHANGE_NOTES_H_

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto;
// NOT_FOUND also for what is out of the caller's reach.
class ChangeNotes {
 public:
  explicit ChangeNotes(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::ChangeNote> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateChangeNoteRequest& request) const;
  absl::StatusOr<v1::ListChangeNotesResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListChangeNotesRequest& request) const;

 private:
  Clock clock_;
};

// The note with this id.  NOT_FOUND, also if it is another team's than the
// caller may see.
absl::StatusOr<v1::ChangeNote> FindChangeNote(Transaction& tx,
                                              const Caller& caller,
                                              absl::string_view id);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_CHANGE_NOTES_H_
