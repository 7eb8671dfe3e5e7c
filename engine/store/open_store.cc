#include "engine/store/open_store.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/store/postgres.h"
#include "engine/store/sqlite.h"

namespace attune {
namespace {

constexpr char kSqlite[] = "sqlite:";

bool IsPostgres(absl::string_view url) {
  return absl::StartsWith(url, "postgresql://") ||
         absl::StartsWith(url, "postgres://");
}

}  // namespace

bool IsStoreUrl(absl::string_view url) {
  return IsPostgres(url) ||
         (absl::ConsumePrefix(&url, kSqlite) && !url.empty());
}

absl::StatusOr<std::unique_ptr<Database>> OpenStore(
    const StoreOptions& options) {
  if (!IsStoreUrl(options.url)) {
    return Invalid("database", "STORE_URL",
                   "A store is postgresql://HOST/DATABASE or sqlite:FOLDER.");
  }
  if (IsPostgres(options.url)) {
    return OpenPostgres({.url = options.url,
                         .connections = options.connections,
                         .warn = options.warn,
                         .exclusive = options.exclusive,
                         .must_exist = options.must_exist});
  }
  return OpenSqlite(
      {.folder = std::string(absl::StripPrefix(options.url, kSqlite)),
       .reader_threads = options.reader_threads,
       .must_exist = options.must_exist});
}

}  // namespace attune
