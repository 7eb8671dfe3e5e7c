// A server on a folder and port of its own, and clients of it.

#ifndef ATTUNE_TESTS_SERVICE_SERVER_TEST_H_
#define ATTUNE_TESTS_SERVICE_SERVER_TEST_H_

#include <google/protobuf/text_format.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "attune/v1/calibration_service.grpc.pb.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/floor_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "attune/v1/report_service.grpc.pb.h"
#include "attune/v1/self_check_service.grpc.pb.h"
#include "attune/v1/server_config.pb.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/clock.h"
#include "google/rpc/status.pb.h"
#include "service/server.h"
#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {

// A message from text format; fails the test if it is not one.
template <typename Message>
Message Text(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

// With its details as payloads, so that the matchers of engine errors fit.
absl::Status FromGrpc(const grpc::Status& status);

// Somebody who calls, with a token or without.
class Client {
 public:
  Client(std::shared_ptr<grpc::Channel> channel, std::string token)
      : channel_(std::move(channel)), token_(std::move(token)) {}

  // client.Call(&v1::FormService::Stub::GetForm, request)
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request) const {
    grpc::ClientContext context;
    Prepare(context);
    Response response;
    Stub stub(channel_);
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  // Any method, by its full name, with any bytes.
  absl::StatusOr<std::string> CallRaw(const std::string& method,
                                      const std::string& request) const;

  // Adds the token.
  void Prepare(grpc::ClientContext& context) const;
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const std::string& token() const { return token_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::string token_;
};

// On the embedded store, or, with ATTUNE_TEST_STORE=postgres in the
// environment, on PostgreSQL.
class ServerTest : public testing::Test {
 protected:
  static bool OnPostgres();

  // Before Start: what to change in the configuration, and whose time it is.
  v1::ServerConfig& config() { return config_; }
  void SetClock(Clock clock) { clock_ = std::move(clock); }
  void SetUp() override { Start(); }
  void Start();

  Server& server() { return *server_; }
  void Destroy() { server_.reset(); }
  const TempDir& folder() const { return folder_; }
  // A new connection each time.
  std::shared_ptr<grpc::Channel> Channel() const;
  Client Anonymous() const { return Client(Channel(), ""); }
  Client Admin() const;

  void AddTeam(const std::string& id);
  // `team` may be empty.
  void AddPerson(const std::string& id, const std::vector<v1::Role>& roles,
                 const std::string& team);
  // With a transcript of one segment.
  void AddContact(const std::string& person, const std::string& id);
  // A published form `id` of one yes/no question `q` with choices yes and no.
  void AddForm(const std::string& id);
  // A client with a token that speaks for this person.
  Client ClientOf(const std::string& person);

 private:
  TempDir folder_;
  v1::ServerConfig config_;
  Clock clock_ = SystemClock();
  std::unique_ptr<Server> server_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_SERVICE_SERVER_TEST_H_
