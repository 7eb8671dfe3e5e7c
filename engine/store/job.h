// What callers hand to a database, and running it.

#ifndef ATTUNE_ENGINE_STORE_JOB_H_
#define ATTUNE_ENGINE_STORE_JOB_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/store/database.h"

namespace attune {

// A body, by when it must be done, and whom to tell.
struct Job {
  absl::Time deadline;
  Database::Body body;
  Database::Done done;
};

// The edge for what a body, or a library below it, may throw: INTERNAL
// (STORE_BODY_THREW) then.
absl::Status CallBody(const Database::Body& body, Transaction& transaction);

// DEADLINE_EXCEEDED (DEADLINE_EXCEEDED).
absl::Status StoreDeadlineExceeded();
// UNAVAILABLE (STORE_CLOSED): the database is being destroyed.
absl::Status StoreClosed();

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_JOB_H_
