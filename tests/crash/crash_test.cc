// Kills the real server under load, again and again, on one store: what was
// acknowledged is there, what was not can be sent again, nothing is doubled.

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

constexpr int kRounds = 200;
constexpr int kClients = 8;
constexpr int kAcksBeforeKillMax = 60;

// One write as a client sees it: sent, and perhaps answered.
struct Sent {
  v1::CreateContactRequest contact;
  v1::SubmitEvaluationRequest submit;
  bool contact_acked = false;
  std::string evaluation;  // name; empty while not acknowledged
};

class CrashTest : public testing::Test {
 protected:
  void StartServer() {
    server_ = std::make_unique<Process>(
        std::vector<std::string>{ATTUNED_PATH, "--data-dir", data_, "--grpc",
                                 "127.0.0.1:0"},
        dir_.file("log"));
    const std::string line = server_->ReadLine();
    const std::string address = AddressOf(line);
    ASSERT_FALSE(address.empty()) << "attuned said: " << line;
    if (token_.empty()) {
      std::ifstream(data_ + "/admin.token") >> token_;
      ASSERT_FALSE(token_.empty());
    }
    channel_ = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
    directory_ = v1::DirectoryService::NewStub(channel_);
    forms_ = v1::FormService::NewStub(channel_);
    evaluations_ = v1::EvaluationService::NewStub(channel_);
    admin_ = v1::AdminService::NewStub(channel_);
  }

  // Calls with the admin's token; a server that dies ends the call.
  template <typename Stub, typename Method, typename Request, typename Response>
  grpc::Status Call(Stub& stub, Method method, const Request& request,
                    Response& response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token_);
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(30));
    return (stub.*method)(&context, request, &response);
  }

  void MakeCenter() {
    v1::BatchCreatePeopleRequest people;
    const auto add = [&](const char* id, v1::Role role) {
      v1::CreatePersonRequest& one = *people.add_requests();
      one.set_person_id(id);
      one.mutable_person()->add_roles(role);
    };
    add("agent", v1::ROLE_AGENT);
    add("rater", v1::ROLE_ADVOCATE);
    v1::BatchCreatePeopleResponse made;
    grpc::Status status =
        Call(*directory_, &v1::DirectoryService::Stub::BatchCreatePeople,
             people, made);
    ASSERT_TRUE(status.ok()) << status.error_message();
    v1::CreateFormRequest create;
    create.set_form_id("yes");
    create.mutable_form()->set_title("Yes");
    v1::Section& section = *create.mutable_form()->add_sections();
    section.set_section_id("only");
    section.set_title("Only");
    v1::Question& question = *section.add_questions();
    question.set_question_id("well");
    question.set_text("Was it well?");
    question.set_type(v1::Question::SINGLE_CHOICE);
    for (const char* id : {"yes", "no"}) {
      v1::Choice& choice = *question.add_choices();
      choice.set_choice_id(id);
      choice.set_label(id);
      choice.set_points(id[0] == 'y' ? 1 : 0);
    }
    v1::Form form;
    status = Call(*forms_, &v1::FormService::Stub::CreateForm, create, form);
    ASSERT_TRUE(status.ok()) << status.error_message();
    v1::PublishFormRequest publish;
    publish.set_name("forms/yes");
    publish.set_etag(form.etag());
    publish.set_change_note("first");
    v1::FormRevision revision;
    status =
        Call(*forms_, &v1::FormService::Stub::PublishForm, publish, revision);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  Sent MakeSent(int round, int client, size_t number) const {
    const std::string id = absl::StrCat("c-", round, "-", client, "-", number);
    Sent sent;
    sent.contact.set_parent("people/agent");
    sent.contact.set_contact_id(id);
    sent.contact.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
    sent.contact.mutable_contact()->mutable_start_time()->set_seconds(
        1'700'000'000 + round * 3600);
    sent.contact.set_request_id("contact-" + id);
    sent.submit.set_parent("people/agent");
    sent.submit.set_request_id("submit-" + id);
    v1::Evaluation& evaluation = *sent.submit.mutable_evaluation();
    evaluation.set_contact("people/agent/contacts/" + id);
    evaluation.set_form_revision("forms/yes");
    evaluation.set_rater("people/rater");
    v1::Answer& answer = *evaluation.add_answers();
    answer.set_question_id("well");
    answer.set_choice_id(number % 3 == 0 ? "no" : "yes");
    return sent;
  }

  // Sends both writes; false once the server does not answer.
  bool Send(Sent& sent) {
    v1::Contact contact;
    if (!Call(*directory_, &v1::DirectoryService::Stub::CreateContact,
              sent.contact, contact)
             .ok()) {
      return false;
    }
    sent.contact_acked = true;
    v1::Evaluation evaluation;
    if (!Call(*evaluations_, &v1::EvaluationService::Stub::SubmitEvaluation,
              sent.submit, evaluation)
             .ok()) {
      return false;
    }
    sent.evaluation = evaluation.name();
    return true;
  }

  // Clients write until the server is killed, which happens at the `acks`th
  // acknowledgement.
  std::vector<Sent> WriteUntilKilled(int round, int acks) {
    std::vector<std::vector<Sent>> by_client(kClients);
    std::atomic<int> acked = 0;
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client) {
      clients.emplace_back([&, client] {
        std::vector<Sent>& mine = by_client[static_cast<size_t>(client)];
        for (;;) {
          mine.push_back(MakeSent(round, client, mine.size()));
          if (!Send(mine.back())) return;
          if (++acked == acks) server_->Signal(SIGKILL);
        }
      });
    }
    for (std::thread& client : clients) client.join();
    server_->Wait();
    std::vector<Sent> all;
    for (std::vector<Sent>& mine : by_client) {
      for (Sent& sent : mine) all.push_back(std::move(sent));
    }
    return all;
  }

  // Everything acknowledged is there, and sending all of it again gives the
  // same evaluations and no more.
  void CheckAndResend(std::vector<Sent>& all) {
    for (Sent& sent : all) {
      const std::string acknowledged = sent.evaluation;
      if (!acknowledged.empty()) {
        v1::GetEvaluationRequest get;
        get.set_name(acknowledged);
        v1::Evaluation found;
        const grpc::Status status =
            Call(*evaluations_, &v1::EvaluationService::Stub::GetEvaluation,
                 get, found);
        ASSERT_TRUE(status.ok())
            << "lost " << acknowledged << ": " << status.error_message();
      }
      ASSERT_TRUE(Send(sent)) << sent.submit.request_id();
      if (!acknowledged.empty()) {
        ASSERT_EQ(sent.evaluation, acknowledged);
      }
    }
  }

  void CheckIntegrity(int64_t evaluations) {
    v1::VerifyResponse verified;
    const grpc::Status status = Call(*admin_, &v1::AdminService::Stub::Verify,
                                     v1::VerifyRequest(), verified);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(verified.evaluations(), evaluations);
    EXPECT_EQ(verified.differences_size(), 0) << verified.ShortDebugString();
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open_v2((data_ + "/attune.db").c_str(), &db,
                              SQLITE_OPEN_READONLY, nullptr),
              SQLITE_OK);
    std::string report;
    sqlite3_exec(
        db, "PRAGMA integrity_check; PRAGMA foreign_key_check",
        [](void* text, int, char** values, char**) {
          static_cast<std::string*>(text)->append(values[0]).append("\n");
          return 0;
        },
        &report, nullptr);
    sqlite3_close(db);
    EXPECT_EQ(report, "ok\n");
  }

  TempDir dir_;
  std::string data_ = dir_.file("data");
  std::string token_;
  std::unique_ptr<Process> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::DirectoryService::Stub> directory_;
  std::unique_ptr<v1::FormService::Stub> forms_;
  std::unique_ptr<v1::EvaluationService::Stub> evaluations_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

TEST_F(CrashTest, NothingAcknowledgedIsLostAndNothingIsDoubled) {
  ASSERT_NO_FATAL_FAILURE(StartServer());
  ASSERT_NO_FATAL_FAILURE(MakeCenter());
  std::mt19937 random(20'261'123);
  std::uniform_int_distribution<int> acks(1, kAcksBeforeKillMax);
  int64_t evaluations = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    std::vector<Sent> all = WriteUntilKilled(round, acks(random));
    ASSERT_NO_FATAL_FAILURE(StartServer());
    ASSERT_NO_FATAL_FAILURE(CheckAndResend(all));
    evaluations += static_cast<int64_t>(all.size());
    if (round % 20 == 19) {
      ASSERT_NO_FATAL_FAILURE(CheckIntegrity(evaluations));
    }
  }
  RecordProperty("rounds", kRounds);
  RecordProperty("evaluations", static_cast<int>(evaluations));
  std::printf("%d kills, %lld evaluations\n", kRounds,
              static_cast<long long>(evaluations));
}

}  // namespace
}  // namespace attune
