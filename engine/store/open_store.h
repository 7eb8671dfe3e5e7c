// A store by its address.

#ifndef ATTUNE_ENGINE_STORE_OPEN_STORE_H_
#define ATTUNE_ENGINE_STORE_OPEN_STORE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/store/database.h"

namespace attune {

struct StoreOptions {
  // `postgresql://…` (or `postgres://…`), or `sqlite:FOLDER`.
  std::string url;
  int reader_threads = 2;  // of SQLite
  int connections = 16;    // of PostgreSQL
  std::function<void(const std::string&)> warn = [](const std::string&) {};
  bool exclusive = false;   // SQLite's always is
  bool must_exist = false;  // otherwise an empty one is made
};

// What OpenSqlite and OpenPostgres give; INVALID_ARGUMENT (STORE_URL) for
// another address.
absl::StatusOr<std::unique_ptr<Database>> OpenStore(
    const StoreOptions& options);

// Whether OpenStore would know what to do with it.
bool IsStoreUrl(absl::string_view url);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_OPEN_STORE_H_
