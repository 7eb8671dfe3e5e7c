// The driver for PostgreSQL, and for what speaks its protocol.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"

namespace attune {

struct PostgresOptions {
  std::string url;       // as libpq takes it; what it does not say, PG... does
  int connections = 16;  // at least 2; a quarter of them read
  // Told what an administrator should know: unsafe settings of the database,
  // that it went away, that it is back.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
  bool exclusive = false;   // no other program may have the store open
  bool must_exist = false;  // otherwise an empty one is made
};

// Connects, brings the schema up to date and starts the threads.  Writes are
// serializable and run again after a conflict; a connection that is lost before
// its commit is made anew.  UNAVAILABLE (STORE_UNREACHABLE) if there is no
// server, in libpq's words; FAILED_PRECONDITION if it is too old or not in
// UTF-8 (STORE_UNSUITABLE), the schema is not ours (STORE_FOREIGN) or newer
// than this program (STORE_NEWER), or the store is in use in a way that
// excludes ours (STORE_IN_USE); NOT_FOUND (STORE_MISSING) if it must exist and
// does not.  Destruction answers what is queued first.
absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(
    const PostgresOptions& options);

// The same with another schema.
absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(
    const PostgresOptions& options, absl::Span<const Migration> migrations);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_H_
