// Several servers on one PostgreSQL database: one winner of every contest,
// nothing lost, nothing doubled, whichever of them is asked and whatever is
// killed meanwhile.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "tests/postgres_cluster.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

constexpr int kClients = 8;
constexpr int kContacts = 400;

// A server and how to reach it.
class Peer {
 public:
  Peer(const std::string& database, const std::string& data)
      : arguments_{ATTUNED_PATH,
                   "--database",
                   database,
                   "--data-dir",
                   data,
                   "--grpc",
                   "127.0.0.1:0",
                   "--database-connections",
                   "8"},
        log_(data + ".log") {
    Start();
  }

  void Start() {
    process_ = std::make_unique<Process>(arguments_, log_);
    const std::string address = AddressOf(process_->ReadLine());
    ASSERT_FALSE(address.empty());
    grpc::ChannelArguments patient;
    patient.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
    channel_ = grpc::CreateCustomChannel(
        address, grpc::InsecureChannelCredentials(), patient);
  }
  void Kill() {
    process_->Signal(SIGKILL);
    process_->Wait();
  }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  const std::vector<std::string> arguments_;
  const std::string log_;
  std::unique_ptr<Process> process_;
  std::shared_ptr<grpc::Channel> channel_;
};

class ManyServersTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    for (int i = 0; i < GetParam(); ++i) {
      peers_.push_back(std::make_unique<Peer>(
          cluster_.Url(), dir_.file(absl::StrCat("data-", i))));
    }
    for (int i = 0; i < GetParam() && token_.empty(); ++i) {
      std::ifstream(dir_.file(absl::StrCat("data-", i, "/admin.token"))) >>
          token_;
    }
    ASSERT_FALSE(token_.empty());
    MakeCenter();
  }

  template <typename Service, typename Method, typename Request,
            typename Response>
  grpc::Status Call(size_t peer, Method method, const Request& request,
                    Response& response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token_);
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(20));
    const auto stub = Service::NewStub(peers_[peer % peers_.size()]->channel());
    return (stub.get()->*method)(&context, request, &response);
  }

  grpc::Status Submit(size_t peer, const v1::SubmitEvaluationRequest& request,
                      std::string& name) {
    v1::Evaluation evaluation;
    const grpc::Status status = Call<v1::EvaluationService>(
        peer, &v1::EvaluationService::Stub::SubmitEvaluation, request,
        evaluation);
    name = evaluation.name();
    return status;
  }

  static v1::SubmitEvaluationRequest SubmitOf(int contact,
                                              const std::string& id) {
    v1::SubmitEvaluationRequest request;
    request.set_parent("people/-");
    request.set_request_id(id);
    v1::Evaluation& evaluation = *request.mutable_evaluation();
    evaluation.set_contact(
        absl::StrCat("people/agent-", contact % 3, "/contacts/c-", contact));
    evaluation.set_form_revision("forms/yes");
    evaluation.set_rater("people/rater");
    v1::Answer& answer = *evaluation.add_answers();
    answer.set_question_id("well");
    answer.set_choice_id(contact % 3 == 0 ? "no" : "yes");
    return request;
  }

  // The rollups equal the facts, of which there are so many; every server says
  // so.
  void ExpectWhole(int64_t evaluations) {
    for (size_t peer = 0; peer < peers_.size(); ++peer) {
      v1::VerifyResponse verified;
      const grpc::Status status = Call<v1::AdminService>(
          peer, &v1::AdminService::Stub::Verify, v1::VerifyRequest(), verified);
      ASSERT_TRUE(status.ok()) << status.error_message();
      EXPECT_EQ(verified.evaluations(), evaluations);
      EXPECT_EQ(verified.differences_size(), 0) << verified.ShortDebugString();
    }
  }

  // Runs `client(number)` on threads.
  static void InParallel(int count, const std::function<void(int)>& client) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back(client, i);
    for (std::thread& thread : threads) thread.join();
  }

  void MakeCenter();

  TempDir dir_;
  PostgresCluster cluster_{{}};
  std::vector<std::unique_ptr<Peer>> peers_;
  std::string token_;
};

void ManyServersTest::MakeCenter() {
  v1::BatchCreatePeopleRequest people;
  for (const char* id : {"agent-0", "agent-1", "agent-2", "rater"}) {
    v1::CreatePersonRequest& one = *people.add_requests();
    one.set_person_id(id);
    one.mutable_person()->add_roles(id[0] == 'a' ? v1::ROLE_AGENT
                                                 : v1::ROLE_ADVOCATE);
  }
  v1::BatchCreatePeopleResponse made;
  ASSERT_TRUE(
      Call<v1::DirectoryService>(
          0, &v1::DirectoryService::Stub::BatchCreatePeople, people, made)
          .ok());
  v1::BatchCreateContactsRequest contacts;
  for (int i = 0; i < kContacts; ++i) {
    v1::CreateContactRequest& one = *contacts.add_requests();
    one.set_parent(absl::StrCat("people/agent-", i % 3));
    one.set_contact_id(absl::StrCat("c-", i));
    one.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
    one.mutable_contact()->mutable_start_time()->set_seconds(1'767'225'600);
  }
  v1::BatchCreateContactsResponse contacts_made;
  ASSERT_TRUE(Call<v1::DirectoryService>(
                  1, &v1::DirectoryService::Stub::BatchCreateContacts, contacts,
                  contacts_made)
                  .ok());
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
  ASSERT_TRUE(
      Call<v1::FormService>(0, &v1::FormService::Stub::CreateForm, create, form)
          .ok());
  v1::PublishFormRequest publish;
  publish.set_name("forms/yes");
  publish.set_etag(form.etag());
  publish.set_change_note("first");
  v1::FormRevision revision;
  ASSERT_TRUE(Call<v1::FormService>(1, &v1::FormService::Stub::PublishForm,
                                    publish, revision)
                  .ok());
}

TEST_P(ManyServersTest, ARequestSentToTwoServersAtOnceIsDoneOnce) {
  constexpr int kEach = kContacts / kClients;
  std::vector<std::string> first(kContacts), second(kContacts);
  InParallel(2 * kClients, [&](int client) {
    const int lane = client % kClients;
    for (int i = 0; i < kEach; ++i) {
      const int contact = lane * kEach + i;
      std::string& name =
          (client < kClients ? first : second)[static_cast<size_t>(contact)];
      // The same request, of the second client to the next server.
      const grpc::Status status =
          Submit(static_cast<size_t>(lane + client / kClients),
                 SubmitOf(contact, absl::StrCat("request-", contact)), name);
      EXPECT_TRUE(status.ok()) << status.error_message();
    }
  });
  EXPECT_EQ(first, second);
  ExpectWhole(kContacts);
}

TEST_P(ManyServersTest, AContactIsScoredOnceByItsRater) {
  constexpr int kContests = 20;
  InParallel(kClients, [&](int client) {
    for (int contest = 0; contest < kContests; ++contest) {
      std::string name;
      const grpc::Status status =
          Submit(static_cast<size_t>(client),
                 SubmitOf(contest, absl::StrCat(client, "-", contest)), name);
      if (!status.ok()) {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS)
            << status.error_message();
      }
    }
  });
  ExpectWhole(kContests);
}

TEST_P(ManyServersTest, AnEtagHasOneWinner) {
  constexpr int kContests = 20;
  std::vector<v1::Evaluation> drafts(kContests);
  for (int i = 0; i < kContests; ++i) {
    v1::CreateEvaluationRequest create;
    create.set_parent("people/-");
    *create.mutable_evaluation() = SubmitOf(i, "").evaluation();
    const grpc::Status status = Call<v1::EvaluationService>(
        0, &v1::EvaluationService::Stub::CreateEvaluation, create,
        drafts[static_cast<size_t>(i)]);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  // Drafts are their rater's, so the rater is who contests.
  v1::CreateTokenRequest token;
  token.mutable_token()->set_display_name("rater");
  token.mutable_token()->set_person("people/rater");
  v1::CreateTokenResponse secret;
  ASSERT_TRUE(Call<v1::AdminService>(0, &v1::AdminService::Stub::CreateToken,
                                     token, secret)
                  .ok());
  token_.swap(*secret.mutable_secret());
  std::vector<std::atomic<int>> winners(kContests);
  InParallel(kClients, [&](int client) {
    for (int i = 0; i < kContests; ++i) {
      v1::UpdateEvaluationRequest update;
      *update.mutable_evaluation() = drafts[static_cast<size_t>(i)];
      update.mutable_evaluation()->set_comment(absl::StrCat("by ", client));
      v1::Evaluation updated;
      const grpc::Status status = Call<v1::EvaluationService>(
          static_cast<size_t>(client),
          &v1::EvaluationService::Stub::UpdateEvaluation, update, updated);
      if (status.ok()) {
        ++winners[static_cast<size_t>(i)];
      } else {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED)
            << status.error_message();
        EXPECT_NE(status.error_message().find("changed"), std::string::npos)
            << status.error_message();
      }
    }
  });
  for (const auto& count : winners) EXPECT_EQ(count, 1);
  token_.swap(*secret.mutable_secret());
  ExpectWhole(0);
}

TEST_P(ManyServersTest, KillingServersAndDatabaseLosesAndDoublesNothing) {
  std::atomic<int> next = 0;
  std::atomic<int> done = 0;
  std::map<int, std::string> names;
  std::mutex mutex;
  std::thread clients(InParallel, kClients, [&](int client) {
    for (int contact = next++; contact < kContacts; contact = next++) {
      const auto request = SubmitOf(contact, absl::StrCat("request-", contact));
      // As a client of many servers does: the next one, the same request.
      for (size_t peer = static_cast<size_t>(client);; ++peer) {
        std::string name;
        const grpc::Status status = Submit(peer, request, name);
        if (status.ok()) {
          const std::lock_guard<std::mutex> lock(mutex);
          names[contact] = name;
          break;
        }
        ASSERT_TRUE(status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                    status.error_code() == grpc::StatusCode::ABORTED ||
                    status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED)
            << status.error_message();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
      ++done;
    }
  });
  const auto wait_for = [&](int count) {
    while (done < count) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  };
  for (int round = 1; round <= 3; ++round) {
    wait_for(round * kContacts / 5);
    cluster_.Kill();
    cluster_.Start();
  }
  wait_for(4 * kContacts / 5);
  peers_.back()->Kill();
  clients.join();
  peers_.back()->Start();
  EXPECT_EQ(names.size(), static_cast<size_t>(kContacts));
  for (const auto& [contact, name] : names) {
    v1::GetEvaluationRequest get;
    get.set_name(name);
    v1::Evaluation found;
    grpc::Status status;
    // A server may not know yet that the database is back.
    do {
      status = Call<v1::EvaluationService>(
          static_cast<size_t>(contact),
          &v1::EvaluationService::Stub::GetEvaluation, get, found);
    } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);
    EXPECT_TRUE(status.ok()) << name << ": " << status.error_message();
  }
  ExpectWhole(kContacts);
}

INSTANTIATE_TEST_SUITE_P(Servers, ManyServersTest, testing::Values(2, 4),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace attune
