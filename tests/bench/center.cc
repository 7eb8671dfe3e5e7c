#include "tests/bench/center.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "attune/v1/admin_service.grpc.pb.h"

namespace attune {
namespace {

constexpr int kSections = 6;
constexpr int kQuestions = 20;
constexpr int kBatch = 1000;

}  // namespace

void Expect(const grpc::Status& status, const char* what) {
  if (status.ok()) return;
  std::cerr << what << ": " << status.error_message() << "\n";
  std::exit(1);
}

v1::Form BenchmarkForm() {
  v1::Form form;
  form.set_title("Benchmark");
  for (int s = 0; s < kSections; ++s) {
    v1::Section& section = *form.add_sections();
    section.set_section_id(absl::StrCat("section_", s));
    section.set_title(absl::StrCat("Section ", s));
    section.set_weight(s == 0 ? 40 : 12);
  }
  for (int q = 0; q < kQuestions; ++q) {
    v1::Question& question =
        *form.mutable_sections(q % kSections)->add_questions();
    question.set_question_id(absl::StrCat("question_", q));
    question.set_text("Was this part of the call as it should be?");
    question.set_guidance("Listen to the whole call first.");
    question.set_type(v1::Question::SINGLE_CHOICE);
    for (const auto& [id, points] :
         {std::pair("yes", q % 7 + 3), std::pair("half", 2),
          std::pair("no", 0)}) {
      v1::Choice& choice = *question.add_choices();
      choice.set_choice_id(id);
      choice.set_label(id);
      choice.set_points(points);
    }
    if (q % 6 == 5) question.mutable_na()->set_allowed(true);
  }
  return form;
}

v1::Evaluation BenchmarkAnswers(int seed) {
  static constexpr const char* kChoices[] = {"yes", "yes", "half", "no"};
  v1::Evaluation evaluation;
  evaluation.set_form_revision("forms/benchmark/revisions/1");
  for (int q = 0; q < kQuestions; ++q) {
    v1::Answer& answer = *evaluation.add_answers();
    answer.set_question_id(absl::StrCat("question_", q));
    if (q % 6 == 5 && (seed + q) % 5 == 0) {
      answer.set_na(true);
    } else {
      answer.set_choice_id(kChoices[(seed * 7 + q * 3) % 4]);
    }
    if (q % 5 == 0) {
      answer.set_comment("At 1:42 the customer asked twice and got no answer.");
    }
  }
  return evaluation;
}

BenchmarkCenter::BenchmarkCenter(const std::string& address,
                                 const std::string& admin)
    : admin_(admin), channel_(NewChannel(address)) {
  const auto directory = v1::DirectoryService::NewStub(channel_);
  v1::BatchCreatePeopleRequest people;
  const auto add = [&](const std::string& id, v1::Role role) {
    v1::CreatePersonRequest& one = *people.add_requests();
    one.set_person_id(id);
    one.mutable_person()->add_roles(role);
  };
  for (int i = 0; i < kAgents; ++i) {
    add(absl::StrCat("agent-", i), v1::ROLE_AGENT);
  }
  for (int i = 0; i < kRaters; ++i) {
    add(absl::StrCat("rater-", i), v1::ROLE_ADVOCATE);
  }
  v1::BatchCreatePeopleResponse made;
  Expect(directory->BatchCreatePeople(AsAdmin().get(), people, &made),
         "people");

  const auto admin_stub = v1::AdminService::NewStub(channel_);
  for (int i = 0; i < kRaters; ++i) {
    v1::CreateTokenRequest request;
    request.mutable_token()->set_display_name("benchmark");
    request.mutable_token()->set_person(absl::StrCat("people/rater-", i));
    v1::CreateTokenResponse response;
    Expect(admin_stub->CreateToken(AsAdmin().get(), request, &response),
           "token");
    secrets_.push_back(response.secret());
  }

  const auto forms = v1::FormService::NewStub(channel_);
  v1::CreateFormRequest create;
  create.set_form_id("benchmark");
  *create.mutable_form() = BenchmarkForm();
  v1::Form form;
  Expect(forms->CreateForm(AsAdmin().get(), create, &form), "form");
  v1::PublishFormRequest publish;
  publish.set_name(form.name());
  publish.set_etag(form.etag());
  publish.set_change_note("benchmark");
  v1::FormRevision revision;
  Expect(forms->PublishForm(AsAdmin().get(), publish, &revision), "publish");
}

std::unique_ptr<grpc::ClientContext> BenchmarkCenter::AsAdmin() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("authorization", "Bearer " + admin_);
  return context;
}

std::shared_ptr<grpc::Channel> BenchmarkCenter::NewChannel(
    const std::string& address) {
  grpc::ChannelArguments arguments;
  // Channels of equal arguments would share one connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

std::string BenchmarkCenter::ContactName(int number) const {
  return absl::StrCat("people/agent-", number % kAgents, "/contacts/c-",
                      number);
}

void BenchmarkCenter::GrowTo(int count) {
  const auto directory = v1::DirectoryService::NewStub(channel_);
  while (contacts_ < count) {
    v1::BatchCreateContactsRequest request;
    for (int i = 0; i < kBatch; ++i, ++contacts_) {
      v1::CreateContactRequest& one = *request.add_requests();
      one.set_parent(absl::StrCat("people/agent-", contacts_ % kAgents));
      one.set_contact_id(absl::StrCat("c-", contacts_));
      one.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
      // A week of contacts.
      one.mutable_contact()->mutable_start_time()->set_seconds(
          1'767'225'600 + contacts_ % 7 * 86'400);
    }
    v1::BatchCreateContactsResponse response;
    Expect(directory->BatchCreateContacts(AsAdmin().get(), request, &response),
           "contacts");
  }
}

}  // namespace attune
