// A progress bar on stderr, for long imports.

#ifndef ATTUNE_TOOLS_ATTUNE_PROGRESS_H_
#define ATTUNE_TOOLS_ATTUNE_PROGRESS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/clock.h"
#include "tools/attune/session.h"

namespace attune {

// Shows nothing unless stderr is a terminal, or with --quiet.
class Progress {
 public:
  Progress(const Session& session, absl::string_view label, int64_t total,
           Clock clock = SystemClock());
  ~Progress();  // clears the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Update(int64_t done);

 private:
  const Session& session_;
  const std::string label_;
  const int64_t total_;
  const Clock clock_;
  const int64_t started_us_;
  int64_t shown_us_ = 0;
  const bool visible_;
};

// `calls  [##########----------]  50 %  10/20  5/s  2 s left`
std::string ProgressLine(absl::string_view label, int64_t done, int64_t total,
                         int64_t elapsed_us);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_PROGRESS_H_
