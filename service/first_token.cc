#include "service/first_token.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

absl::Status Unwritable(const std::string& path) {
  return MakeError(
      absl::StatusCode::kUnavailable, "FILE_UNWRITABLE",
      absl::StrCat("Cannot write ", path, ": ", std::strerror(errno), "."));
}

absl::Status Sync(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Unwritable(path);
  const absl::Cleanup close_fd = [fd] { close(fd); };
  return fsync(fd) == 0 ? absl::OkStatus() : Unwritable(path);
}

// A new file beside it first: `path` is there whole or not at all.
absl::Status WriteSecret(const std::string& path, const std::string& secret) {
  const std::string fresh = absl::StrCat(path, ".new");
  std::error_code ignored;  // what is wrong shows when the file is made
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(),
                                      ignored);
  unlink(fresh.c_str());  // of a start that was cut short
  const int fd =
      open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return Unwritable(fresh);
  const std::string line = absl::StrCat(secret, "\n");
  const bool written = write(fd, line.data(), line.size()) ==
                           static_cast<ssize_t>(line.size()) &&
                       fsync(fd) == 0;
  if (close(fd) != 0 || !written) return Unwritable(fresh);
  if (rename(fresh.c_str(), path.c_str()) != 0) return Unwritable(path);
  return Sync(std::filesystem::path(path).parent_path().string());
}

Caller Installer() {
  Caller caller;
  caller.roles.Add(v1::ROLE_ADMIN);
  caller.reach.all = true;
  return caller;
}

}  // namespace

absl::Status EnsureFirstToken(Database& database, const Tokens& tokens,
                              const std::string& path) {
  v1::CreateTokenRequest request;
  request.mutable_token()->set_display_name("The first administrator");
  request.mutable_token()->add_roles(v1::ROLE_ADMIN);
  bool written = false;
  return database.WriteAndWait([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const bool none, tokens.None(tx));
    if (!none) {
      // Another server, on the same database, was faster.
      if (written) unlink(path.c_str());
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const v1::CreateTokenResponse made,
                     tokens.Create(tx, Installer(), request));
    // Before the commit: a store with a token that nobody knows would stay
    // closed for ever, while a file without its token is replaced next time.
    written = true;
    return WriteSecret(path, made.secret());
  });
}

}  // namespace attune
