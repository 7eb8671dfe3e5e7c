// A server whose database goes away says so, and is back when it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "grpc/health/v1/health.pb.h"
#include "tests/postgres_cluster.h"
#include "tests/service/server_test.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

class PostgresHealthTest : public ServerTest {
 protected:
  void SetUp() override {
    config().set_database(cluster_.Url());
    ServerTest::SetUp();
  }

  HealthCheckResponse::ServingStatus Health(const std::string& service) {
    HealthCheckRequest request;
    request.set_service(service);
    const auto bytes = Anonymous().CallRaw("/grpc.health.v1.Health/Check",
                                           request.SerializeAsString());
    HealthCheckResponse response;
    EXPECT_TRUE(bytes.ok() && response.ParseFromString(*bytes));
    return response.status();
  }

  void WaitFor(HealthCheckResponse::ServingStatus status) {
    for (const char* service : {"", "attune.v1.EvaluationService"}) {
      while (Health(service) != status) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    }
  }

  absl::StatusOr<v1::ListTeamsResponse> ListTeams() {
    return Admin().Call(&v1::DirectoryService::Stub::ListTeams,
                        v1::ListTeamsRequest());
  }

  PostgresCluster cluster_{{}};
};

TEST_F(PostgresHealthTest, FollowsTheDatabase) {
  EXPECT_EQ(Health(""), HealthCheckResponse::SERVING);
  AddTeam("red");
  cluster_.Kill();
  WaitFor(HealthCheckResponse::NOT_SERVING);
  const auto refused = ListTeams();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(refused, HasReason("STORE_UNREACHABLE"));
  EXPECT_TRUE(refused.status().GetPayload(kRetryInfoUrl).has_value());
  cluster_.Start();
  WaitFor(HealthCheckResponse::SERVING);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListTeamsResponse teams, ListTeams());
  EXPECT_EQ(teams.teams_size(), 1);
}

}  // namespace
}  // namespace attune
