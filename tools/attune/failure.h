// What a failure is to a script (an exit code) and to a reader (some lines).

#ifndef ATTUNE_TOOLS_ATTUNE_FAILURE_H_
#define ATTUNE_TOOLS_ATTUNE_FAILURE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attune {

// Part of the interface: scripts rely on the numbers.
enum ExitCode {
  kExitOk = 0,
  kExitError = 1,
  kExitUsage = 2,
  kExitNotFound = 3,
  kExitDenied = 4,
  kExitConflict = 5,
  kExitInvalid = 6,
  kExitUnavailable = 7,
  kExitFound = 8,  // a check ran and found something
  kExitInterrupted = 130,
};

// INVALID_ARGUMENT with reason USAGE: the command line itself is wrong.
absl::Status UsageError(absl::string_view message);
// UNKNOWN with reason FILE: a local file could not be read or written.
absl::Status FileError(absl::string_view message);

ExitCode ExitCodeOf(const absl::Status& status);

// `program: message` and a line for each violation, each line ended.
std::string FailureText(const absl::Status& status, bool color,
                        absl::string_view program = "attune");
// One line: {"error":{"code","reason","message","violations":[...]}}.
std::string FailureJson(const absl::Status& status);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FAILURE_H_
