// attune admin migrate-store: the program, with no server anywhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/store/requests.h"
#include "engine/store/sqlite.h"
#include "tests/engine/store/store_test.h"
#include "tests/postgres_cluster.h"
#include "tests/process.h"
#include "tests/tools/attune_process.h"

namespace attune {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MigrateStoreTest : public testing::Test {
 protected:
  Ended Move(const std::string& from, const std::string& to,
             std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"admin", "migrate-store", "--from",
                                          from,    "--to",          to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunAttune(dir_.path(), {}, arguments);
  }
  nlohmann::json Json(const std::string& from, const std::string& to) {
    const Ended ended = Move(from, to, {"-o", "json"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    return nlohmann::json::parse(ended.out, nullptr, false);
  }
  std::string Sqlite(const std::string& name) {
    return absl::StrCat("sqlite:", dir_.file(name));
  }
  // A store with so many rows, at Sqlite("source").
  void FillSource(int rows) {
    auto source = OpenSqlite({.folder = dir_.file("source")});
    ASSERT_THAT(source, IsOk());
    ASSERT_THAT(
        InWrite(**source,
                [&](Transaction& tx) {
                  absl::Status status;
                  for (int i = 0; i < rows; ++i) {
                    status.Update(RecordAnswer(
                        tx, {absl::StrCat(100'000 + i), "ann", "m", "d"},
                        std::string(1, '\0'), 1));
                  }
                  return status;
                }),
        IsOk());
  }

  // Of answered requests; 0 before there is a store.
  int RowsInPostgres() {
    PostgresCluster& cluster = PostgresCluster::Shared();
    const std::string table = absl::StrCat(
        postgres_.substr(postgres_.rfind("3D") + 2), ".answered_request");
    if (cluster.Query(
            absl::StrCat("SELECT to_regclass('", table, "') IS NULL")) == "t") {
      return 0;
    }
    return std::stoi(cluster.Query("SELECT COUNT(*) FROM " + table));
  }
  static void WaitUntil(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
      ASSERT_LT(std::chrono::steady_clock::now(), end);
      std::this_thread::sleep_for(1ms);
    }
  }

  TempDir dir_;
  const std::string postgres_ = PostgresCluster::Shared().NewUrl();
};

TEST_F(MigrateStoreTest, ThereAndBackTellsTheSameHash) {
  FillSource(2000);
  const nlohmann::json there = Json(Sqlite("source"), postgres_);
  EXPECT_EQ(there["rows"], 2000);
  EXPECT_EQ(there["copied"], 2000);
  EXPECT_EQ(there["source_hash"], there["target_hash"]);
  EXPECT_EQ(there["differences"], 0);
  const nlohmann::json back = Json(postgres_, Sqlite("back"));
  EXPECT_EQ(back["tables"], there["tables"]);
  EXPECT_EQ(back["source_hash"], there["source_hash"]);
  EXPECT_EQ(back["target_hash"], there["source_hash"]);

  const Ended again = Move(Sqlite("source"), Sqlite("back"));
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.out, HasSubstr("Copied 0 of 2000 rows"));
  EXPECT_THAT(again.out,
              HasSubstr(absl::StrCat("Target  ",
                                     there["source_hash"].get<std::string>())));
  EXPECT_THAT(again.out, HasSubstr("everything agrees."));
  EXPECT_THAT(again.err, Not(HasSubstr("copy")));  // no bar: no terminal
}

TEST_F(MigrateStoreTest, RowsAsCsvAreOneATable) {
  FillSource(3);
  const Ended ended = Move(Sqlite("source"), Sqlite("target"),
                           {"-o", "csv", "--fields", "table,rows,copied"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("table,rows,copied\r\n"),
                               HasSubstr("team,0,0\r\n"),
                               HasSubstr("answered_request,3,3\r\n")));
}

TEST_F(MigrateStoreTest, ARunThatWasKilledIsGoneOnWith) {
  constexpr int kRows = 20'000;
  FillSource(kRows);
  for (const int signal : {SIGINT, SIGKILL}) {
    const int before = RowsInPostgres();
    // One row a transaction: it will be in the middle for long.
    Process run({ATTUNE, "admin", "migrate-store", "--from", Sqlite("source"),
                 "--to", postgres_, "--batch", "1"},
                dir_.file("log"));
    WaitUntil([&] { return RowsInPostgres() >= before + 50; });
    run.Signal(signal);
    const int status = run.Wait();
    if (signal == SIGINT) {
      EXPECT_EQ(WEXITSTATUS(status), 130);
    } else {
      EXPECT_EQ(WTERMSIG(status), SIGKILL);
    }
    // The server's processes end when they notice.
    WaitUntil([] {
      return PostgresCluster::Shared().Query(
                 "SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = "
                 "'client backend' AND pid <> pg_backend_pid()") == "0";
    });
    EXPECT_LT(RowsInPostgres(), kRows);
  }
  const int before = RowsInPostgres();
  const nlohmann::json last = Json(Sqlite("source"), postgres_);
  EXPECT_EQ(last["rows"], kRows);
  EXPECT_EQ(last["copied"], kRows - before);
  EXPECT_EQ(last["source_hash"], last["target_hash"]);
}

TEST_F(MigrateStoreTest, AStoreInUseIsRefusedKindly) {
  FillSource(1);
  {
    const auto in_use = OpenSqlite({.folder = dir_.file("source")});
    const Ended refused = Move(Sqlite("source"), postgres_);
    EXPECT_EQ(refused.code, 5);
    EXPECT_THAT(refused.err, HasSubstr("The source cannot be used: Process "));
    EXPECT_THAT(refused.err, HasSubstr("has this data folder; stop it"));
  }
  const auto in_use = OpenPostgres({.url = postgres_, .connections = 2});
  ASSERT_THAT(in_use, IsOk());
  const Ended refused = Move(Sqlite("source"), postgres_);
  EXPECT_EQ(refused.code, 5);
  EXPECT_THAT(refused.err,
              HasSubstr("The target cannot be used: Servers are running on "
                        "this store; stop them first."));
}

TEST_F(MigrateStoreTest, ATargetWithSomethingElseIsRefused) {
  FillSource(2);
  ASSERT_THAT(InWrite(**OpenSqlite({.folder = dir_.file("other")}),
                      [](Transaction& tx) {
                        return RecordAnswer(tx, {"1", "bob", "m", "d"}, "", 1);
                      }),
              IsOk());
  const Ended refused = Move(Sqlite("source"), Sqlite("other"), {"-o", "json"});
  EXPECT_EQ(refused.code, 5);
  EXPECT_THAT(refused.err, HasSubstr("STORE_NOT_EMPTY"));
  EXPECT_THAT(refused.err,
              HasSubstr("answered_request (1, bob): only in the target"));
}

TEST_F(MigrateStoreTest, WhatCannotBeMeantIsRefused) {
  const Ended no_url = Move("/var/lib/attune", postgres_);
  EXPECT_EQ(no_url.code, 2);
  EXPECT_THAT(no_url.err, HasSubstr("sqlite:FOLDER"));
  EXPECT_EQ(Move(postgres_, postgres_).code, 2);
  const Ended missing = Move(Sqlite("typo"), postgres_);
  EXPECT_EQ(missing.code, 3);
  EXPECT_THAT(missing.err, HasSubstr("There is no store in"));
  EXPECT_EQ(Move(postgres_, Sqlite("x")).code, 3);
  const Ended away = Move("postgresql:///x?host=/nowhere", Sqlite("x"));
  EXPECT_EQ(away.code, 7);
  EXPECT_THAT(away.err, HasSubstr("/nowhere"));
}

TEST_F(MigrateStoreTest, ATerminalSeesProgress) {
  FillSource(10);
  const Ended ended =
      RunAttuneAtTerminal(dir_.path(), {{"TERM", "xterm"}},
                          {"admin", "migrate-store", "--from", Sqlite("source"),
                           "--to", Sqlite("target")},
                          "");
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.out, HasSubstr("copy  [####################]  100 %"));
  EXPECT_THAT(ended.out, HasSubstr("prove  [####################]  100 %"));
}

}  // namespace
}  // namespace attune
