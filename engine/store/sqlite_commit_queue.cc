#include "engine/store/sqlite_commit_queue.h"

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/store/job.h"
#include "engine/store/sqlite_error.h"

namespace attune {
namespace {

// A group ends with whichever comes first, so that the first in it does not
// wait for too many others.
constexpr size_t kMostWrites = 256;
constexpr absl::Duration kLongestGroup = absl::Milliseconds(4);

// Pages of 4 KiB.  A checkpoint of the first takes some milliseconds and is
// done when nobody waits; the second bounds the log of a store that never
// rests.
constexpr int kIdlePages = 1'000;
constexpr int kBusyPages = 16'000;
constexpr absl::Duration kIdle = absl::Milliseconds(20);

}  // namespace

SqliteCommitQueue::SqliteCommitQueue(
    std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)),
      writer_([this] { Write(); }),
      answerer_([this] { Answer(); }) {}

SqliteCommitQueue::~SqliteCommitQueue() { Close(); }

void SqliteCommitQueue::Push(Job write) {
  if (!writes_.Push(write)) write.done(StoreClosed());
}

void SqliteCommitQueue::Close() {
  writes_.Close();
  if (writer_.joinable()) writer_.join();
  answers_.Close();
  if (answerer_.joinable()) answerer_.join();
}

absl::Status SqliteCommitQueue::Health() const {
  return failed_ ? SqliteStoreFailed() : absl::OkStatus();
}

void SqliteCommitQueue::Write() {
  while (std::optional<Job> first = NextWrite()) {
    std::vector<SqliteAnswer> answers;
    if (failed_) {
      answers.push_back({*std::move(first), SqliteStoreFailed()});
    } else {
      answers = CommitGroup(*std::move(first));
    }
    // One answer costs less than waking a thread; more are told while the next
    // group is under way.
    if (answers.size() == 1) {
      answers[0].write.done(std::move(answers[0].status));
    } else {
      answers_.Push(answers);
    }
    CheckpointAfter(kBusyPages);
  }
}

std::optional<Job> SqliteCommitQueue::NextWrite() {
  if (connection_->log_pages() - checkpointed_at_ >= kIdlePages) {
    std::optional<Job> write = writes_.PopWithin(kIdle);
    if (write.has_value()) return write;
    CheckpointAfter(kIdlePages);
  }
  return writes_.Pop();
}

std::vector<SqliteAnswer> SqliteCommitQueue::CommitGroup(Job first) {
  const absl::Time end = absl::Now() + kLongestGroup;
  SqliteGroup group(*connection_);
  group.Add(std::move(first));
  while (group.size() < kMostWrites && absl::Now() < end) {
    std::optional<Job> next = writes_.TryPop();
    if (!next.has_value()) break;
    group.Add(*std::move(next));
  }
  std::vector<SqliteAnswer> answers = group.Commit();
  if (connection_->io_failed()) failed_ = true;
  return answers;
}

void SqliteCommitQueue::CheckpointAfter(int pages) {
  const int log_pages = connection_->log_pages();
  // A checkpointed log starts over once no reader needs it.
  if (log_pages < checkpointed_at_) checkpointed_at_ = 0;
  if (failed_ || log_pages - checkpointed_at_ < pages) return;
  // Readers that took turns kept the log from starting over: wait for them.
  const bool restart = log_pages >= 2 * kBusyPages;
  // Only an I/O error matters; after any other the next one goes on from here.
  connection_->Checkpoint(restart).IgnoreError();
  if (connection_->io_failed()) failed_ = true;
  checkpointed_at_ = log_pages;
}

void SqliteCommitQueue::Answer() {
  while (std::optional<std::vector<SqliteAnswer>> answers = answers_.Pop()) {
    for (SqliteAnswer& answer : *answers) {
      answer.write.done(std::move(answer.status));
      // What the write holds must not wait for the rest, nor be freed by the
      // writer.
      answer.write = {};
    }
  }
}

}  // namespace attune
