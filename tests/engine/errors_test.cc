#include "engine/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/ids.h"
#include "engine/violations.h"
#include "google/rpc/error_details.pb.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

TEST(ErrorsTest, CarryTheirReasonAndResource) {
  const absl::Status status = NotFound("forms/call");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(status, HasReason("NOT_FOUND"));
  google::rpc::ResourceInfo info;
  ASSERT_TRUE(
      info.ParseFromString(std::string(*status.GetPayload(kResourceInfoUrl))));
  EXPECT_EQ(info.resource_name(), "forms/call");
}

TEST(ErrorsTest, RetryTellsWhen) {
  const absl::Status status = WithRetryAfterMillis(
      MakeError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE", "Away."),
      1500);
  google::rpc::RetryInfo info;
  ASSERT_TRUE(
      info.ParseFromString(std::string(*status.GetPayload(kRetryInfoUrl))));
  EXPECT_EQ(info.retry_delay().seconds(), 1);
  EXPECT_EQ(info.retry_delay().nanos(), 500'000'000);
}

TEST(ViolationsTest, NoneIsOk) { EXPECT_THAT(Violations().ToStatus(), IsOk()); }

TEST(ViolationsTest, AreToldAllAtOnce) {
  Violations bad;
  bad.Add("a", "A_WRONG", "An a is right.");
  bad.Add("b", "B_WRONG", "A b is right.");
  const absl::Status status = bad.ToStatus();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasViolation("a", "A_WRONG"));
  EXPECT_THAT(status, HasViolation("b", "B_WRONG"));
  EXPECT_EQ(status.message(), "a: An a is right. (and 1 more)");
}

TEST(ViolationsTest, StayUnderWhatGrpcCanCarry) {
  Violations bad;
  for (int i = 0; i < 1000; ++i) {
    bad.Add(absl::StrCat("field", std::string(1000, 'x')), "LONG",
            // Three bytes a character: the cut must not fall inside one.
            std::string("€").append(std::string(999, 'y')));
  }
  const absl::Status status = bad.ToStatus();
  size_t bytes = status.message().size();
  status.ForEachPayload([&](absl::string_view, const absl::Cord& payload) {
    bytes += payload.size();
  });
  EXPECT_LT(bytes, 12'000u);
  EXPECT_EQ(Violations::FromStatus(status).all().size(), 20u);
  EXPECT_TRUE(IsCleanUtf8(Violations::FromStatus(status).all()[0].description));
}

TEST(ViolationsTest, AreMovedUnderAnotherPath) {
  Violations inner;
  inner.Add("weight", "WEIGHT_NEGATIVE", "A weight is 0 or more.");
  Violations outer;
  outer.Append("form.sections[0].", inner);
  EXPECT_THAT(outer.ToStatus(),
              HasViolation("form.sections[0].weight", "WEIGHT_NEGATIVE"));
}

}  // namespace
}  // namespace attune
