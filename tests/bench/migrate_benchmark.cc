// Moving a store to PostgreSQL beside merely reading it.
//
//   migrate_benchmark [EVALUATIONS]

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/figures.h"
#include "tests/postgres_cluster.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

// Runs a program to its end; gives the seconds it took.
double RunProgram(const std::vector<std::string>& arguments,
                  const std::string& log) {
  const double start = MicrosNow();
  Process process(arguments, log);
  if (process.Wait() != 0) {
    std::cerr << arguments[0] << " failed, see " << log << "\n";
    std::exit(1);
  }
  return (MicrosNow() - start) / 1e6;
}

// A year of made-up data, written through a server that is stopped again.
void Fill(const std::string& folder, const std::string& evaluations,
          const TempDir& dir) {
  Process server({ATTUNED_PATH, "--data-dir", folder, "--grpc", "127.0.0.1:0"},
                 dir.file("attuned.log"));
  const std::string address = AddressOf(server.ReadLine());
  RunProgram({ATTUNE_LOAD_PATH, "--server", address, "--token-file",
              folder + "/admin.token", "generate", "--evaluations", evaluations,
              "--form-file", ATTUNE_FORM_PATH},
             dir.file("generate.log"));
  server.Signal(SIGTERM);
  server.Wait();
}

// Steps through every row of every table, each value taken out.
int64_t ReadAll(const std::string& file) {
  sqlite3* database = nullptr;
  sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  const auto each = [&](const std::string& sql, auto on_row) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW) on_row(statement);
    sqlite3_finalize(statement);
  };
  std::vector<std::string> tables;
  each("SELECT name FROM sqlite_schema WHERE type = 'table'",
       [&](sqlite3_stmt* row) {
         tables.emplace_back(
             reinterpret_cast<const char*>(sqlite3_column_text(row, 0)));
       });
  int64_t rows = 0;
  int64_t bytes = 0;
  for (const std::string& table : tables) {
    each("SELECT * FROM " + table, [&](sqlite3_stmt* row) {
      ++rows;
      for (int i = 0; i < sqlite3_column_count(row); ++i) {
        sqlite3_column_blob(row, i);
        bytes += sqlite3_column_bytes(row, i);
      }
    });
  }
  sqlite3_close(database);
  std::printf("%lld rows, %lld MiB\n", static_cast<long long>(rows),
              static_cast<long long>(bytes >> 20));
  return rows;
}

int Run(const std::string& evaluations) {
  PostgresCluster cluster({"shared_buffers=1GB", "max_wal_size=4GB"});
  const TempDir dir;
  const std::string folder = dir.file("data");
  Fill(folder, evaluations, dir);
  const double start = MicrosNow();
  const auto rows = static_cast<double>(ReadAll(folder + "/attune.db"));
  const double read = rows / (MicrosNow() - start) * 1e6;
  const double moved =
      rows / RunProgram({ATTUNE_PATH, "admin", "migrate-store", "--from",
                         "sqlite:" + folder, "--to", cluster.NewUrl()},
                        dir.file("migrate.log"));
  PrintHead();
  Print("migrate-store to PostgreSQL / bare read, rows",
        absl::StrCat(static_cast<int64_t>(moved), "/s / ",
                     static_cast<int64_t>(read), "/s"),
        moved / read, "", true);
  return 0;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  return attune::Run(argc > 1 ? argv[1] : "1000000");
}
