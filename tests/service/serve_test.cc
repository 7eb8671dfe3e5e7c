// What every RPC goes through, with a store that does what the test says.

#include "service/serve.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "attune/v1/admin_service.pb.h"
#include "google/rpc/error_details.pb.h"
#include "service/byte_service.h"
#include "tests/service/fake_database.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

constexpr char kRevoke[] = "/attune.v1.AdminService/RevokeToken";
constexpr char kList[] = "/attune.v1.AdminService/ListTokens";

// A service of two methods, of which none is ever reached.
class Unreached final : public ByteService {
 public:
  Unreached(Serve& serve, const Tokens& tokens)
      : ByteService("attune.v1.AdminService", serve) {
    Unary("RevokeToken", tokens, &Tokens::Revoke);
    Unary("ListTokens", tokens, &Tokens::List);
  }
};

class ServeTest : public testing::Test {
 protected:
  void SetUp() override { spdlog::set_level(spdlog::level::off); }
  void TearDown() override {
    server_->Shutdown();
    server_->Wait();
  }

  // Transactions do what `behaviour` says.
  Client Start(FakeDatabase::Behaviour behaviour, Serve::Options options) {
    database_.emplace(std::move(behaviour));
    serve_.emplace(*database_, tokens_, std::move(options));
    service_.emplace(*serve_, tokens_);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&*service_);
    server_ = builder.BuildAndStart();
    return Client(grpc::CreateChannel(absl::StrCat("127.0.0.1:", port),
                                      grpc::InsecureChannelCredentials()),
                  "att_a_b");
  }
  Client Start(FakeDatabase::Behaviour behaviour) {
    return Start(std::move(behaviour), Serve::Options());
  }
  // Every transaction ends with `status`.
  Client StartWith(absl::Status status) {
    return Start(
        [status](absl::Time, const Database::Done& done) { done(status); });
  }

  Tokens tokens_{SystemClock()};
  std::optional<FakeDatabase> database_;
  std::optional<Serve> serve_;
  std::optional<Unreached> service_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(ServeTest, WithoutATokenTheStoreIsNotAsked) {
  bool asked = false;
  const Client client = Start([&](absl::Time, const Database::Done& done) {
    asked = true;
    done(absl::OkStatus());
  });
  const auto answer = Client(client.channel(), "").CallRaw(kList, "");
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(answer, HasReason("TOKEN_MISSING"));
  EXPECT_FALSE(asked);
}

TEST_F(ServeTest, AMethodThatIsNotThereIsUnimplemented) {
  const Client client = StartWith(absl::OkStatus());
  EXPECT_THAT(client.CallRaw("/attune.v1.AdminService/Format", ""),
              StatusIs(absl::StatusCode::kUnimplemented));
}

TEST_F(ServeTest, DetailsArriveWithRoomToSpare) {
  Violations bad;
  for (int i = 0; i < 20; ++i) {
    std::string text;
    while (text.size() < 238) text += "\u00e9";  // two bytes, escaped to six
    bad.Add(absl::StrCat("field[", i, "].", text), "REASON", text);
  }
  const auto answer = StartWith(bad.ToStatus()).CallRaw(kList, "");
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_GE(Violations::FromStatus(answer.status()).all().size(), 5u);
}

TEST_F(ServeTest, TheLongestTimeIsTheStoresDeadline) {
  absl::Time deadline;
  Serve::Options options;
  options.longest = absl::Seconds(7);
  const Client client = Start(
      [&](absl::Time given, const Database::Done& done) {
        deadline = given;
        done(absl::DeadlineExceededError("late"));
      },
      options);
  const absl::Time before = absl::Now();
  const auto answer = client.CallRaw(kRevoke, "");
  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(answer, HasReason("DEADLINE_EXCEEDED"));
  EXPECT_GE(deadline, before + absl::Seconds(7));
  EXPECT_LE(deadline, absl::Now() + absl::Seconds(7));
}

TEST_F(ServeTest, ACallerMayWantItSooner) {
  absl::Time deadline;
  const Client client =
      Start([&](absl::Time given, const Database::Done& done) {
        deadline = given;
        done(absl::OkStatus());
      });
  grpc::ClientContext context;
  client.Prepare(context);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(5)));
  v1::AdminService::Stub stub(client.channel());
  v1::ListTokensResponse response;
  ASSERT_TRUE(
      stub.ListTokens(&context, v1::ListTokensRequest(), &response).ok());
  // On the wire it is rounded up.
  EXPECT_LE(deadline, absl::Now() + absl::Seconds(6));
}

TEST_F(ServeTest, BeyondTheMostCallersAreToldToTryAgain) {
  Database::Done held;
  absl::Notification holding;
  Serve::Options options;
  options.max_in_flight = 1;
  const Client client = Start(
      [&](absl::Time, Database::Done done) {
        if (holding.HasBeenNotified()) return done(absl::OkStatus());
        held = std::move(done);
        holding.Notify();
      },
      options);
  std::thread first([&] { EXPECT_THAT(client.CallRaw(kList, ""), IsOk()); });
  holding.WaitForNotification();
  const auto second = client.CallRaw(kList, "");
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(second, HasReason("TOO_MANY_REQUESTS"));
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(retry.ParseFromString(
      std::string(second.status().GetPayload(kRetryInfoUrl).value())));
  EXPECT_EQ(retry.retry_delay().nanos(), 200'000'000);
  held(absl::OkStatus());
  first.join();
  EXPECT_THAT(client.CallRaw(kList, ""), IsOk());
}

TEST_F(ServeTest, TheRequestIdComesBack) {
  const Client client = StartWith(NotFound("tokens/x"));
  v1::AdminService::Stub stub(client.channel());
  const struct {
    const char* sent;
    bool kept;
  } kTable[] = {{"abc-1.2_3:4", true}, {"a b", false}, {"", false}};
  for (const auto& row : kTable) {
    grpc::ClientContext context;
    client.Prepare(context);
    context.AddMetadata("x-request-id", row.sent);
    v1::Token token;
    const grpc::Status status =
        stub.RevokeToken(&context, v1::RevokeTokenRequest(), &token);
    const auto& metadata = context.GetServerInitialMetadata();
    const auto echoed = metadata.find("x-request-id");
    ASSERT_NE(echoed, metadata.end()) << row.sent;
    const std::string id(echoed->second.data(), echoed->second.size());
    EXPECT_EQ(id == row.sent, row.kept) << row.sent;
    EXPECT_EQ(id.size(), row.kept ? 11u : 36u) << row.sent;
    google::rpc::ErrorInfo info;
    ASSERT_TRUE(info.ParseFromString(
        std::string(FromGrpc(status).GetPayload(kErrorInfoUrl).value())));
    EXPECT_EQ(info.metadata().at("request_id"), id);
  }
}

TEST_F(ServeTest, TheLogTellsOfTheCallButNotWhatItWasAbout) {
  const Client client = StartWith(absl::InternalError("line\n\"two\""));
  std::ostringstream log;
  auto previous = spdlog::default_logger();
  auto logger = std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  logger->set_pattern("%l %v");
  spdlog::set_default_logger(logger);
  v1::RevokeTokenRequest request;
  request.set_name("tokens/what-it-was-about");
  (void)client.CallRaw(kRevoke, request.SerializeAsString());
  spdlog::set_default_logger(previous);
  EXPECT_EQ(log.str().find("what-it-was-about"), std::string::npos);
  EXPECT_EQ(log.str().find("att_a_b"), std::string::npos);
  EXPECT_EQ(
      log.str().rfind(
          "error method=/attune.v1.AdminService/RevokeToken code=INTERNAL ", 0),
      0u)
      << log.str();
  EXPECT_NE(log.str().find(" detail=\"line\\n\\\"two\\\"\"\n"),
            std::string::npos)
      << log.str();
}

}  // namespace
}  // namespace attune
