#include "engine/store/sqlite_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

namespace fs = std::filesystem;

absl::Status FolderError(absl::string_view what, int error) {
  return FailedPrecondition(
      "STORE_FOLDER",
      absl::StrCat("The data folder cannot be used: ", what, ": ",
                   std::generic_category().message(error), "."));
}

absl::Status SyncPath(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return FolderError("open", errno);
  const absl::Cleanup close_file = [&] { close(file); };
  if (fsync(file) != 0) return FolderError("sync", errno);
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::string& path) {
  return SyncPath(path, O_RDONLY | O_DIRECTORY);
}

// Makes the missing folders above `path` as the umask says, `path` itself for
// its owner alone.
absl::Status MakeFolder(const std::string& path) {
  const fs::path parent = fs::absolute(path).parent_path();
  std::error_code error;
  fs::create_directories(parent, error);
  if (error) return FolderError("make its parent", error.value());
  if (mkdir(path.c_str(), S_IRWXU) == 0) return SyncFolder(parent.string());
  if (errno != EEXIST) return FolderError("make it", errno);
  return absl::OkStatus();
}

std::string ReadPid(int file) {
  char text[32];
  const ssize_t size = pread(file, text, sizeof(text), 0);
  if (size <= 0) return "unknown";
  return std::string(absl::StripAsciiWhitespace(
      absl::string_view(text, static_cast<size_t>(size))));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteFolder>> SqliteFolder::Open(
    const std::string& path) {
  // `path` may end in a slash, and `dir/` has no name of its own.
  const std::string name(absl::StripSuffix(path, "/"));
  RETURN_IF_ERROR(MakeFolder(name));
  std::unique_ptr<SqliteFolder> folder(new SqliteFolder(name));
  RETURN_IF_ERROR(folder->Lock());
  std::error_code error;
  if (!fs::exists(folder->database_file(), error)) {
    RETURN_IF_ERROR(folder->MakeEmpty(folder->database_file()));
    RETURN_IF_ERROR(SyncFolder(name));
  }
  return folder;
}

absl::Status SqliteFolder::CheckStoreExists(const std::string& path) {
  const SqliteFolder folder(path);
  std::error_code error;
  if (fs::exists(folder.database_file(), error)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kNotFound, "STORE_MISSING",
                   absl::StrCat("There is no store in ", path, "."));
}

SqliteFolder::~SqliteFolder() {
  // The file stays: deleting it would let two processes lock two files.
  if (lock_ >= 0) close(lock_);
}

absl::Status SqliteFolder::Lock() {
  const std::string file = path_ + "/attune.lock";
  lock_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock_ < 0) return FolderError("open its lock file", errno);
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FolderError("lock it", errno);
    return FailedPrecondition(
        "STORE_LOCKED",
        absl::StrCat("Process ", ReadPid(lock_),
                     " has this data folder; stop it, or use another folder."));
  }
  const std::string pid = absl::StrCat(getpid(), "\n");
  if (ftruncate(lock_, 0) != 0 || pwrite(lock_, pid.data(), pid.size(), 0) !=
                                      static_cast<ssize_t>(pid.size())) {
    return FolderError("write its lock file", errno);
  }
  return absl::OkStatus();
}

absl::Status SqliteFolder::MakeEmpty(const std::string& file) const {
  const int made = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                        S_IRUSR | S_IWUSR);
  if (made < 0) return FolderError("make a file", errno);
  close(made);
  return absl::OkStatus();
}

absl::Status SqliteFolder::Publish(const std::string& file,
                                   const std::string& name) const {
  RETURN_IF_ERROR(SyncPath(file, O_RDONLY));
  if (rename(file.c_str(), (path_ + "/" + name).c_str()) != 0) {
    return FolderError("rename a file", errno);
  }
  return SyncFolder(path_);
}

absl::Status SqliteFolder::Prune(const std::string& name_prefix,
                                 const std::string& kept) const {
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().string();
    if (name == kept || !absl::StartsWith(name, name_prefix)) continue;
    if (!fs::remove(entry.path(), error)) break;
  }
  if (error) return FolderError("delete a file", error.value());
  return absl::OkStatus();
}

}  // namespace attune
