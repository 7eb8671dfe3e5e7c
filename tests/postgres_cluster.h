// A PostgreSQL server for tests: a throw-away cluster on a unix socket.

#ifndef ATTUNE_TESTS_POSTGRES_CLUSTER_H_
#define ATTUNE_TESTS_POSTGRES_CLUSTER_H_

#include <memory>
#include <string>
#include <vector>

#include "tests/process.h"

namespace attune {

class PostgresCluster {
 public:
  // One for all tests of a program, made when it is first asked for.  It does
  // not sync: what is tested with it survives no power cut.
  static PostgresCluster& Shared();

  // A cluster of its own, running.  `settings` are as in postgresql.conf:
  // {"fsync=off"}.
  explicit PostgresCluster(std::vector<std::string> settings);
  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  // The address of a new, empty schema.
  std::string NewUrl();
  // The address of the database as a whole.
  std::string Url() const;
  // Runs statements as the superuser and gives the first cell, or nothing.
  std::string Query(const std::string& sql) const;

  // Starts again after Stop or Kill, and waits until it takes connections.  It
  // ends with the thread that started it.
  void Start();
  // As an administrator does: running statements are cancelled.
  void Stop();
  // SIGKILL to the server and to all it started.
  void Kill();
  // Freezes it: connections stay, nothing answers.
  void Freeze();
  void Thaw();

 private:
  std::vector<std::string> AsServerUser(std::vector<std::string> command) const;
  std::vector<pid_t> Family() const;

  std::string folder_;
  const std::vector<std::string> settings_;
  std::unique_ptr<Process> server_;
  int schemas_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_POSTGRES_CLUSTER_H_
