// What a caller sees when PostgreSQL fails, and that it passes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "engine/store/postgres.h"
#include "tests/engine/store/items.h"
#include "tests/engine/store/store_test.h"
#include "tests/postgres_cluster.h"
#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

using testing::ElementsAre;

class PostgresFailureTest : public testing::Test {
 protected:
  void Open(const std::string& more = "") {
    url_ = cluster_.NewUrl();
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        db_, OpenPostgres({.url = url_ + more, .connections = 4}, kItemSchema));
  }

  absl::Status Insert(int64_t id) {
    return InWrite(*db_, [id](Transaction& tx) { return InsertItem(tx, id); });
  }
  std::vector<int64_t> Items() {
    const auto items = InRead(*db_, ListItems);
    EXPECT_THAT(items, IsOk());
    return items.ok() ? *items : std::vector<int64_t>();
  }
  // Runs statements past the driver, in the store's schema.
  void Script(const std::string& sql) {
    cluster_.Query("SET search_path = store_1; " + sql);
  }
  void WaitForHealth(bool ok) {
    while (db_->Health().ok() != ok) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  PostgresCluster cluster_{{"max_connections=16"}};
  std::string url_;
  std::unique_ptr<Database> db_;
};

void ExpectRetryLater(const absl::Status& status) {
  EXPECT_TRUE(status.GetPayload(kRetryInfoUrl).has_value()) << status;
}

TEST_F(PostgresFailureTest, ARestartIsSurvived) {
  Open();
  ASSERT_THAT(Insert(1), IsOk());
  cluster_.Stop();
  const absl::Status refused = Insert(2);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  ExpectRetryLater(refused);
  WaitForHealth(false);
  cluster_.Start();
  WaitForHealth(true);
  EXPECT_THAT(Insert(3), IsOk());
  EXPECT_THAT(Items(), ElementsAre(1, 3));
}

TEST_F(PostgresFailureTest, ADatabaseThatWasKilledLosesNothingAcknowledged) {
  Open();
  std::vector<int64_t> acknowledged;
  int64_t next = 0;
  for (int round = 0; round < 3; ++round) {
    std::atomic<int> left = 50;
    std::thread killer([&] {
      while (left > 0) std::this_thread::yield();
      cluster_.Kill();
    });
    for (;;) {
      const absl::Status status = Insert(++next);
      if (status.ok()) {
        acknowledged.push_back(next);
        --left;
        continue;
      }
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
      break;
    }
    killer.join();
    cluster_.Start();
    WaitForHealth(true);
  }
  EXPECT_GE(acknowledged.size(), 150u);
  const std::vector<int64_t> stored = Items();
  for (const int64_t id : acknowledged) {
    EXPECT_THAT(stored, testing::Contains(id));
  }
}

TEST_F(PostgresFailureTest, ADatabaseThatDoesNotAnswerEndsWithTheDeadline) {
  Open();
  ASSERT_THAT(Insert(1), IsOk());
  cluster_.Freeze();
  const absl::Time start = absl::Now();
  std::promise<absl::Status> answer;
  db_->Write(
      start + absl::Milliseconds(100),
      [](Transaction& tx) { return InsertItem(tx, 2); },
      [&](absl::Status status) { answer.set_value(status); });
  EXPECT_THAT(answer.get_future().get(),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  WaitForHealth(false);
  EXPECT_THAT(Insert(3), StatusIs(absl::StatusCode::kUnavailable));
  cluster_.Thaw();
  WaitForHealth(true);
  EXPECT_THAT(Insert(4), IsOk());
}

TEST_F(PostgresFailureTest, AConnectionLostBeforeTheCommitIsMadeAnew) {
  Open();
  int runs = 0;
  EXPECT_THAT(InWrite(*db_,
                      [&](Transaction& tx) -> absl::Status {
                        RETURN_IF_ERROR(InsertItem(tx, 1));
                        if (++runs == 1) {
                          cluster_.Query(
                              "SELECT pg_terminate_backend(pid) FROM "
                              "pg_stat_activity WHERE state = "
                              "'idle in transaction'");
                        }
                        return InsertItem(tx, 2);
                      }),
              IsOk());
  EXPECT_EQ(runs, 2);
  EXPECT_THAT(Items(), ElementsAre(1, 2));
}

TEST_F(PostgresFailureTest, AConnectionLostInTheCommitLeavesItUnknown) {
  Open();
  Script(
      "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); "
      "RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER die AFTER INSERT ON item "
      "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.id = 7) EXECUTE "
      "FUNCTION die()");
  int runs = 0;
  const absl::Status status = InWrite(*db_, [&](Transaction& tx) {
    ++runs;
    return InsertItem(tx, 7);
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason("COMMIT_UNKNOWN"));
  EXPECT_EQ(runs, 1);
  EXPECT_THAT(Insert(8), IsOk());
}

TEST_F(PostgresFailureTest, AConflictThatDoesNotEndIsGivenUp) {
  Open();
  Script(
      "CREATE FUNCTION clash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END $$; CREATE TRIGGER "
      "clash BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION clash()");
  int runs = 0;
  const absl::Status status = InWrite(*db_, [&](Transaction& tx) {
    ++runs;
    return InsertItem(tx, 1);
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(status, HasReason("STORE_CONTENTION"));
  ExpectRetryLater(status);
  EXPECT_EQ(runs, 30);
}

TEST_F(PostgresFailureTest, NoMoreConnectionsIsSaid) {
  Open();
  std::vector<PGconn*> taken;
  const absl::Cleanup release = [&] {
    for (PGconn* connection : taken) PQfinish(connection);
  };
  do {
    taken.push_back(PQconnectdb(cluster_.Url().c_str()));
  } while (PQstatus(taken.back()) == CONNECTION_OK);
  const absl::Status refused = Insert(1);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(refused, HasReason("TOO_MANY_CONNECTIONS"));
  ExpectRetryLater(refused);
  EXPECT_THAT(db_->Health(), IsOk());
  while (!taken.empty()) {
    PQfinish(taken.back());
    taken.pop_back();
  }
  // The server frees a place a moment after its client has gone.
  while (!Insert(1).ok()) {
  }
  EXPECT_THAT(Items(), ElementsAre(1));
}

// A file system of 2 MiB that PostgreSQL may write to; empty if this machine
// does not let us make one.
class SmallDisk {
 public:
  SmallDisk() {
    mounted_ = mount("tmpfs", folder_.path().c_str(), "tmpfs", 0,
                     "size=2m,mode=777") == 0;
    if (!mounted_) return;
    path_ = folder_.file("space");
    const passwd* const user = getpwnam("postgres");
    mounted_ = mkdir(path_.c_str(), 0700) == 0 && user != nullptr &&
               chown(path_.c_str(), user->pw_uid, user->pw_gid) == 0;
  }
  ~SmallDisk() { umount2(folder_.path().c_str(), MNT_DETACH); }
  const std::string& path() const { return path_; }
  bool mounted() const { return mounted_; }

 private:
  TempDir folder_;
  std::string path_;
  bool mounted_ = false;
};

TEST_F(PostgresFailureTest, AFullDiskIsSaidAndWhatWasAcknowledgedStays) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "Only root may mount a file system.";
  cluster_.Query("CREATE TABLESPACE small LOCATION '" + disk.path() + "'");
  cluster_.Query(
      "CREATE TABLE reserve TABLESPACE small AS SELECT generate_series(1, "
      "10000)");
  Open("%20-cdefault_tablespace%3Dsmall");
  const std::string filling(1'500, 'x');
  int64_t id = 0;
  absl::Status status;
  while (status.ok() && id < 10'000) {
    ++id;
    status = InWrite(*db_, [&](Transaction& tx) {
               return tx.Run("INSERT INTO item (id, data) VALUES ($1, $2)",
                             {id, Bytes{filling}});
             }).status();
  }
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(status, HasReason("DISK_FULL"));
  EXPECT_THAT(Items(), testing::SizeIs(static_cast<size_t>(id) - 1));
  // Space again, and it goes on.
  cluster_.Query("DROP TABLE reserve");
  EXPECT_THAT(Insert(id), IsOk());
}

}  // namespace
}  // namespace attune
