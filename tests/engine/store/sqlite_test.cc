// What only the embedded driver has: its folder, its settings, its log, and a
// disk that fails.

#include "engine/store/sqlite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/engine/store/items.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

using testing::HasSubstr;

constexpr uintmax_t kMiB = 1 << 20;

class SqliteTest : public testing::Test {
 protected:
  void SetUp() override { Open(); }

  void Open() {
    auto opened = OpenSqlite({.folder = folder_}, kItemSchema);
    ASSERT_THAT(opened, IsOk());
    db_ = *std::move(opened);
  }

  std::string file(const std::string& name) const {
    return folder_ + "/" + name;
  }
  uintmax_t SizeOf(const std::string& name) const {
    std::error_code absent;
    const uintmax_t size = std::filesystem::file_size(file(name), absent);
    return absent ? 0 : size;
  }

  absl::Status InsertBlob(int64_t id, size_t size) {
    return InWrite(*db_,
                   [&](Transaction& tx) {
                     return tx.Run(
                         "INSERT INTO item (id, data) VALUES ($1, $2)",
                         {id, Bytes{std::string(size, 'x')}});
                   })
        .status();
  }

  TempDir dir_;
  const std::string folder_ = dir_.file("new/data");
  std::unique_ptr<Database> db_;
};

mode_t ModeOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777;
}

Value Pragma(Transaction& tx, absl::string_view name) {
  const auto rows = tx.Run(absl::StrCat("PRAGMA ", name), {});
  return rows.ok() && !rows->empty() ? (*rows)[0][0] : Value();
}

TEST_F(SqliteTest, OnlyTheOwnerMayLookInside) {
  ASSERT_THAT(InsertBlob(1, 10), IsOk());
  EXPECT_EQ(ModeOf(folder_), 0700u);
  for (const char* name :
       {"attune.db", "attune.db-wal", "attune.db-shm", "attune.lock"}) {
    EXPECT_EQ(ModeOf(file(name)), 0600u) << name;
  }
}

TEST_F(SqliteTest, ASecondOpenerIsToldWhoHasTheFolder) {
  const auto second = OpenSqlite({.folder = folder_ + "/"}, kItemSchema);
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(second, HasReason("STORE_LOCKED"));
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(absl::StrCat("Process ", getpid(), " ")));
  db_.reset();
  EXPECT_THAT(OpenSqlite({.folder = folder_}, kItemSchema), IsOk());
}

TEST_F(SqliteTest, AFolderThatCannotBeMadeIsRefused) {
  const auto opened =
      OpenSqlite({.folder = file("attune.db") + "/sub"}, kItemSchema);
  EXPECT_THAT(opened, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(opened, HasReason("STORE_FOLDER"));
}

TEST_F(SqliteTest, TheWriterHasItsSettings) {
  EXPECT_THAT(InWrite(*db_,
                      [](Transaction& tx) {
                        const struct {
                          const char* name;
                          Value value;
                        } kWanted[] = {{"application_id", int64_t{0x41747475}},
                                       {"busy_timeout", int64_t{5000}},
                                       {"cell_size_check", int64_t{1}},
                                       {"foreign_keys", int64_t{1}},
                                       {"journal_mode", "wal"},
                                       {"journal_size_limit", int64_t{1} << 26},
                                       {"query_only", int64_t{0}},
                                       {"synchronous", int64_t{2}},
                                       {"temp_store", int64_t{2}},
                                       {"trusted_schema", int64_t{0}},
                                       {"user_version", int64_t{1}},
                                       {"wal_autocheckpoint", int64_t{0}}};
                        for (const auto& [name, value] : kWanted) {
                          EXPECT_EQ(Pragma(tx, name), value) << name;
                        }
                        return absl::OkStatus();
                      }),
              IsOk());
}

TEST_F(SqliteTest, ReadersHaveTheirs) {
  EXPECT_THAT(InRead(*db_,
                     [](Transaction& tx) {
                       const struct {
                         const char* name;
                         int64_t value;
                       } kWanted[] = {
                           {"busy_timeout", 5000}, {"cell_size_check", 1},
                           {"query_only", 1},      {"temp_store", 2},
                           {"trusted_schema", 0},  {"wal_autocheckpoint", 0}};
                       for (const auto& [name, value] : kWanted) {
                         EXPECT_EQ(Pragma(tx, name), Value(value)) << name;
                       }
                       return absl::OkStatus();
                     }),
              IsOk());
}

TEST_F(SqliteTest, TheSchemaCannotBeTamperedWith) {
  EXPECT_FALSE(InWrite(*db_, [](Transaction& tx) {
                 RETURN_IF_ERROR(
                     tx.Run("PRAGMA writable_schema = ON", {}).status());
                 return tx.Run("DELETE FROM sqlite_schema", {}).status();
               }).ok());
  EXPECT_FALSE(InWrite(*db_, [](Transaction& tx) {
                 return tx.Run("SELECT load_extension('x')", {}).status();
               }).ok());
}

TEST_F(SqliteTest, WaitingWritesShareTheirCommit) {
  constexpr int64_t kWrites = 250;
  std::promise<void> running, release;
  std::vector<std::promise<absl::Status>> answers(kWrites + 1);
  const auto done = [&](size_t i) {
    return [&, i](absl::Status status) { answers[i].set_value(status); };
  };
  const uintmax_t before = SizeOf("attune.db-wal");
  db_->Write(
      absl::InfiniteFuture(),
      [&](Transaction&) {
        running.set_value();
        release.get_future().wait();
        return absl::OkStatus();
      },
      done(0));
  running.get_future().wait();
  for (int64_t id = 1; id <= kWrites; ++id) {
    db_->Write(
        absl::InfiniteFuture(),
        [id](Transaction& tx) { return InsertItem(tx, id); },
        done(static_cast<size_t>(id)));
  }
  release.set_value();
  for (auto& answer : answers) {
    EXPECT_THAT(answer.get_future().get(), IsOk());
  }
  // Each commit of its own would add at least a page to the log.
  EXPECT_LT(SizeOf("attune.db-wal") - before, kWrites / 2 * 4096);
}

TEST_F(SqliteTest, TheLogOfAStoreThatNeverRestsIsBounded) {
  constexpr int64_t kWrites = 100;
  std::atomic<int> failures = 0;
  for (int64_t id = 1; id <= kWrites; ++id) {
    db_->Write(
        absl::InfiniteFuture(),
        [id](Transaction& tx) {
          return tx
              .Run("INSERT INTO item (id, data) VALUES ($1, $2)",
                   {id, Bytes{std::string(kMiB, 'x')}})
              .status();
        },
        [&](absl::Status status) { failures += !status.ok(); });
  }
  ASSERT_THAT(InsertBlob(0, kMiB), IsOk());
  EXPECT_EQ(failures, 0);
  EXPECT_GT(SizeOf("attune.db"), 50 * kMiB);
  EXPECT_LT(SizeOf("attune.db-wal"), 90 * kMiB);
}

TEST_F(SqliteTest, AStoreAtRestWritesItsLogBack) {
  ASSERT_THAT(InsertBlob(1, 8 * kMiB), IsOk());
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (SizeOf("attune.db") < 8 * kMiB && absl::Now() < end) {
    ASSERT_THAT(InRead(*db_, CountItems), IsOk());
  }
  EXPECT_GE(SizeOf("attune.db"), 8 * kMiB);
}

TEST_F(SqliteTest, ClosingLeavesOneFile) {
  ASSERT_THAT(InsertBlob(1, 10), IsOk());
  EXPECT_GT(SizeOf("attune.db-wal"), 0u);
  db_.reset();
  EXPECT_FALSE(std::filesystem::exists(file("attune.db-wal")));
  EXPECT_FALSE(std::filesystem::exists(file("attune.db-shm")));
  Open();
  EXPECT_EQ(*InRead(*db_, CountItems), 1);
}

TEST_F(SqliteTest, AFullDiskIsToldAndReadsGoOn) {
  ASSERT_THAT(InsertBlob(1, 10), IsOk());
  ASSERT_THAT(InWrite(*db_,
                      [](Transaction& tx) {
                        return tx.Run("PRAGMA max_page_count = 64", {});
                      }),
              IsOk());
  const absl::Status full = InsertBlob(2, kMiB);
  EXPECT_THAT(full, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(full, HasReason("DISK_FULL"));
  EXPECT_THAT(db_->Health(), IsOk());
  EXPECT_EQ(*InRead(*db_, CountItems), 1);
  EXPECT_THAT(InsertBlob(3, 10), IsOk());
}

// Makes writes beyond `bytes` into any file fail, as a broken disk would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_ = {};
  void (*handler_)(int);
};

TEST_F(SqliteTest, AnIoErrorEndsAllWritingUntilTheNextStart) {
  int64_t kept = 0;
  {
    const FileSizeLimit limit(kMiB);
    absl::Status status;
    while (status.ok() && kept < 1000) {
      status = InsertBlob(kept, 10'000);
      kept += status.ok();
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_GT(kept, 10);
  }
  // The disk is well again, but what it holds is not known.
  const absl::Status later = InsertBlob(2000, 10);
  EXPECT_THAT(later, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(later, HasReason("STORE_FAILED"));
  EXPECT_THAT(db_->Health(), HasReason("STORE_FAILED"));
  EXPECT_EQ(*InRead(*db_, CountItems), kept);

  db_.reset();
  Open();
  EXPECT_THAT(db_->Health(), IsOk());
  EXPECT_EQ(*InRead(*db_, CountItems), kept);
  EXPECT_THAT(InsertBlob(2000, 10), IsOk());
}

}  // namespace
}  // namespace attune
