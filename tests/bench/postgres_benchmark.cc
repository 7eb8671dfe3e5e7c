// The server's figures on PostgreSQL, each beside a ceiling of the same run.
//
//   postgres_benchmark [REPETITIONS]

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/bench/bare_postgres.h"
#include "tests/bench/figures.h"
#include "tests/bench/server.h"
#include "tests/bench/workload.h"
#include "tests/postgres_cluster.h"

namespace attune {
namespace {

int Run(int repetitions) {
  PostgresCluster cluster({"shared_buffers=1GB", "max_wal_size=4GB"});
  const std::string one_url = cluster.NewUrl();
  const std::string two_url = cluster.NewUrl();
  const Server one(one_url);
  const Server first(two_url), second(two_url);
  const Server sqlite;
  Workload on_one({one.address()}, one.admin());
  Workload on_two({first.address(), second.address()}, first.admin());
  Workload on_sqlite({sqlite.address()}, sqlite.admin());
  const std::string bytes = on_one.StoredBytes();
  Figures figures;
  for (int i = 0; i < repetitions; ++i) {
    std::printf("repetition %d of %d\n", i + 1, repetitions);
    std::fflush(stdout);
    const auto keep = [&](const char* name, double figure) {
      figures[name].push_back(figure);
    };
    keep("submit", on_one.Submit(kOutstanding).calls_per_second);
    keep("bare", BarePostgresInserts(one_url, bytes));
    keep("two", on_two.Submit(kOutstanding).calls_per_second);
    keep("sqlite", on_sqlite.Submit(kOutstanding).calls_per_second);
    keep("batch", on_one.SubmitBatches().calls_per_second * kBatch);
    keep("bare batch", BarePostgresBatches(one_url, bytes));
    keep("one", on_one.Submit(1).Quantile(0.5));
  }
  PrintHead();
  const auto print = [&](const char* what, const char* a, const char* b,
                         const char* aim, double least) {
    const double ratio = Ratio(figures, a, b);
    Print(what, absl::StrCat(Rate(figures, a), " / ", Rate(figures, b)), ratio,
          aim, ratio >= least);
  };
  print("submit / bare autocommit, 64 outstanding", "submit", "bare", ">= 0.5",
        0.5);
  print("two servers / one server", "two", "submit", ">= 1", 1);
  print("submit on PostgreSQL / on SQLite", "submit", "sqlite", "", 0);
  print("submit in batches of 64 / bare pipeline", "batch", "bare batch", "",
        0);
  Print("one submit, us", "", Median(figures["one"]), "", true);
  return 0;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  return attune::Run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
