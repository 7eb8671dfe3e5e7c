// The data folder, held by one process at a time.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_FOLDER_H_
#define ATTUNE_ENGINE_STORE_SQLITE_FOLDER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace attune {

// Holds the folder's lock while it lives.
class SqliteFolder {
 public:
  // Makes the folder (mode 0700) and an empty database file (0600) if there is
  // none.  FAILED_PRECONDITION if another process has the folder
  // (STORE_LOCKED), or it cannot be made or written to (STORE_FOLDER).
  static absl::StatusOr<std::unique_ptr<SqliteFolder>> Open(
      const std::string& path);
  // NOT_FOUND (STORE_MISSING) if the folder has no database file.
  static absl::Status CheckStoreExists(const std::string& path);
  ~SqliteFolder();
  SqliteFolder(const SqliteFolder&) = delete;
  SqliteFolder& operator=(const SqliteFolder&) = delete;

  std::string database_file() const { return path_ + "/attune.db"; }

  // Makes an empty file of mode 0600, replacing what was there.
  absl::Status MakeEmpty(const std::string& file) const;
  // Puts a finished file in place under another name, durably.
  absl::Status Publish(const std::string& file, const std::string& name) const;
  // Deletes the files `name_prefix`* but for `kept`.
  absl::Status Prune(const std::string& name_prefix,
                     const std::string& kept) const;

 private:
  explicit SqliteFolder(std::string path) : path_(std::move(path)) {}
  absl::Status Lock();

  const std::string path_;
  int lock_ = -1;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_FOLDER_H_
