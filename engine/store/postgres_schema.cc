#include "engine/store/postgres_schema.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/postgres_citus.h"
#include "engine/store/text_search.h"

namespace attune {
namespace {

constexpr int64_t kOldestServer = 130'000;

// Advisory locks are numbers; this one is "attune" and 2 in ASCII.
constexpr char kLock[] = "SELECT pg_advisory_xact_lock(27431116276131122)";

// Of this schema alone, whatever else the database holds.
constexpr char kCountTables[] = R"sql(
  SELECT COUNT(*) FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace
    AND relkind IN ('r', 'p'))sql";
constexpr char kCountVersions[] = R"sql(
  SELECT COUNT(*) FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace
    AND relname = 'attune_schema')sql";
constexpr char kMakeVersion[] =
    "CREATE TABLE attune_schema (version BIGINT NOT NULL);"
    "INSERT INTO attune_schema (version) VALUES (0)";
constexpr char kHasCitus[] =
    "SELECT COUNT(*) FROM pg_extension WHERE extname = 'citus'";

absl::StatusOr<int64_t> Number(PostgresConnection& connection,
                               absl::string_view sql) {
  int64_t number = 0;
  RETURN_IF_ERROR(connection.Scan(sql, {}, [&](const Row& row) {
    Cells cells(row);
    number = cells.IntOr(0);
    return cells.Done();
  }));
  return number;
}

absl::StatusOr<std::map<std::string, std::string>> FindSettings(
    PostgresConnection& connection) {
  std::map<std::string, std::string> settings;
  RETURN_IF_ERROR(connection.Scan(
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', "
      "'full_page_writes', 'synchronous_commit', 'server_encoding', "
      "'server_version_num')",
      {}, [&](const Row& row) {
        Cells cells(row);
        const std::string name = cells.Text();
        settings[name] = cells.Text();
        return cells.Done();
      }));
  return settings;
}

absl::Status CheckSettings(
    PostgresConnection& connection,
    const std::function<void(const std::string&)>& warn) {
  ASSIGN_OR_RETURN(auto settings, FindSettings(connection));
  const std::string& version = settings["server_version_num"];
  if (settings["server_encoding"] != "UTF8" ||
      std::stoll("0" + version) < kOldestServer) {
    return FailedPrecondition(
        "STORE_UNSUITABLE",
        absl::StrCat("The database must be PostgreSQL 13 or later with "
                     "encoding UTF8; this one is ",
                     version, " with ", settings["server_encoding"], "."));
  }
  for (const char* name : {"fsync", "full_page_writes", "synchronous_commit"}) {
    if (settings[name] != "off") continue;
    warn(absl::StrCat("The database runs with ", name,
                      " = off: what was acknowledged may be lost or damaged "
                      "when it or its machine stops."));
  }
  return absl::OkStatus();
}

// The number of the last step taken; 0 for an empty schema.
absl::StatusOr<int64_t> FindVersion(PostgresConnection& connection) {
  ASSIGN_OR_RETURN(const int64_t versions, Number(connection, kCountVersions));
  if (versions > 0) {
    return Number(connection, "SELECT version FROM attune_schema");
  }
  ASSIGN_OR_RETURN(const int64_t tables, Number(connection, kCountTables));
  if (tables > 0) {
    return FailedPrecondition(
        "STORE_FOREIGN",
        "The database schema holds another program's tables; give Attune a "
        "database or a schema (search_path) of its own.");
  }
  RETURN_IF_ERROR(connection.Script(kMakeVersion));
  return 0;
}

absl::Status Place(PostgresConnection& connection) {
  ASSIGN_OR_RETURN(const int64_t citus, Number(connection, kHasCitus));
  if (citus == 0) return absl::OkStatus();
  for (const CitusTable& table : CitusTables()) {
    RETURN_IF_ERROR(connection.Script(PlaceCitusTable(table)));
  }
  return absl::OkStatus();
}

absl::Status Migrate(PostgresConnection& connection,
                     absl::Span<const Migration> migrations) {
  RETURN_IF_ERROR(Number(connection, kLock).status());
  ASSIGN_OR_RETURN(const int64_t version, FindVersion(connection));
  const int64_t newest = static_cast<int64_t>(migrations.size());
  if (version > newest) {
    return FailedPrecondition(
        "STORE_NEWER", absl::StrCat("The store is of a newer version (schema ",
                                    version, ", this program knows ", newest,
                                    "); use the newer program."));
  }
  if (version == newest) return absl::OkStatus();
  for (const Migration& step :
       migrations.subspan(static_cast<size_t>(version))) {
    const absl::Status status = connection.Script(PostgresStep(step));
    if (status.ok()) continue;
    return MakeError(
        status.code(), "MIGRATION_FAILED",
        absl::StrCat("Step ", step.number, " (", step.name,
                     ") of the schema failed: ", status.message()));
  }
  RETURN_IF_ERROR(Place(connection));
  return connection.Script(
      absl::StrCat("UPDATE attune_schema SET version = ", newest));
}

}  // namespace

std::string PostgresStep(const Migration& step) {
  return absl::StrReplaceAll(WithSearchIndexes(step.sql, PostgresTextSearch()),
                             {{"{int}", "BIGINT"},
                              {"{bytes}", "BYTEA"},
                              {"{strict}", ""},
                              {"{keyed}", ""},
                              // The order of bytes, as in SQLite, whatever the
                              // database's language.
                              {" TEXT", " TEXT COLLATE \"C\""}});
}

absl::Status CheckPostgresStoreExists(PostgresConnection& connection) {
  ASSIGN_OR_RETURN(const int64_t versions, Number(connection, kCountVersions));
  if (versions > 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kNotFound, "STORE_MISSING",
                   "There is no store in this database.");
}

absl::Status BringPostgresUpToDate(
    PostgresConnection& connection, absl::Span<const Migration> migrations,
    const std::function<void(const std::string&)>& warn) {
  RETURN_IF_ERROR(CheckSettings(connection, warn));
  RETURN_IF_ERROR(connection.Script("BEGIN"));
  absl::Status status = Migrate(connection, migrations);
  if (status.ok()) return connection.Script("COMMIT");
  connection.Script("ROLLBACK").IgnoreError();
  return status;
}

}  // namespace attune
