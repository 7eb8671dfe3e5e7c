#include "engine/store/postgres_workers.h"

#include <algorithm>
#include <mutex>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/postgres_error.h"
#include "engine/store/postgres_transaction.h"

namespace attune {
namespace {

constexpr int kMostRuns = 30;
constexpr absl::Duration kShortestPause = absl::Milliseconds(1);
constexpr absl::Duration kLongestPause = absl::Milliseconds(50);

// Writes look rows up by their keys.  A plan made while tables were small would
// scan them whole, and then collide with everything written to them.
constexpr char kOnlyByIndex[] =
    "SELECT set_config(name, 'off', false) FROM pg_settings WHERE name IN "
    "('enable_seqscan', 'enable_hashjoin', 'enable_mergejoin')";

// A random time up to a limit that doubles: those who collided part.
absl::Duration PauseAfter(int runs) {
  thread_local std::minstd_rand random{std::random_device()()};
  const absl::Duration most = std::min(
      kShortestPause * (int64_t{1} << std::min(runs, 10)), kLongestPause);
  return most * std::uniform_real_distribution<double>(0.1, 1)(random);
}

}  // namespace

PostgresWorkers::PostgresWorkers(Kind kind, int count, std::string url,
                                 PostgresHealth& health)
    : kind_(kind), url_(std::move(url)), health_(health) {
  for (int i = 0; i < count; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

PostgresWorkers::~PostgresWorkers() { Close(); }

void PostgresWorkers::Push(Job job) {
  if (!jobs_.Push(job)) job.done(StoreClosed());
}

void PostgresWorkers::Close() {
  jobs_.Close();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void PostgresWorkers::Work() {
  Connection connection;
  while (std::optional<Job> job = jobs_.Pop()) {
    job->done(Run(connection, *job));
    // What the job holds must not wait for the next one.
    job.reset();
    if (kind_ == Kind::kRead && connection != nullptr) {
      connection->Commit();
    }
  }
}

absl::Status PostgresWorkers::Run(Connection& connection, const Job& job) {
  for (int runs = 1;; ++runs) {
    // Those who collided go one after another: they collide with new ones at
    // most, not with each other for ever.
    std::unique_lock<std::mutex> lane(again_, std::defer_lock);
    if (runs > 1) lane.lock();
    if (absl::Now() >= job.deadline) return StoreDeadlineExceeded();
    RETURN_IF_ERROR(Connect(connection, job.deadline));
    absl::Status status = kind_ == Kind::kWrite
                              ? RunPostgresWrite(*connection, job)
                              : RunPostgresRead(*connection, job);
    const bool again = !status.ok() &&
                       (connection->conflict() || connection->lost()) &&
                       ReasonOf(status) != "COMMIT_UNKNOWN" &&
                       !absl::IsDeadlineExceeded(status);
    if (!again || runs == kMostRuns) {
      if (again && connection->conflict()) return PostgresError("40001");
      return status;
    }
    if (lane.owns_lock()) lane.unlock();
    absl::SleepFor(std::min(PauseAfter(runs), job.deadline - absl::Now()));
  }
}

absl::Status PostgresWorkers::Connect(Connection& connection,
                                      absl::Time deadline) {
  if (connection != nullptr && !connection->lost()) return absl::OkStatus();
  connection = nullptr;
  // Trying is for the one who watches: else every call would wait in vain.
  RETURN_IF_ERROR(health_.Get());
  std::string why;
  auto opened = PostgresConnection::Open(url_, deadline, why);
  if (!opened.ok()) {
    if (absl::IsUnavailable(opened.status())) health_.Set(opened.status(), why);
    return absl::Now() >= deadline ? StoreDeadlineExceeded() : opened.status();
  }
  if (kind_ == Kind::kWrite) {
    (*opened)->Send(kOnlyByIndex, {});
    RETURN_IF_ERROR((*opened)->Flush());
  }
  connection = *std::move(opened);
  return absl::OkStatus();
}

}  // namespace attune
