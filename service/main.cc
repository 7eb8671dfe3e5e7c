// attuned: start, wait, stop.

#include <pthread.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "service/log.h"
#include "service/server.h"
#include "service/settings.h"

namespace attune {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

struct Options {
  std::string config_path;
  v1::ServerConfig flags;
};

void AddText(CLI::App& app, const char* flag, std::string* field,
             const char* help, const char* type) {
  app.add_option(flag, *field, help)->type_name(type);
}

void AddNumber(CLI::App& app, const char* flag, const char* help, int most,
               std::function<void(int)> set) {
  app.add_option_function<int>(flag, std::move(set), help)
      ->check(CLI::Range(1, most))
      ->type_name("N");
}

void AddOptions(CLI::App& app, Options& options) {
  v1::ServerConfig& flags = options.flags;
  app.add_option("--config", options.config_path,
                 "Configuration in text format; flags win over it")
      ->type_name("FILE");
  AddText(app, "--data-dir", flags.mutable_data_dir(),
          "Folder of the store (default ./var)", "DIR");
  AddText(app, "--database", flags.mutable_database(),
          "PostgreSQL instead of the store in --data-dir; the password belongs "
          "in the configuration or in ~/.pgpass, not here",
          "URL");
  AddText(app, "--grpc", flags.mutable_grpc(),
          "Where to listen (default 127.0.0.1:7400)", "HOST:PORT");
  AddText(app, "--tls-cert", flags.mutable_tls_cert(),
          "Certificate chain, PEM; needed to listen beyond this machine",
          "FILE");
  AddText(app, "--tls-key", flags.mutable_tls_key(), "Private key, PEM",
          "FILE");
  AddNumber(app, "--max-request-bytes", "Largest request (default 4194304)",
            64 << 20, [&](int n) { flags.set_max_request_bytes(n); });
  AddNumber(app, "--max-in-flight", "Requests at once (default 1024)", 100'000,
            [&](int n) { flags.set_max_in_flight(n); });
  AddNumber(app, "--deadline-seconds", "Longest request (default 30)", 3600,
            [&](int n) { flags.set_deadline_seconds(n); });
  AddNumber(app, "--shutdown-grace-seconds",
            "How long running requests may finish (default 10)", 3600,
            [&](int n) { flags.set_shutdown_grace_seconds(n); });
  AddNumber(app, "--reader-threads",
            "Threads that read the embedded store (default 2)", 64,
            [&](int n) { flags.set_reader_threads(n); });
  AddNumber(app, "--database-connections",
            "Connections to PostgreSQL (default 16)", 1000,
            [&](int n) { flags.set_database_connections(n); });
}

int Fail(const absl::Status& status, int exit_code) {
  spdlog::default_logger()->flush();
  std::cerr << "attuned: " << status.message() << std::endl;
  return exit_code;
}

absl::StatusOr<v1::ServerConfig> Configure(const Options& options) {
  v1::ServerConfig config;
  if (!options.config_path.empty()) {
    auto file = ReadConfig(options.config_path);
    if (!file.ok()) return file.status();
    config = *std::move(file);
  }
  config.MergeFrom(options.flags);
  const absl::Status checked = Settings::Make(config).status();
  if (!checked.ok()) return checked;
  return config;
}

// Before any thread exists, so that all inherit it and only sigwait hears.
sigset_t BlockStopSignals() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  return stop;
}

int Run(const Options& options) {
  const sigset_t stop = BlockStopSignals();
  signal(SIGPIPE, SIG_IGN);
  umask(077);  // what the store writes is nobody else's business
  LogToStderr();
  const auto config = Configure(options);
  if (!config.ok()) return Fail(config.status(), kExitUsage);
  const auto server = Server::Start(*config);
  if (!server.ok()) return Fail(server.status(), kExitFailed);
  LogGrpcToo();
  std::cout << "attuned " ATTUNE_VERSION " ready on "
            << (*server)->grpc_address() << " (data in "
            << (config->database().empty() ? (*server)->data_dir()
                                           : "PostgreSQL")
            << ")" << std::endl;
  int received = 0;
  sigwait(&stop, &received);
  // A second signal ends it at once: nothing acknowledged is lost by that.
  pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
  (*server)->Stop((*server)->shutdown_grace());
  spdlog::shutdown();
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  CLI::App app("The Attune server: call quality assurance over gRPC.",
               "attuned");
  attune::Options options;
  attune::AddOptions(app, options);
  app.set_version_flag("--version", "attuned " ATTUNE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EXIT_SUCCESS : attune::kExitUsage;
  }
  return attune::Run(options);
}
