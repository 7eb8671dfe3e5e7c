// The stream of BacktestForm, and what every stream of progress does.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "engine/store/sqlite.h"
#include "service/byte_service.h"
#include "service/first_token.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using Stream = std::unique_ptr<grpc::ClientReader<v1::BacktestFormResponse>>;

// Everything that came, and how it ended.
struct Received {
  std::vector<v1::BacktestFormResponse> messages;
  absl::Status status;
};

Received Backtest(const Client& client,
                  const v1::BacktestFormRequest& request) {
  grpc::ClientContext context;
  client.Prepare(context);
  v1::FormService::Stub stub(client.channel());
  const Stream stream = stub.BacktestForm(&context, request);
  Received received;
  v1::BacktestFormResponse message;
  while (stream->Read(&message)) received.messages.push_back(message);
  received.status = FromGrpc(stream->Finish());
  return received;
}

class BacktestTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddPerson("ann", {v1::ROLE_AGENT}, "red");
    AddPerson("ada", {v1::ROLE_ADVOCATE}, "red");
    AddPerson("lea", {v1::ROLE_LEAD}, "red");
    AddPerson("quinn", {v1::ROLE_QA_LEAD}, "");
    AddForm("call");
    const Client ada = ClientOf("ada");
    for (const char* contact : {"c1", "c2"}) {
      AddContact("ann", contact);
      auto request = Text<v1::SubmitEvaluationRequest>(R"pb(
        parent: "people/ann"
        evaluation {
          form_revision: "forms/call"
          answers { question_id: "q" choice_id: "yes" }
        })pb");
      request.mutable_evaluation()->set_contact(
          absl::StrCat("people/ann/contacts/", contact));
      ASSERT_THAT(
          ada.Call(&v1::EvaluationService::Stub::SubmitEvaluation, request),
          IsOk());
    }
  }

  static v1::BacktestFormRequest Request() {
    return Text<v1::BacktestFormRequest>(
        "name: 'forms/call' against: 'forms/call'");
  }
};

TEST_F(BacktestTest, ProgressComesFirstAndTheResultLast) {
  const Received received = Backtest(ClientOf("quinn"), Request());
  ASSERT_THAT(received.status, IsOk());
  ASSERT_GE(received.messages.size(), 1u);
  for (size_t i = 0; i + 1 < received.messages.size(); ++i) {
    EXPECT_EQ(received.messages[i].progress().total(), 2);
  }
  EXPECT_EQ(received.messages.back().result().compared(), 2);
  EXPECT_EQ(received.messages.back().result().after().mean_percent(), 100);
}

TEST_F(BacktestTest, OnlyThoseWhoMayTryFormsOut) {
  for (const char* person : {"ann", "ada", "lea"}) {
    const Received received = Backtest(ClientOf(person), Request());
    EXPECT_THAT(received.status, StatusIs(absl::StatusCode::kPermissionDenied))
        << person;
    EXPECT_EQ(received.messages.size(), 0u);
  }
  EXPECT_THAT(Backtest(Anonymous(), Request()).status,
              StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(Backtest(Client(Channel(), "att_no_such"), Request()).status,
              StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(BacktestTest, BadRequestsAreNamedBeforeAnythingIsSent) {
  const struct {
    const char* request;
    const char* field;
    const char* reason;
  } kTable[] = {
      {"against: 'forms/call'", "source", "SOURCE_MISSING"},
      {"name: 'call' against: 'forms/call'", "name", "NAME_INVALID"},
      {"name: 'forms/call' against: 'call'", "against", "NAME_INVALID"},
      {"name: 'forms/call' against: 'forms/call' team: 'red'", "team",
       "NAME_INVALID"},
      {"name: 'forms/call' against: 'forms/call' period { first_day: '1' }",
       "period.first_day", "DATE_INVALID"},
      {"name: 'forms/call' against: 'forms/call' period { "
       "first_day: '2026-01-02' last_day: '2026-01-01' }",
       "period", "PERIOD_BACKWARDS"},
  };
  const Client quinn = ClientOf("quinn");
  for (const auto& row : kTable) {
    const Received received =
        Backtest(quinn, Text<v1::BacktestFormRequest>(row.request));
    EXPECT_EQ(received.messages.size(), 0u) << row.request;
    EXPECT_THAT(received.status, StatusIs(absl::StatusCode::kInvalidArgument))
        << row.request;
    EXPECT_THAT(received.status, HasViolation(row.field, row.reason))
        << row.request;
  }
  v1::BacktestFormRequest nul = Request();
  nul.set_team(std::string("teams/\0", 7));
  EXPECT_THAT(Backtest(quinn, nul).status,
              HasViolation("team", "NUL_CHARACTER"));
}

TEST_F(BacktestTest, ManyInARowLeaveNothingBehind) {
  const Client quinn = ClientOf("quinn");
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(Backtest(quinn, Request()).status, IsOk()) << i;
  }
}

// Tells progress until it is told to stop.
class Endless {
 public:
  absl::StatusOr<v1::BacktestFormResponse> Run(
      Transaction&, const Caller&, const v1::BacktestFormRequest&,
      const std::function<absl::Status(const v1::BacktestFormResponse&)>& tell)
      const {
    v1::BacktestFormResponse response;
    absl::Status status;
    for (int64_t done = 1; status.ok(); ++done) {
      response.mutable_progress()->set_done(done);
      status = tell(response);
      std::this_thread::yield();
    }
    ++stopped;
    return status;
  }
  mutable std::atomic<int> stopped = 0;
};

class EndlessService final : public ByteService {
 public:
  EndlessService(Serve& serve, const Endless& endless)
      : ByteService("attune.v1.FormService", serve) {
    Progressing("BacktestForm", endless, &Endless::Run);
  }
};

class ProgressStreamTest : public testing::Test {
 protected:
  void SetUp() override {
    spdlog::set_level(spdlog::level::off);
    ATTUNE_ASSERT_OK_AND_ASSIGN(database_,
                                OpenSqlite({.folder = folder_.file("data")}));
    const std::string path = folder_.file("token");
    ASSERT_THAT(EnsureFirstToken(*database_, tokens_, path), IsOk());
    std::ifstream(path) >> token_;
    serve_.emplace(*database_, tokens_, Serve::Options());
    service_.emplace(*serve_, endless_);
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&*service_);
    server_ = builder.BuildAndStart();
    channel_ = grpc::CreateChannel(absl::StrCat("127.0.0.1:", port),
                                   grpc::InsecureChannelCredentials());
  }
  void TearDown() override {
    // When this returns, every call is over.
    EXPECT_TRUE(serve_->Drain(absl::Now() + absl::Seconds(30)));
    server_->Shutdown();
    server_->Wait();
    database_.reset();
  }
  Client Admin() const { return Client(channel_, token_); }

  TempDir folder_;
  Tokens tokens_{SystemClock()};
  std::unique_ptr<Database> database_;
  std::string token_;
  std::optional<Serve> serve_;
  Endless endless_;
  std::optional<EndlessService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ProgressStreamTest, WhoHangsUpStopsTheWork) {
  grpc::ClientContext context;
  Admin().Prepare(context);
  v1::FormService::Stub stub(channel_);
  const Stream stream = stub.BacktestForm(&context, {});
  v1::BacktestFormResponse message;
  int64_t last = 0;
  for (int i = 0; i < 3; ++i) {  // slower than it is told: the newest counts
    ASSERT_TRUE(stream->Read(&message));
    EXPECT_GT(message.progress().done(), last);
    last = message.progress().done();
  }
  context.TryCancel();
  while (stream->Read(&message)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(serve_->Drain(absl::Now() + absl::Seconds(30)));
  EXPECT_EQ(endless_.stopped, 1);
}

TEST_F(ProgressStreamTest, TheDeadlineStopsTheWork) {
  grpc::ClientContext context;
  Admin().Prepare(context);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
  v1::FormService::Stub stub(channel_);
  const Stream stream = stub.BacktestForm(&context, {});
  v1::BacktestFormResponse message;
  while (stream->Read(&message)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(serve_->Drain(absl::Now() + absl::Seconds(30)));
  EXPECT_EQ(endless_.stopped, 1);
}

TEST_F(ProgressStreamTest, ASecondOneIsAskedToComeAgain) {
  grpc::ClientContext context;
  Admin().Prepare(context);
  v1::FormService::Stub stub(channel_);
  const Stream stream = stub.BacktestForm(&context, {});
  v1::BacktestFormResponse message;
  ASSERT_TRUE(stream->Read(&message));
  const Received second = Backtest(Admin(), {});
  EXPECT_THAT(second.status, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(second.status, HasReason("TOO_MANY_REQUESTS"));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

}  // namespace
}  // namespace attune
