#include "tools/attune/progress.h"

#include <utility>

#include "absl/strings/str_format.h"

namespace attune {
namespace {

constexpr int64_t kRedrawMicros = 100'000;
constexpr int kBarWidth = 20;

}  // namespace

std::string ProgressLine(absl::string_view label, int64_t done, int64_t total,
                         int64_t elapsed_us) {
  const double share =
      total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1;
  const int filled = static_cast<int>(share * kBarWidth);
  std::string line =
      absl::StrFormat("%s  [%s%s]  %d %%  %d/%d", label,
                      std::string(static_cast<size_t>(filled), '#'),
                      std::string(static_cast<size_t>(kBarWidth - filled), '-'),
                      static_cast<int>(share * 100), done, total);
  if (done > 0 && elapsed_us > 0) {
    const double rate =
        static_cast<double>(done) * 1e6 / static_cast<double>(elapsed_us);
    absl::StrAppendFormat(&line, "  %.0f/s  %.0f s left", rate,
                          static_cast<double>(total - done) / rate);
  }
  return line;
}

Progress::Progress(const Session& session, absl::string_view label,
                   int64_t total, Clock clock)
    : session_(session),
      label_(label),
      total_(total),
      clock_(std::move(clock)),
      started_us_(clock_()),
      visible_(session.terminal.err_is_tty && !session.quiet) {}

Progress::~Progress() {
  if (visible_ && shown_us_ > 0) {
    session_.terminal.err << "\r\x1b[K" << std::flush;
  }
}

void Progress::Update(int64_t done) {
  if (!visible_) return;
  const int64_t now_us = clock_();
  if (shown_us_ > 0 && done < total_ && now_us - shown_us_ < kRedrawMicros) {
    return;
  }
  shown_us_ = now_us;
  session_.terminal.err << "\r\x1b[K"
                        << ProgressLine(label_, done, total_,
                                        now_us - started_us_)
                        << std::flush;
}

}  // namespace attune
