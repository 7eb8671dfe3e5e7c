#include "tests/service/server_test.h"

#include <grpcpp/generic/generic_stub.h>
#include <spdlog/spdlog.h>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "tests/postgres_cluster.h"

namespace attune {
namespace {

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  (void)buffer.Dump(&slices);
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& detail : details.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return result;
}

void Client::Prepare(grpc::ClientContext& context) const {
  if (!token_.empty()) {
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token_));
  }
}

absl::StatusOr<std::string> Client::CallRaw(const std::string& method,
                                            const std::string& request) const {
  grpc::ClientContext context;
  Prepare(context);
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  grpc::Status status;
  absl::Notification done;
  grpc::GenericStub stub(channel_);
  stub.UnaryCall(&context, method, grpc::StubOptions(), &sent, &received,
                 [&](grpc::Status answer) {
                   status = std::move(answer);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (!status.ok()) return FromGrpc(status);
  return BytesOf(received);
}

bool ServerTest::OnPostgres() {
  const char* const store = std::getenv("ATTUNE_TEST_STORE");
  return store != nullptr && absl::string_view(store) == "postgres";
}

void ServerTest::Start() {
  spdlog::set_level(spdlog::level::off);
  server_.reset();  // first: a folder has one server
  config_.set_data_dir(folder_.file("data"));
  if (config_.grpc().empty()) config_.set_grpc("127.0.0.1:0");
  if (OnPostgres() && config_.database().empty()) {
    config_.set_database(PostgresCluster::Shared().NewUrl());
    config_.set_database_connections(8);
  }
  ATTUNE_ASSERT_OK_AND_ASSIGN(server_, Server::Start(config_, clock_));
}

std::shared_ptr<grpc::Channel> ServerTest::Channel() const {
  grpc::ChannelArguments arguments;
  // Else all channels of a process share one connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(
      server_->grpc_address(), grpc::InsecureChannelCredentials(), arguments);
}

Client ServerTest::Admin() const {
  std::ifstream file(server_->token_path());
  std::string token;
  file >> token;
  return Client(Channel(), token);
}

void ServerTest::AddTeam(const std::string& id) {
  v1::CreateTeamRequest request;
  request.set_team_id(id);
  request.mutable_team();
  ASSERT_THAT(Admin().Call(&v1::DirectoryService::Stub::CreateTeam, request),
              IsOk());
}

void ServerTest::AddPerson(const std::string& id,
                           const std::vector<v1::Role>& roles,
                           const std::string& team) {
  v1::CreatePersonRequest request;
  request.set_person_id(id);
  for (const v1::Role role : roles) request.mutable_person()->add_roles(role);
  if (!team.empty()) {
    request.mutable_person()->set_team(absl::StrCat("teams/", team));
  }
  ASSERT_THAT(Admin().Call(&v1::DirectoryService::Stub::CreatePerson, request),
              IsOk());
}

void ServerTest::AddContact(const std::string& person, const std::string& id) {
  auto request = Text<v1::CreateContactRequest>(R"pb(
    contact {
      channel: CHANNEL_PHONE
      start_time { seconds: 1700000000 }
    }
    transcript { segments { speaker: SPEAKER_AGENT text: "Hello." } })pb");
  request.set_parent(absl::StrCat("people/", person));
  request.set_contact_id(id);
  ASSERT_THAT(Admin().Call(&v1::DirectoryService::Stub::CreateContact, request),
              IsOk());
}

void ServerTest::AddForm(const std::string& id) {
  auto create = Text<v1::CreateFormRequest>(R"pb(
    form {
      title: "A call"
      sections {
        section_id: "s"
        title: "Section"
        questions {
          question_id: "q"
          text: "Was it good?"
          type: SINGLE_CHOICE
          choices { choice_id: "yes" label: "Yes" points: 1 }
          choices { choice_id: "no" label: "No" }
        }
      }
    })pb");
  create.set_form_id(id);
  const Client admin = Admin();
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Form form,
      admin.Call(&v1::FormService::Stub::CreateForm, create));
  v1::PublishFormRequest publish;
  publish.set_name(form.name());
  publish.set_etag(form.etag());
  publish.set_change_note("The first.");
  ASSERT_THAT(admin.Call(&v1::FormService::Stub::PublishForm, publish), IsOk());
}

Client ServerTest::ClientOf(const std::string& person) {
  v1::CreateTokenRequest request;
  request.mutable_token()->set_display_name("For a test");
  request.mutable_token()->set_person(absl::StrCat("people/", person));
  const auto response =
      Admin().Call(&v1::AdminService::Stub::CreateToken, request);
  EXPECT_THAT(response, IsOk());
  return Client(Channel(), response.ok() ? response->secret() : "");
}

}  // namespace attune
