#include "service/settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

absl::StatusOr<v1::ServerConfig> Read(const std::string& text) {
  TempDir folder;
  const std::string path = folder.file("attuned.textproto");
  std::ofstream(path) << text;
  return ReadConfig(path);
}

TEST(SettingsTest, NothingSaidGivesTheDefaults) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const Settings settings,
                              Settings::Make(v1::ServerConfig()));
  EXPECT_EQ(settings.data_dir, "./var");
  EXPECT_EQ(settings.address, "127.0.0.1:7400");
  EXPECT_EQ(settings.max_request_bytes, 4194304);
  EXPECT_EQ(settings.max_in_flight, 1024);
  EXPECT_EQ(settings.longest_call, absl::Seconds(30));
  EXPECT_EQ(settings.shutdown_grace, absl::Seconds(10));
  EXPECT_EQ(settings.store.reader_threads, 2);
  EXPECT_EQ(settings.contest_days, 14);
  EXPECT_EQ(settings.feedback_owner, "");
}

TEST(SettingsTest, TheExampleHoldsTheDefaults) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ServerConfig config,
      ReadConfig(ATTUNE_SOURCE_DIR "/config/attuned.textproto"));
  EXPECT_THAT(Settings::Make(config), IsOk());
  EXPECT_EQ(config.data_dir(), "./var");
  EXPECT_EQ(config.grpc(), "127.0.0.1:7400");
}

TEST(SettingsTest, EverythingOutOfRangeIsToldAtOnce) {
  v1::ServerConfig config;
  config.set_grpc("nowhere");
  config.set_max_request_bytes(-1);
  config.set_max_in_flight(100'001);
  config.set_deadline_seconds(-5);
  config.set_shutdown_grace_seconds(3601);
  config.set_reader_threads(65);
  config.set_contest_days(366);
  config.set_feedback_owner("quinn");
  config.set_tls_key("key.pem");
  const absl::Status status = Settings::Make(config).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasViolation("grpc", "ADDRESS_MALFORMED"));
  EXPECT_THAT(status, HasViolation("max_request_bytes", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasViolation("max_in_flight", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasViolation("deadline_seconds", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasViolation("shutdown_grace_seconds", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasViolation("reader_threads", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasViolation("contest_days", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasViolation("feedback_owner", "NAME_INVALID"));
  EXPECT_THAT(status, HasViolation("tls_cert", "REQUIRED"));
}

TEST(SettingsTest, BeyondThisMachineNeedsTls) {
  v1::ServerConfig config;
  config.set_grpc("0.0.0.0:7400");
  const absl::Status status = Settings::Make(config).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(status, HasReason("TLS_REQUIRED"));
  EXPECT_EQ(status.message(),
            "Other machines could reach 0.0.0.0:7400, and tokens would travel "
            "in the clear: give --tls-cert and --tls-key, or listen on "
            "127.0.0.1.");
}

TEST(SettingsTest, TlsFilesMustBeThereAndBePem) {
  TempDir folder;
  v1::ServerConfig config;
  config.set_tls_cert(folder.file("cert.pem"));
  config.set_tls_key(folder.file("key.pem"));
  EXPECT_THAT(Settings::Make(config),
              HasViolation("tls_cert", "FILE_UNREADABLE"));
  std::ofstream(config.tls_cert()) << "no certificate";
  EXPECT_THAT(Settings::Make(config),
              HasViolation("tls_key", "FILE_UNREADABLE"));
  std::ofstream(config.tls_key()) << "no key";
  EXPECT_THAT(Settings::Make(config), HasViolation("tls_cert", "PEM_INVALID"));
}

TEST(SettingsTest, UnknownFieldsAreToldWithTheirLine) {
  const auto config = Read("data_dir: './x'\nmax_in_fligth: 3\n");
  EXPECT_THAT(config, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(config, HasReason("CONFIG_MALFORMED"));
  EXPECT_NE(config.status().message().find("line 2, column 14"),
            absl::string_view::npos)
      << config.status();
  EXPECT_NE(config.status().message().find("max_in_fligth"),
            absl::string_view::npos)
      << config.status();
}

TEST(SettingsTest, AMissingFileIsNotFound) {
  const auto config = ReadConfig("/nowhere/attuned.textproto");
  EXPECT_THAT(config, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(config, HasReason("FILE_UNREADABLE"));
}

}  // namespace
}  // namespace attune
