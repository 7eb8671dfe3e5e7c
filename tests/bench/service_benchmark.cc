// The server's figures, each beside a ceiling of the same run.
//
//   service_benchmark [REPETITIONS]

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/bare_sqlite.h"
#include "tests/bench/figures.h"
#include "tests/bench/server.h"
#include "tests/bench/workload.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

// Overwrites 4 KiB and waits until it is on the disk.
double SyncMicros() {
  TempDir dir;
  const int file = open(dir.file("sync").c_str(), O_RDWR | O_CREAT, 0600);
  const std::string page(4096, 'x');
  std::vector<double> micros;
  for (int i = 0; i < 300; ++i) {
    const double start = MicrosNow();
    if (pwrite(file, page.data(), page.size(), 0) < 0 || fdatasync(file) != 0) {
      std::exit(1);
    }
    if (i > 0) micros.push_back(MicrosNow() - start);
  }
  close(file);
  return Median(micros);
}

double VersionMillis() {
  std::vector<double> millis;
  for (int i = 0; i < 5; ++i) {
    const double start = MicrosNow();
    Process attune(std::vector<std::string>{ATTUNE_PATH, "--version"},
                   "/dev/null");
    attune.Wait();
    millis.push_back((MicrosNow() - start) / 1000);
  }
  return Median(millis);
}

void Measure(Workload& benchmark, Figures& figures) {
  figures["preview"].push_back(
      benchmark.Preview(kOutstanding).calls_per_second);
  figures["submit"].push_back(benchmark.Submit(kOutstanding).calls_per_second);
  figures["batch"].push_back(benchmark.SubmitBatches().calls_per_second *
                             kBatch);
  figures["bare"].push_back(BareSqliteInserts(benchmark.StoredBytes()));
  figures["one"].push_back(benchmark.Submit(1).Quantile(0.5));
  figures["empty"].push_back(benchmark.EmptyRpcMicros());
  figures["sync"].push_back(SyncMicros());
}

void Report(Figures figures, const Server& server, double idle_mib,
            const std::vector<double>& ready_ms) {
  const auto rate = [&](const char* name) { return Rate(figures, name); };
  const auto micros = [&](const char* name) {
    return absl::StrCat(static_cast<int64_t>(Median(figures[name])), " us");
  };
  for (size_t i = 0; i < figures["empty"].size(); ++i) {
    figures["floor"].push_back(figures["empty"][i] + figures["sync"][i]);
  }
  PrintHead();
  const double unary = Ratio(figures, "submit", "preview");
  Print("submit / preview, unary, 64 outstanding",
        absl::StrCat(rate("submit"), " / ", rate("preview")), unary, ">= 0.6",
        unary >= 0.6);
  const double batch = Ratio(figures, "batch", "submit");
  Print("submit in batches of 64 / unary",
        absl::StrCat(rate("batch"), " / ", rate("submit")), batch, ">= 3",
        batch >= 3);
  const double bare = Ratio(figures, "batch", "bare");
  Print("submit in batches of 64 / bare inserts",
        absl::StrCat(rate("batch"), " / ", rate("bare")), bare, ">= 0.5",
        bare >= 0.5);
  const double one = Ratio(figures, "one", "floor");
  Print("one submit / (empty RPC + 4 KiB fdatasync)",
        absl::StrCat(micros("one"), " / (", micros("empty"), " + ",
                     micros("sync"), ")"),
        one, "<= 2.5", one <= 2.5);
  const double ready = Median(ready_ms);
  Print("attuned ready on an empty store, ms", "", ready, "< 100", ready < 100);
  Print("attuned resident when idle, MiB", "", idle_mib, "< 64", idle_mib < 64);
  Print("attuned resident after the load, MiB", "", server.resident_mib(), "",
        true);
  const double version = VersionMillis();
  Print("attune --version, ms", "", version, "< 20", version < 20);
}

int Run(int repetitions) {
  std::vector<double> ready_ms;
  double idle_mib = 0;
  for (int i = 0; i < 5; ++i) {
    const Server fresh;
    ready_ms.push_back(fresh.ready_ms());
    idle_mib = std::max(idle_mib, fresh.resident_mib());
  }
  const Server server;
  Workload benchmark({server.address()}, server.admin());
  Figures figures;
  for (int i = 0; i < repetitions; ++i) {
    std::printf("repetition %d of %d\n", i + 1, repetitions);
    std::fflush(stdout);
    Measure(benchmark, figures);
  }
  Report(figures, server, idle_mib, ready_ms);
  return 0;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  return attune::Run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
