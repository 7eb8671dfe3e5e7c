// A server that a benchmark starts.

#ifndef ATTUNE_TESTS_BENCH_SERVER_H_
#define ATTUNE_TESTS_BENCH_SERVER_H_

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/figures.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {

// A server on its own fresh folder, or on the database at a URL.
class Server {
 public:
  explicit Server(const std::string& database = "")
      : start_(MicrosNow()),
        process_(Arguments(dir_.file("data"), database), dir_.file("log")),
        line_(process_.ReadLine()),
        ready_ms_((MicrosNow() - start_) / 1000) {
    std::ifstream(dir_.file("data") + "/admin.token") >> admin_;
    if (AddressOf(line_).empty()) {
      std::cerr << "attuned said: " << line_ << "\n";
      std::exit(1);
    }
  }

  std::string address() const { return AddressOf(line_); }
  // The first token; empty if another server had made one.
  const std::string& admin() const { return admin_; }
  double ready_ms() const { return ready_ms_; }
  double resident_mib() const {
    std::ifstream status(absl::StrCat("/proc/", process_.pid(), "/status"));
    for (std::string line; std::getline(status, line);) {
      if (line.rfind("VmRSS:", 0) == 0) {
        return std::stod(line.substr(6)) / 1024;
      }
    }
    return 0;
  }

 private:
  static std::vector<std::string> Arguments(const std::string& data,
                                            const std::string& database) {
    std::vector<std::string> arguments = {ATTUNED_PATH, "--data-dir", data,
                                          "--grpc", "127.0.0.1:0"};
    if (!database.empty()) {
      arguments.insert(arguments.end(), {"--database", database});
    }
    return arguments;
  }

  TempDir dir_;
  double start_;
  Process process_;
  std::string line_;
  double ready_ms_;
  std::string admin_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_SERVER_H_
