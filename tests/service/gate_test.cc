#include "service/gate.h"

#include <gtest/gtest.h>

#include <thread>

#include "google/rpc/error_details.pb.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

int64_t RetryMillis(const absl::Status& status) {
  google::rpc::RetryInfo info;
  const auto payload = status.GetPayload(kRetryInfoUrl);
  if (!payload || !info.ParseFromString(std::string(*payload))) return -1;
  return info.retry_delay().seconds() * 1000 +
         info.retry_delay().nanos() / 1'000'000;
}

TEST(GateTest, LetsInNoMoreThanItTakes) {
  Gate gate(2);
  EXPECT_THAT(gate.Enter(), IsOk());
  EXPECT_THAT(gate.Enter(), IsOk());
  const absl::Status full = gate.Enter();
  EXPECT_THAT(full, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(full, HasReason("TOO_MANY_REQUESTS"));
  EXPECT_EQ(RetryMillis(full), 200);
  gate.Leave();
  EXPECT_THAT(gate.Enter(), IsOk());
}

TEST(GateTest, ClosedLetsNobodyIn) {
  Gate gate(2);
  gate.Close();
  const absl::Status closed = gate.Enter();
  EXPECT_THAT(closed, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(closed, HasReason("SHUTTING_DOWN"));
  EXPECT_EQ(RetryMillis(closed), 1000);
}

TEST(GateTest, WaitsForThoseInside) {
  Gate gate(2);
  ASSERT_THAT(gate.Enter(), IsOk());
  EXPECT_FALSE(gate.WaitUntilEmpty(absl::Now()));
  std::thread leaver([&] { gate.Leave(); });
  EXPECT_TRUE(gate.WaitUntilEmpty(absl::InfiniteFuture()));
  leaver.join();
}

}  // namespace
}  // namespace attune
