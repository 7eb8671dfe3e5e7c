#include "tests/bench/bare_sqlite.h"

#include <sqlite3.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/store/migrations.h"
#include "tests/bench/figures.h"
#include "tests/bench/workload.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

// The tables of the real schema, without the checks between them.
std::string BareSchema() {
  std::string schema;
  for (const Migration& migration : Migrations()) {
    absl::StrAppend(&schema, migration.sql);
  }
  return absl::StrReplaceAll(schema, {{"{int}", "INTEGER"},
                                      {"{bytes}", "BLOB"},
                                      {"{strict}", "STRICT"},
                                      {"{keyed}", "STRICT, WITHOUT ROWID"}});
}

// A prepared statement with its parameters.
class Statement {
 public:
  Statement(sqlite3* db, const std::string& sql) {
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr) !=
        SQLITE_OK) {
      std::cerr << sqlite3_errmsg(db) << "\n";
      std::exit(1);
    }
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement& Text(const std::string& text) {
    sqlite3_bind_text(statement_, ++bound_, text.data(),
                      static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& Blob(const std::string& bytes) {
    sqlite3_bind_blob(statement_, ++bound_, bytes.data(),
                      static_cast<int>(bytes.size()), SQLITE_STATIC);
    return *this;
  }
  Statement& Int(int64_t number) {
    sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
  }
  void Run() {
    sqlite3_step(statement_);
    sqlite3_reset(statement_);
    bound_ = 0;
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

}  // namespace

double BareSqliteInserts(const std::string& body) {
  TempDir dir;
  sqlite3* db = nullptr;
  sqlite3_open(dir.file("bare.db").c_str(), &db);
  const std::string schema =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
      "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536;" +
      BareSchema();
  sqlite3_exec(db, schema.c_str(), nullptr, nullptr, nullptr);
  int rows = 0;
  double seconds = 0;
  {
    Statement begin(db, "BEGIN IMMEDIATE");
    Statement commit(db, "COMMIT");
    Statement evaluation(
        db, "INSERT INTO evaluation VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
    Statement answer(db, "INSERT INTO answered_request VALUES (?,?,?,?,?,?)");
    std::string answers;
    for (int i = 0; i < kBatch; ++i) answers += body;
    const double start = MicrosNow();
    while (MicrosNow() - start < kSeconds * 1e6) {
      begin.Run();
      for (int i = 0; i < kBatch; ++i, ++rows) {
        evaluation.Text(MakeUuid(SystemClock()()))
            .Text(absl::StrCat("agent-", rows % 50))
            .Text(absl::StrCat("c-", rows))
            .Text("benchmark")
            .Int(1)
            .Text(absl::StrCat("rater-", rows % 4));
        for (int column = 0; column < 4; ++column) evaluation.Int(1);
        evaluation.Int(7345).Int(0).Blob(body).Run();
      }
      answer.Text(absl::StrCat("request-", rows))
          .Text(std::string(36, 't'))
          .Text("/attune.v1.EvaluationService/BatchSubmitEvaluations")
          .Text(std::string(64, 'd'))
          .Int(rows)
          .Blob(answers)
          .Run();
      commit.Run();
    }
    seconds = (MicrosNow() - start) / 1e6;
  }
  sqlite3_close(db);
  return rows / seconds;
}

}  // namespace attune
