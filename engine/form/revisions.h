// Published revisions, compiled once and remembered.

#ifndef ATTUNE_ENGINE_FORM_REVISIONS_H_
#define ATTUNE_ENGINE_FORM_REVISIONS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "attune/v1/form.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/names.h"
#include "engine/store/database.h"
#include "engine/store/rollups.h"

namespace attune {

// A revision ready to score on.  Immutable.
struct Revision {
  RevisionName name;
  v1::FormRevision document;
  CompiledForm compiled;
  SectionSlots slots;
};

// Thread-safe.  One for each database: what is remembered belongs to it.
class Revisions {
 public:
  // With revision 0: the newest in effect at `now_us`.  NOT_FOUND for the form
  // or the revision; FAILED_PRECONDITION (FORM_NOT_PUBLISHED) if none is in
  // effect, (REVISION_NOT_IN_EFFECT) if this one is not yet.
  absl::StatusOr<std::shared_ptr<const Revision>> FindInEffect(
      Transaction& tx, const RevisionName& name, int64_t now_us);
  // The same in two steps, for whoever looks up more in one round trip: what to
  // run, and what to do with its rows.
  static Statement Locate(const RevisionName& name, int64_t now_us);
  absl::StatusOr<std::shared_ptr<const Revision>> FindInEffect(
      Transaction& tx, const RevisionName& name, int64_t now_us,
      const std::vector<Row>& located);

 private:
  absl::Mutex mutex_;
  // By the revision's uid: a number could be given again if its publishing
  // never reached the disk.
  absl::flat_hash_map<std::string, std::shared_ptr<const Revision>> by_uid_
      ABSL_GUARDED_BY(mutex_);
};

// The stored document of a revision; revision 0: the newest in effect.
// NOT_FOUND; FAILED_PRECONDITION (FORM_NOT_PUBLISHED).
absl::StatusOr<v1::FormRevision> FindRevision(Transaction& tx,
                                              const RevisionName& name,
                                              int64_t now_us);

// The newest that was published, in effect already or not; nothing if none was.
absl::StatusOr<std::optional<v1::FormRevision>> FindNewestRevision(
    Transaction& tx, absl::string_view form_id);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_REVISIONS_H_
