#include "service/grpc_status.h"

#include <gtest/gtest.h>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/violations.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attune {
namespace {

google::rpc::Status Details(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::ErrorInfo info;
  const google::rpc::Status details = Details(status);
  for (const auto& detail : details.details()) {
    if (detail.type_url() == kErrorInfoUrl) {
      EXPECT_TRUE(info.ParseFromString(detail.value()));
    }
  }
  return info;
}

TEST(GrpcStatusTest, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus(), "r").ok());
}

TEST(GrpcStatusTest, PayloadsBecomeDetailsInOneOrder) {
  const grpc::Status status =
      ToGrpcStatus(WithRetryAfterMillis(NotFound("forms/call"), 1500), "r-1");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "forms/call was not found.");
  const google::rpc::Status details = Details(status);
  EXPECT_EQ(details.code(), 5);
  EXPECT_EQ(details.message(), "forms/call was not found.");
  ASSERT_EQ(details.details_size(), 3);
  EXPECT_EQ(details.details(0).type_url(), kErrorInfoUrl);
  EXPECT_EQ(details.details(1).type_url(), kResourceInfoUrl);
  EXPECT_EQ(details.details(2).type_url(), kRetryInfoUrl);
}

TEST(GrpcStatusTest, EveryErrorTellsReasonDomainAndRequest) {
  const google::rpc::ErrorInfo ours =
      InfoOf(ToGrpcStatus(EtagMismatch("forms/call"), "r-1"));
  EXPECT_EQ(ours.reason(), "ETAG_MISMATCH");
  EXPECT_EQ(ours.domain(), "attune");
  EXPECT_EQ(ours.metadata().at("request_id"), "r-1");
  const google::rpc::ErrorInfo bare =
      InfoOf(ToGrpcStatus(absl::DeadlineExceededError("late"), "r-2"));
  EXPECT_EQ(bare.reason(), "DEADLINE_EXCEEDED");
  EXPECT_EQ(bare.metadata().at("request_id"), "r-2");
}

TEST(GrpcStatusTest, BugsKeepTheirInnardsToThemselves) {
  for (const auto code :
       {absl::StatusCode::kInternal, absl::StatusCode::kUnknown}) {
    absl::Status bug(code, "SELECT secret FROM /var/lib/attune");
    bug.SetPayload("type.googleapis.com/x", absl::Cord("stack"));
    const grpc::Status status = ToGrpcStatus(bug, "r-9");
    EXPECT_EQ(status.error_message(),
              "Something went wrong in the server; its log tells more under "
              "request_id=r-9.");
    EXPECT_EQ(status.error_details().find("secret"), std::string::npos);
    EXPECT_EQ(status.error_details().find("stack"), std::string::npos);
  }
}

TEST(GrpcStatusTest, LongMessagesAreCutBetweenCharacters) {
  std::string text = "x";
  for (int i = 0; i < 1500; ++i) text += "\u00e9";  // two bytes each
  EXPECT_EQ(ToGrpcStatus(absl::AbortedError(text), "r").error_message(),
            text.substr(0, 1023) + "...");
  const std::string ascii(3000, 'x');
  EXPECT_EQ(ToGrpcStatus(absl::AbortedError(ascii), "r").error_message(),
            ascii.substr(0, 1024) + "...");
}

TEST(GrpcStatusTest, ViolationsAreLeftOutFromTheEndUntilGrpcCanCarryThem) {
  Violations bad;
  for (int i = 0; i < 20; ++i) {
    bad.Add(absl::StrCat("field_", i, std::string(200, 'f')), "REASON",
            std::string(200, 'd'));
  }
  const grpc::Status status = ToGrpcStatus(bad.ToStatus(), "r");
  EXPECT_LE(status.error_message().size() + status.error_details().size(),
            7u * 1024);
  absl::Status back = absl::InvalidArgumentError("");
  const google::rpc::Status details = Details(status);
  for (const auto& detail : details.details()) {
    back.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  const Violations kept = Violations::FromStatus(back);
  ASSERT_EQ(kept.all().size(), 14u);
  EXPECT_TRUE(absl::StartsWith(kept.all()[13].field, "field_13f"));
}

}  // namespace
}  // namespace attune
