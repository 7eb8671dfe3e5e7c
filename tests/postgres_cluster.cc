#include "tests/postgres_cluster.h"

#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

namespace attune {
namespace {

using std::chrono_literals::operator""ms;

constexpr char kUser[] = "postgres";

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "postgres_cluster: %s\n", why.c_str());
  std::abort();
}

// A process that is over but not yet collected holds nothing any more.
bool Lives(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string id, name;
  char state = 'X';
  stat >> id >> name >> state;
  return stat && state != 'Z' && state != 'X';
}

}  // namespace

PostgresCluster& PostgresCluster::Shared() {
  static PostgresCluster cluster(
      {"fsync=off", "synchronous_commit=off", "full_page_writes=off"});
  return cluster;
}

PostgresCluster::PostgresCluster(std::vector<std::string> settings)
    : settings_(std::move(settings)) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "attune-pg-XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
  // PostgreSQL does not run as root.
  if (geteuid() == 0) {
    const passwd* const user = getpwnam(kUser);
    if (user == nullptr ||
        chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
      Die("there is no user postgres; run tools/setup --test");
    }
  }
  Process initdb(AsServerUser({ATTUNE_POSTGRES_BIN "/initdb", "--no-sync", "-A",
                               "trust", "-U", kUser, "-E", "UTF8",
                               "--locale=C.UTF-8", "-D", folder_ + "/data"}),
                 folder_ + "/initdb.log");
  while (!initdb.ReadLine().empty()) {
  }
  const int status = initdb.Wait();
  if (status != 0) Die("initdb failed");
  Start();
}

PostgresCluster::~PostgresCluster() {
  if (server_ != nullptr) Kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string PostgresCluster::Url() const {
  return "postgresql:///postgres?user=postgres&host=" + folder_;
}

std::string PostgresCluster::NewUrl() {
  const std::string schema = "store_" + std::to_string(++schemas_);
  Query("CREATE SCHEMA " + schema);
  return Url() + "&options=-csearch_path%3D" + schema;
}

std::string PostgresCluster::Query(const std::string& sql) const {
  PGconn* const connection = PQconnectdb(Url().c_str());
  PGresult* const result = PQexec(connection, sql.c_str());
  if (PQresultStatus(result) == PGRES_FATAL_ERROR) {
    Die(sql + ": " + PQerrorMessage(connection));
  }
  const std::string cell =
      PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  PQfinish(connection);
  return cell;
}

void PostgresCluster::Start() {
  std::vector<std::string> command = {ATTUNE_POSTGRES_BIN "/postgres",
                                      "-D",
                                      folder_ + "/data",
                                      "-c",
                                      "listen_addresses=",
                                      "-c",
                                      "unix_socket_directories=" + folder_,
                                      "-c",
                                      "max_connections=200"};
  for (const std::string& setting : settings_) {
    command.insert(command.end(), {"-c", setting});
  }
  server_ = std::make_unique<Process>(AsServerUser(command), folder_ + "/log");
  // Starts take longer on a busy machine; a server that ends is not waited for.
  while (PQping(Url().c_str()) != PQPING_OK) {
    if (kill(server_->pid(), 0) != 0 ||
        waitpid(server_->pid(), nullptr, WNOHANG) > 0) {
      std::ifstream log(folder_ + "/log");
      Die(std::string(std::istreambuf_iterator<char>(log), {}));
    }
    std::this_thread::sleep_for(5ms);
  }
}

void PostgresCluster::Stop() {
  server_->Signal(SIGINT);
  server_->Wait();
  server_ = nullptr;
}

void PostgresCluster::Kill() {
  // The children hold the shared memory: none may be left.
  const std::vector<pid_t> family = Family();
  for (const pid_t pid : family) kill(pid, SIGKILL);
  server_->Wait();
  for (const pid_t pid : family) {
    while (Lives(pid)) std::this_thread::sleep_for(1ms);
  }
  server_ = nullptr;
}

void PostgresCluster::Freeze() {
  for (const pid_t pid : Family()) kill(pid, SIGSTOP);
}

void PostgresCluster::Thaw() {
  for (const pid_t pid : Family()) kill(pid, SIGCONT);
}

std::vector<std::string> PostgresCluster::AsServerUser(
    std::vector<std::string> command) const {
  // It goes when the test goes, however that ends.
  std::vector<std::string> whole = {"/usr/bin/setpriv", "--pdeathsig", "INT"};
  if (geteuid() == 0) {
    whole.insert(whole.end(),
                 {"--reuid", kUser, "--regid", kUser, "--clear-groups"});
  }
  whole.push_back("--");
  whole.insert(whole.end(), command.begin(), command.end());
  return whole;
}

std::vector<pid_t> PostgresCluster::Family() const {
  const pid_t server = server_->pid();
  std::vector<pid_t> family = {server};
  const std::string id = std::to_string(server);
  std::ifstream children("/proc/" + id + "/task/" + id + "/children");
  for (pid_t child = 0; children >> child;) family.push_back(child);
  return family;
}

}  // namespace attune
