// The one writer: a thread, a connection, and the queue before them.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_COMMIT_QUEUE_H_
#define ATTUNE_ENGINE_STORE_SQLITE_COMMIT_QUEUE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_group.h"
#include "engine/store/sqlite_transaction.h"
#include "engine/store/work_queue.h"

namespace attune {

// Commits whatever is waiting as one group, with one sync of the disk, then
// answers.  Checkpoints lie between groups, never in a commit.  After an I/O
// error it takes no writes: a sync that failed must not be tried again, for it
// may succeed without the data.  Thread-safe.
class SqliteCommitQueue {
 public:
  explicit SqliteCommitQueue(std::unique_ptr<SqliteConnection> connection);
  ~SqliteCommitQueue();
  SqliteCommitQueue(const SqliteCommitQueue&) = delete;
  SqliteCommitQueue& operator=(const SqliteCommitQueue&) = delete;

  // Answers UNAVAILABLE (STORE_CLOSED) at once after Close().
  void Push(Job write);
  // Answers what is queued, then ends the threads.
  void Close();

  // OK, or why writes are refused.
  absl::Status Health() const;

 private:
  void Write();
  // Waits, and checkpoints when there is nothing else to do; nothing at the
  // end.
  std::optional<Job> NextWrite();
  // Runs `first` and whatever comes in meanwhile.
  std::vector<SqliteAnswer> CommitGroup(Job first);
  // Checkpoints if the log grew by `pages` since the last time.
  void CheckpointAfter(int pages);
  void Answer();

  const std::unique_ptr<SqliteConnection> connection_;
  WorkQueue<Job> writes_;
  WorkQueue<std::vector<SqliteAnswer>> answers_;
  std::atomic<bool> failed_ = false;
  int checkpointed_at_ = 0;  // pages in the log at the last checkpoint
  std::thread writer_;
  std::thread answerer_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_COMMIT_QUEUE_H_
