// A server from start to stop: token, health, reflection, ports, TLS, draining.

#include <google/protobuf/dynamic_message.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "grpc/health/v1/health.pb.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

grpc::ByteBuffer Buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// A stream of any method, one step at a time.
class RawStream {
 public:
  RawStream(const std::shared_ptr<grpc::Channel>& channel,
            const std::string& method)
      : stub_(channel), stream_(stub_.PrepareCall(&context_, method, &queue_)) {
    stream_->StartCall(nullptr);
    Await();
  }
  ~RawStream() {
    context_.TryCancel();
    grpc::Status status;
    stream_->Finish(&status, nullptr);
    Await();
    queue_.Shutdown();
    void* tag;
    bool ok;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  void Write(const google::protobuf::Message& message) {
    stream_->Write(Buffer(message.SerializeAsString()), nullptr);
    EXPECT_TRUE(Await());
  }
  void Read(google::protobuf::Message& message) {
    grpc::ByteBuffer bytes;
    stream_->Read(&bytes, nullptr);
    ASSERT_TRUE(Await());
    grpc::Slice slice;
    ASSERT_TRUE(bytes.DumpToSingleSlice(&slice).ok());
    ASSERT_TRUE(
        message.ParseFromArray(slice.begin(), static_cast<int>(slice.size())));
  }

 private:
  bool Await() {
    void* tag;
    bool ok = false;
    queue_.Next(&tag, &ok);
    return ok;
  }

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

class RunningTest : public ServerTest {
 protected:
  absl::StatusOr<HealthCheckResponse::ServingStatus> Health(
      const std::string& service) const {
    HealthCheckRequest request;
    request.set_service(service);
    const auto bytes = Anonymous().CallRaw("/grpc.health.v1.Health/Check",
                                           request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    HealthCheckResponse response;
    EXPECT_TRUE(response.ParseFromString(*bytes));
    return response.status();
  }

  static absl::StatusOr<v1::ListTeamsResponse> ListTeams(const Client& client) {
    return client.Call(&v1::DirectoryService::Stub::ListTeams,
                       v1::ListTeamsRequest());
  }
};

TEST_F(RunningTest, TheFirstTokenIsTheOwnersAloneAndStays) {
  struct stat info;
  ASSERT_EQ(stat(server().token_path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
  const std::string token = ReadAll(server().token_path());
  EXPECT_EQ(token.rfind("att_", 0), 0u);
  EXPECT_THAT(ListTeams(Admin()), IsOk());
  Start();
  EXPECT_EQ(ReadAll(server().token_path()), token);
  EXPECT_THAT(ListTeams(Admin()), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto tokens,
                              Admin().Call(&v1::AdminService::Stub::ListTokens,
                                           v1::ListTokensRequest()));
  EXPECT_EQ(tokens.tokens_size(), 1);
}

TEST_F(RunningTest, HealthNeedsNoToken) {
  for (const char* service :
       {"", "attune.v1.AdminService", "attune.v1.DirectoryService",
        "attune.v1.EvaluationService", "attune.v1.FormService",
        "attune.v1.ReportService"}) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto status, Health(service));
    EXPECT_EQ(status, HealthCheckResponse::SERVING) << service;
  }
  EXPECT_THAT(Health("attune.v1.NoService"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RunningTest, ReflectionDescribesEveryServiceItLists) {
  // The client side of reflection comes in no package: its messages do.
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
          "grpc.reflection.v1alpha.ServerReflectionRequest");
  ASSERT_NE(type, nullptr);
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  const std::unique_ptr<google::protobuf::Message> request(
      factory->GetPrototype(type)->New());
  const std::unique_ptr<google::protobuf::Message> response(
      factory
          ->GetPrototype(
              type->file()->FindMessageTypeByName("ServerReflectionResponse"))
          ->New());
  RawStream stream(
      Channel(),
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
  const auto ask = [&](const std::string& text) {
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(text, request.get()));
    stream.Write(*request);
    stream.Read(*response);
    return response->DebugString();
  };
  const std::string listed = ask("list_services: ''");
  for (const char* service :
       {"attune.v1.AdminService", "attune.v1.DirectoryService",
        "attune.v1.EvaluationService", "attune.v1.FormService",
        "attune.v1.ReportService", "grpc.health.v1.Health"}) {
    EXPECT_NE(listed.find(absl::StrCat("name: \"", service, "\"")),
              std::string::npos)
        << listed;
    const std::string described =
        ask(absl::StrCat("file_containing_symbol: '", service, "'"));
    EXPECT_NE(described.find("file_descriptor_proto: "), std::string::npos)
        << described;
  }
}

TEST_F(RunningTest, ATakenPortIsRefused) {
  TempDir other;
  v1::ServerConfig second;
  second.set_data_dir(other.path());
  second.set_grpc(server().grpc_address());
  const auto refused = Server::Start(second);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(refused, HasReason("ADDRESS_UNAVAILABLE"));
  EXPECT_EQ(refused.status().message(),
            absl::StrCat("Cannot listen on ", server().grpc_address(),
                         ": the port is taken, or the host is not this "
                         "machine."));
}

TEST_F(RunningTest, ATakenFolderIsRefused) {
  if (OnPostgres()) GTEST_SKIP() << "Any number of servers share a database.";
  v1::ServerConfig second = config();
  const auto refused = Server::Start(second);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(refused, HasReason("STORE_LOCKED"));
  EXPECT_THAT(ListTeams(Admin()), IsOk());
}

TEST_F(RunningTest, ARequestOverTheLimitIsRefusedByItsSize) {
  config().set_max_request_bytes(2048);
  Start();
  v1::CreateTeamRequest request;
  request.set_team_id("t");
  request.mutable_team()->set_display_name(std::string(2100, 'x'));
  EXPECT_THAT(Admin().Call(&v1::DirectoryService::Stub::CreateTeam, request),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ListTeams(Admin())->teams_size(), 0);
}

TEST_F(RunningTest, BadTextIsRefusedAndNothingIsStored) {
  v1::CreateTeamRequest request;
  request.set_team_id("t");
  request.mutable_team()->set_display_name(std::string("a\0b", 3));
  EXPECT_THAT(Admin().Call(&v1::DirectoryService::Stub::CreateTeam, request),
              HasViolation("team.display_name", "NUL_CHARACTER"));
  const auto raw =
      Admin().CallRaw("/attune.v1.DirectoryService/CreateTeam",
                      std::string("\x0A\x01t\x12\x03\x12\x01\xFF"));
  EXPECT_THAT(raw, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(raw, HasViolation("team.display_name", "UTF8_INVALID"));
  EXPECT_EQ(ListTeams(Admin())->teams_size(), 0);
}

TEST_F(RunningTest, DrainingFinishesWhatRunsAndRefusesTheRest) {
  const Client admin = Admin();
  RawStream watch(Channel(), "/grpc.health.v1.Health/Watch");
  watch.Write(HealthCheckRequest());
  HealthCheckResponse health;
  watch.Read(health);
  EXPECT_EQ(health.status(), HealthCheckResponse::SERVING);

  grpc::ClientContext context;
  admin.Prepare(context);
  v1::ImportEvaluationsResponse response;
  v1::EvaluationService::Stub stub(admin.channel());
  const auto writer = stub.ImportEvaluations(&context, &response);
  writer->WaitForInitialMetadata();  // the server has let it in

  std::thread stopping([&] { server().Stop(absl::Seconds(30)); });
  watch.Read(health);
  EXPECT_EQ(health.status(), HealthCheckResponse::NOT_SERVING);
  const auto late = ListTeams(admin);
  EXPECT_THAT(late, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(late, HasReason("SHUTTING_DOWN"));

  v1::ImportEvaluationsRequest first;
  first.set_skip_bad(true);
  first.set_request_id("r-1");
  first.mutable_evaluation()->set_contact("people/ann/contacts/c1");
  EXPECT_TRUE(writer->Write(first));
  writer->WritesDone();
  EXPECT_THAT(FromGrpc(writer->Finish()), IsOk());
  EXPECT_EQ(response.failed_count(), 1);
  stopping.join();
}

TEST_F(RunningTest, GraceEndsWithWhatStillRunsCancelled) {
  const Client admin = Admin();
  grpc::ClientContext context;
  admin.Prepare(context);
  v1::ImportEvaluationsResponse response;
  v1::EvaluationService::Stub stub(admin.channel());
  const auto writer = stub.ImportEvaluations(&context, &response);
  writer->WaitForInitialMetadata();
  server().Stop(absl::ZeroDuration());
  EXPECT_FALSE(writer->Finish().ok());
}

TEST_F(RunningTest, TlsServesThoseWhoTrustTheCertificate) {
  const std::string cert = folder().file("cert.pem");
  const std::string key = folder().file("key.pem");
  const std::string command = absl::StrCat(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 "
      "-nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost "
      "-keyout ",
      key, " -out ", cert, " 2>/dev/null");
  ASSERT_EQ(std::system(command.c_str()), 0);
  config().set_grpc("0.0.0.0:0");
  config().set_tls_cert(cert);
  config().set_tls_key(key);
  Start();
  grpc::SslCredentialsOptions trust;
  trust.pem_root_certs = ReadAll(cert);
  const auto secure =
      grpc::CreateChannel(absl::StrCat("localhost:", server().grpc_port()),
                          grpc::SslCredentials(trust));
  EXPECT_THAT(ListTeams(Client(secure, Admin().token())), IsOk());
  const auto plain =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", server().grpc_port()),
                          grpc::InsecureChannelCredentials());
  EXPECT_THAT(ListTeams(Client(plain, Admin().token())),
              StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace attune
