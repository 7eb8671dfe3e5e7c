// Whole files, with `-` for the standard streams.

#ifndef ATTUNE_TOOLS_ATTUNE_FILES_H_
#define ATTUNE_TOOLS_ATTUNE_FILES_H_

#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attune {

// UNKNOWN (reason FILE) if it cannot be read, is a folder or has more than
// 1 GiB.
absl::StatusOr<std::string> ReadFile(const std::string& path);
// The same; `-` reads `in` to its end.
absl::StatusOr<std::string> ReadFileOr(const std::string& path,
                                       std::istream& in);

// Makes a file.  UNKNOWN if there is one already, unless `replace`: then the
// old one stays until the new one is whole.
absl::Status WriteFile(const std::string& path, absl::string_view content,
                       bool replace);

// Makes a file that only its owner may read.  UNKNOWN if there is one already.
absl::Status WriteSecretFile(const std::string& path,
                             absl::string_view content);

// Whether `text` names a file that is there; `-` does, for standard input.
bool IsFile(const std::string& text);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FILES_H_
