// Bringing a PostgreSQL database to this program's schema.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_SCHEMA_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_SCHEMA_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "engine/store/migrations.h"
#include "engine/store/postgres_connection.h"

namespace attune {

// Takes the steps that are missing, all in one transaction, one program at a
// time; in the first schema of the search path.  `warn` hears of settings that
// could lose what was acknowledged.  Errors as OpenPostgres gives them, and
// MIGRATION_FAILED.
absl::Status BringPostgresUpToDate(
    PostgresConnection& connection, absl::Span<const Migration> migrations,
    const std::function<void(const std::string&)>& warn);

// NOT_FOUND (STORE_MISSING) if no store has been made in the schema.
absl::Status CheckPostgresStoreExists(PostgresConnection& connection);

// A step in PostgreSQL's words.
std::string PostgresStep(const Migration& step);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_SCHEMA_H_
