// Reads: a few threads, a connection each, and the queue before them.

#ifndef ATTUNE_ENGINE_STORE_SQLITE_READERS_H_
#define ATTUNE_ENGINE_STORE_SQLITE_READERS_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_transaction.h"
#include "engine/store/work_queue.h"

namespace attune {

// Thread-safe.
class SqliteReaders {
 public:
  static absl::StatusOr<std::unique_ptr<SqliteReaders>> Open(
      const std::string& file, int count);
  ~SqliteReaders();
  SqliteReaders(const SqliteReaders&) = delete;
  SqliteReaders& operator=(const SqliteReaders&) = delete;

  // Answers UNAVAILABLE (STORE_CLOSED) at once after Close().
  void Push(Job read);
  // Answers what is queued, then ends the threads.
  void Close();

 private:
  SqliteReaders() = default;
  void Read(SqliteConnection& connection);

  WorkQueue<Job> reads_;
  std::vector<std::unique_ptr<SqliteConnection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SQLITE_READERS_H_
