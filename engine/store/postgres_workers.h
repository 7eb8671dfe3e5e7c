// Threads with a connection each, and the queue before them.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_WORKERS_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_WORKERS_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "engine/store/job.h"
#include "engine/store/postgres_connection.h"
#include "engine/store/postgres_health.h"
#include "engine/store/work_queue.h"

namespace attune {

// Runs jobs of one kind.  A connection is made when it is first needed and
// again after it was lost.  Thread-safe.
class PostgresWorkers {
 public:
  enum class Kind { kWrite, kRead };

  // `health` outlives this.
  PostgresWorkers(Kind kind, int count, std::string url,
                  PostgresHealth& health);
  ~PostgresWorkers();
  PostgresWorkers(const PostgresWorkers&) = delete;
  PostgresWorkers& operator=(const PostgresWorkers&) = delete;

  // Answers UNAVAILABLE (STORE_CLOSED) at once after Close().
  void Push(Job job);
  // Answers what is queued, then ends the threads.
  void Close();

 private:
  using Connection = std::unique_ptr<PostgresConnection>;

  void Work();
  // Runs the job until it ends in anything but a conflict or a lost
  // connection, at most so many times.
  absl::Status Run(Connection& connection, const Job& job);
  absl::Status Connect(Connection& connection, absl::Time deadline);

  const Kind kind_;
  const std::string url_;
  PostgresHealth& health_;
  WorkQueue<Job> jobs_;
  std::mutex again_;
  std::vector<std::thread> threads_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_WORKERS_H_
