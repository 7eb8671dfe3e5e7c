#include "service/first_token.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "engine/store/sqlite.h"
#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

class FirstTokenTest : public testing::Test {
 protected:
  void SetUp() override {
    ATTUNE_ASSERT_OK_AND_ASSIGN(database_,
                                OpenSqlite({.folder = folder_.file("data")}));
  }

  static std::string FirstLine(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
  }

  absl::Status Ensure(const std::string& path) {
    return EnsureFirstToken(*database_, tokens_, path);
  }

  // Who the token is taken for.
  absl::StatusOr<Caller> Recognise(const std::string& secret) {
    absl::StatusOr<Caller> caller = absl::UnknownError("");
    EXPECT_THAT(database_->ReadAndWait([&](Transaction& tx) {
      caller = tokens_.Authenticate(tx, secret);
      return absl::OkStatus();
    }),
                IsOk());
    return caller;
  }

  TempDir folder_;
  const Tokens tokens_{SystemClock()};
  std::unique_ptr<Database> database_;
  const std::string path_ = folder_.file("admin.token");
};

TEST_F(FirstTokenTest, IsAnAdministratorsAndForItsOwnerAlone) {
  ASSERT_THAT(Ensure(path_), IsOk());
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Caller caller, Recognise(FirstLine(path_)));
  EXPECT_EQ(caller.person, "");
  EXPECT_EQ(caller.roles.bits(), RoleSet().Add(v1::ROLE_ADMIN).bits());
}

TEST_F(FirstTokenTest, IsMadeOnce) {
  ASSERT_THAT(Ensure(path_), IsOk());
  const std::string secret = FirstLine(path_);
  ASSERT_THAT(Ensure(path_), IsOk());
  EXPECT_EQ(FirstLine(path_), secret);
  std::filesystem::remove(path_);
  ASSERT_THAT(Ensure(path_), IsOk());
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(FirstTokenTest, WhatAStartThatWasCutShortLeftIsReplaced) {
  std::ofstream(path_) << "of a store that never was";
  std::ofstream(path_ + ".new") << "half";
  ASSERT_THAT(Ensure(path_), IsOk());
  EXPECT_THAT(Recognise(FirstLine(path_)), IsOk());
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST_F(FirstTokenTest, AStoreWhoseTokenCouldNotBeWrittenHasNone) {
  std::ofstream(folder_.file("file")) << "not a folder";
  const std::string nowhere = folder_.file("file/admin.token");
  const absl::Status status = Ensure(nowhere);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(status, HasReason("FILE_UNWRITABLE"));
  EXPECT_THAT(Ensure(path_), IsOk());
  EXPECT_THAT(Recognise(FirstLine(path_)), IsOk());
}

}  // namespace
}  // namespace attune
