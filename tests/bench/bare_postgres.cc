#include "tests/bench/bare_postgres.h"

#include <libpq-fe.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "tests/bench/figures.h"
#include "tests/bench/workload.h"

namespace attune {
namespace {

constexpr int kConnections = 16;
constexpr int kBatchConnections = 4;

constexpr char kTables[] =
    "SET client_min_messages = warning;"
    "DROP TABLE IF EXISTS bare_evaluation, bare_answer;"
    "CREATE TABLE bare_evaluation (LIKE evaluation INCLUDING ALL);"
    "CREATE TABLE bare_answer (LIKE answered_request INCLUDING ALL)";
constexpr char kEvaluation[] =
    "INSERT INTO bare_evaluation VALUES ($1, $2, $3, 'benchmark', 1, $4, 1, 1, "
    "1, 1, 7345, 0, $5)";
constexpr char kAnswer[] =
    "INSERT INTO bare_answer VALUES ($1, $2, $3, $4, 1, $5)";
constexpr char kBoth[] =
    "WITH one AS (INSERT INTO bare_evaluation VALUES ($1, $2, $3, 'benchmark', "
    "1, $4, 1, 1, 1, 1, 7345, 0, $5)) "
    "INSERT INTO bare_answer VALUES ($6, $7, $8, $9, 1, $5)";

void Fail(PGconn* connection) {
  std::cerr << "bare: " << PQerrorMessage(connection) << "\n";
  std::exit(1);
}

// Text parameters but for `$5`, which is bytes.
struct Params {
  std::vector<std::string> values;
  std::vector<const char*> pointers;
  std::vector<int> lengths;
  std::vector<int> formats;

  explicit Params(std::vector<std::string> all) : values(std::move(all)) {
    for (size_t i = 0; i < values.size(); ++i) {
      pointers.push_back(values[i].c_str());
      lengths.push_back(static_cast<int>(values[i].size()));
      formats.push_back(i == 4 ? 1 : 0);
    }
  }
  int count() const { return static_cast<int>(values.size()); }
};

void Prepare(PGconn* connection, const char* name, const char* sql) {
  PGresult* const result = PQprepare(connection, name, sql, 0, nullptr);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) Fail(connection);
  PQclear(result);
}

std::vector<std::string> Evaluation(int row, const std::string& body) {
  return {MakeUuid(SystemClock()()), absl::StrCat("agent-", row % kAgents),
          absl::StrCat("c-", row), absl::StrCat("rater-", row % 4), body};
}

std::vector<std::string> Answer(int row) {
  return {absl::StrCat("request-", row), std::string(36, 't'),
          "/attune.v1.EvaluationService/SubmitEvaluation",
          std::string(64, 'd')};
}

// Rows a second of `work(connection, row)`, which gives how many it inserted,
// on threads with a connection each, until the time is over.
double Run(const std::string& url, int connections,
           const std::function<int(PGconn*, int row)>& work) {
  PGconn* const maker = PQconnectdb(url.c_str());
  PQclear(PQexec(maker, kTables));
  PQfinish(maker);
  std::atomic<int> rows = 0;
  std::vector<std::thread> threads;
  std::vector<PGconn*> open;
  for (int i = 0; i < connections; ++i) {
    open.push_back(PQconnectdb(url.c_str()));
    Prepare(open.back(), "evaluation", kEvaluation);
    Prepare(open.back(), "answer", kAnswer);
    Prepare(open.back(), "both", kBoth);
  }
  const double start = MicrosNow();
  for (int i = 0; i < connections; ++i) {
    threads.emplace_back([&, i, connection = open[static_cast<size_t>(i)]] {
      // Every connection inserts rows of its own.
      for (int row = i * 1'000'000; MicrosNow() - start < kSeconds * 1e6;) {
        const int inserted = work(connection, row);
        row += inserted;
        rows += inserted;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = (MicrosNow() - start) / 1e6;
  for (PGconn* connection : open) PQfinish(connection);
  return rows / seconds;
}

}  // namespace

double BarePostgresInserts(const std::string& url, const std::string& body) {
  return Run(url, kConnections, [&](PGconn* connection, int row) {
    std::vector<std::string> values = Evaluation(row, body);
    for (std::string& value : Answer(row)) values.push_back(std::move(value));
    const Params params(std::move(values));
    PGresult* const result = PQexecPrepared(
        connection, "both", params.count(), params.pointers.data(),
        params.lengths.data(), params.formats.data(), 0);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) Fail(connection);
    PQclear(result);
    return 1;
  });
}

double BarePostgresBatches(const std::string& url, const std::string& body) {
  std::string answers;
  for (int i = 0; i < kBatch; ++i) answers += body;
  return Run(url, kBatchConnections, [&](PGconn* connection, int row) {
    PQenterPipelineMode(connection);
    const auto send = [&](const char* name, std::vector<std::string> values) {
      const Params params(std::move(values));
      PQsendQueryPrepared(connection, name, params.count(),
                          params.pointers.data(), params.lengths.data(),
                          params.formats.data(), 0);
    };
    for (int i = 0; i < kBatch; ++i) {
      send("evaluation", Evaluation(row + i, body));
    }
    std::vector<std::string> answer = Answer(row);
    answer.push_back(answers);
    send("answer", std::move(answer));
    PQpipelineSync(connection);
    for (bool synced = false; !synced;) {
      PGresult* const result = PQgetResult(connection);
      synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
      // Null is the end of one statement's results.
      if (result != nullptr && PQresultStatus(result) == PGRES_FATAL_ERROR) {
        Fail(connection);
      }
      PQclear(result);
    }
    PQexitPipelineMode(connection);
    return kBatch;
  });
}

}  // namespace attune
