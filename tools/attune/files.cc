#include "tools/attune/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

#include "absl/strings/str_cat.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

constexpr size_t kMostBytes = size_t{1} << 30;

absl::Status CannotRead(const std::string& path, const char* why) {
  return FileError(absl::StrCat("Cannot read ", path, ": ", why, "."));
}

absl::Status CannotWrite(const std::string& path, const char* why) {
  return FileError(absl::StrCat("Cannot write ", path, ": ", why, "."));
}

absl::Status WriteNew(const std::string& path, int how, mode_t mode,
                      absl::string_view content) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, mode);
  if (file < 0) return CannotWrite(path, strerror(errno));
  absl::Status status;
  while (!content.empty() && status.ok()) {
    const ssize_t wrote = write(file, content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      status = CannotWrite(path, strerror(errno));
    } else {
      content.remove_prefix(static_cast<size_t>(wrote));
    }
  }
  if (close(file) != 0 && status.ok()) {
    status = CannotWrite(path, strerror(errno));
  }
  return status;
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return CannotRead(path, strerror(errno));
  if (S_ISDIR(info.st_mode)) return CannotRead(path, "it is a folder");
  const std::unique_ptr<FILE, int (*)(FILE*)> file(fopen(path.c_str(), "rb"),
                                                   &fclose);
  if (file == nullptr) return CannotRead(path, strerror(errno));
  std::string content;
  char buffer[1 << 16];
  while (const size_t got = fread(buffer, 1, sizeof buffer, file.get())) {
    content.append(buffer, got);
    if (content.size() > kMostBytes) {
      return CannotRead(path, "it has more than 1 GiB; split it");
    }
  }
  if (ferror(file.get()) != 0) return CannotRead(path, strerror(errno));
  return content;
}

absl::StatusOr<std::string> ReadFileOr(const std::string& path,
                                       std::istream& in) {
  if (path != "-") return ReadFile(path);
  std::string content;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
    content.append(buffer, static_cast<size_t>(in.gcount()));
    if (content.size() > kMostBytes) {
      return CannotRead("standard input", "it has more than 1 GiB; split it");
    }
  }
  return content;
}

absl::Status WriteFile(const std::string& path, absl::string_view content,
                       bool replace) {
  constexpr mode_t kMode = 0666;  // less the umask
  if (!replace) return WriteNew(path, O_EXCL, kMode, content);
  const std::string unfinished = path + ".new";
  absl::Status status = WriteNew(unfinished, O_TRUNC, kMode, content);
  if (status.ok() && rename(unfinished.c_str(), path.c_str()) != 0) {
    status = CannotWrite(path, strerror(errno));
  }
  if (!status.ok()) unlink(unfinished.c_str());
  return status;
}

bool IsFile(const std::string& text) {
  return text == "-" || access(text.c_str(), F_OK) == 0;
}

absl::Status WriteSecretFile(const std::string& path,
                             absl::string_view content) {
  return WriteNew(path, O_EXCL, S_IRUSR | S_IWUSR, content);
}

}  // namespace attune
