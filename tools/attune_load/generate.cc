#include "tools/attune_load/generate.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/form_files.h"
#include "tools/attune/progress.h"
#include "tools/attune_load/batches.h"
#include "tools/attune_load/center.h"
#include "tools/attune_load/channels.h"

namespace attune {
namespace {

constexpr int kPage = 1000;

class Generator {
 public:
  Generator(Session& session, RpcClient& client, const GenerateOptions& options)
      : session_(session),
        client_(client),
        options_(options),
        year_(options.year),
        clock_(SystemClock()) {}

  absl::StatusOr<GenerateResult> Run() {
    const int64_t start_us = clock_();
    ASSIGN_OR_RETURN(channels_,
                     OpenChannels(options_.servers, session_.connection,
                                  RetryingArguments(), options_.outstanding));
    ASSIGN_OR_RETURN(token_, FindToken(session_.connection));
    RETURN_IF_ERROR(PrepareForm());
    RETURN_IF_ERROR(MakeTeams());
    RETURN_IF_ERROR(MakePeople());
    RETURN_IF_ERROR(MakeContacts());
    const int64_t contacts_us = clock_();
    RETURN_IF_ERROR(MakeEvaluations());
    result_.evaluation_seconds =
        static_cast<double>(clock_() - contacts_us) / 1e6;
    result_.seconds = static_cast<double>(clock_() - start_us) / 1e6;
    return std::move(result_);
  }

 private:
  absl::Status PrepareForm() {
    ASSIGN_OR_RETURN(const std::string name, FormArgument(options_.form_id));
    absl::StatusOr<LoadForm> form = FetchLoadForm(client_, name);
    if (absl::IsNotFound(form.status())) {
      RETURN_IF_ERROR(PublishForm(name));
      form = FetchLoadForm(client_, name);
    }
    RETURN_IF_ERROR(form.status());
    form_ = std::make_unique<LoadForm>(*std::move(form));
    result_.form_revision = form_->revision;
    return absl::OkStatus();
  }

  absl::Status PublishForm(const std::string& name) {
    ASSIGN_OR_RETURN(const FormFile file,
                     ReadFormFile(options_.form_file, session_.terminal.in));
    v1::CreateFormRequest create;
    create.set_form_id(LastPart(name));
    *create.mutable_form() = file.text.form();
    create.set_request_id(NewRequestId());
    ASSIGN_OR_RETURN(const v1::Form draft,
                     client_.Call(&v1::FormService::Stub::CreateForm, create));
    v1::PublishFormRequest publish;
    publish.set_name(name);
    publish.set_etag(draft.etag());
    publish.set_change_note("Published to generate a year of data.");
    publish.set_request_id(NewRequestId());
    const absl::StatusOr<v1::FormRevision> revision =
        client_.Call(&v1::FormService::Stub::PublishForm, publish);
    if (!revision.ok()) return AtPlaces(file, revision.status());
    result_.form_published = true;
    return absl::OkStatus();
  }

  absl::Status MakeTeams() {
    std::set<std::string> known;
    v1::ListTeamsRequest list;
    list.set_page_size(kPage);
    RETURN_IF_ERROR(ForEachPage(client_, &v1::DirectoryService::Stub::ListTeams,
                                list, [&](const v1::ListTeamsResponse& page) {
                                  for (const v1::Team& team : page.teams()) {
                                    known.insert(team.name());
                                  }
                                  return true;
                                }));
    return Send<v1::BatchCreateTeamsRequest, v1::CreateTeamRequest>(
        "teams", "/attune.v1.DirectoryService/BatchCreateTeams", 1,
        options_.year.teams, result_.teams, [&](int) {
          return Missing(year_.Teams(), result_.teams,
                         [&](const v1::CreateTeamRequest& row) {
                           return known.count(TeamName(row.team_id())) > 0;
                         });
        });
  }

  absl::Status MakePeople() {
    v1::ListPeopleRequest list;
    list.set_page_size(kPage);
    RETURN_IF_ERROR(
        ForEachPage(client_, &v1::DirectoryService::Stub::ListPeople, list,
                    [&](const v1::ListPeopleResponse& page) {
                      for (const v1::Person& person : page.people()) {
                        known_people_.insert(person.name());
                      }
                      return true;
                    }));
    std::vector<v1::CreatePersonRequest> people = year_.People();
    const auto total = static_cast<int64_t>(people.size());
    return Send<v1::BatchCreatePeopleRequest, v1::CreatePersonRequest>(
        "people", "/attune.v1.DirectoryService/BatchCreatePeople", 1, total,
        result_.people, [&](int) {
          return Missing(
              std::move(people), result_.people,
              [&](const v1::CreatePersonRequest& row) {
                return known_people_.count(PersonName(row.person_id())) > 0;
              });
        });
  }

  absl::Status MakeContacts() {
    int64_t total = 0;
    for (int i = 0; i < options_.year.agents; ++i) {
      total += year_.ContactCountOf(i);
    }
    return Send<v1::BatchCreateContactsRequest, v1::CreateContactRequest>(
        "contacts", "/attune.v1.DirectoryService/BatchCreateContacts",
        options_.year.agents, total, result_.contacts,
        [&](int agent)
            -> absl::StatusOr<std::vector<v1::CreateContactRequest>> {
          ASSIGN_OR_RETURN(const std::set<std::string> known,
                           FindContacts(agent));
          return Missing(year_.ContactsOf(agent), result_.contacts,
                         [&](const v1::CreateContactRequest& row) {
                           return known.count(ContactName(year_.AgentId(agent),
                                                          row.contact_id())) >
                                  0;
                         });
        });
  }

  absl::Status MakeEvaluations() {
    return Send<v1::BatchSubmitEvaluationsRequest, v1::SubmitEvaluationRequest>(
        "evaluations", "/attune.v1.EvaluationService/BatchSubmitEvaluations",
        options_.year.agents, options_.year.evaluations, result_.evaluations,
        [&](int agent)
            -> absl::StatusOr<std::vector<v1::SubmitEvaluationRequest>> {
          ASSIGN_OR_RETURN(const auto known, FindEvaluations(agent));
          return Missing(
              year_.EvaluationsOf(agent, form_->form, form_->revision),
              result_.evaluations, [&](const v1::SubmitEvaluationRequest& row) {
                return known.count({row.evaluation().contact(),
                                    row.evaluation().rater()}) > 0;
              });
        });
  }

  // An agent who was not there before has nothing yet.
  bool IsNew(int agent) const {
    return known_people_.count(PersonName(year_.AgentId(agent))) == 0;
  }

  absl::StatusOr<std::set<std::string>> FindContacts(int agent) {
    std::set<std::string> known;
    if (IsNew(agent)) return known;
    v1::ListContactsRequest list;
    list.set_parent(PersonName(year_.AgentId(agent)));
    list.set_page_size(kPage);
    RETURN_IF_ERROR(
        ForEachPage(client_, &v1::DirectoryService::Stub::ListContacts, list,
                    [&](const v1::ListContactsResponse& page) {
                      for (const v1::Contact& contact : page.contacts()) {
                        known.insert(contact.name());
                      }
                      return true;
                    }));
    return known;
  }

  // Contact and rater of each.
  absl::StatusOr<std::set<std::pair<std::string, std::string>>> FindEvaluations(
      int agent) {
    std::set<std::pair<std::string, std::string>> known;
    if (IsNew(agent)) return known;
    v1::ListEvaluationsRequest list;
    list.set_parent(PersonName(year_.AgentId(agent)));
    list.set_form(FormName(options_.form_id));
    list.set_page_size(kPage);
    RETURN_IF_ERROR(ForEachPage(
        client_, &v1::EvaluationService::Stub::ListEvaluations, list,
        [&](const v1::ListEvaluationsResponse& page) {
          for (const v1::Evaluation& evaluation : page.evaluations()) {
            known.emplace(evaluation.contact(), evaluation.rater());
          }
          return true;
        }));
    return known;
  }

  // The rows that are not there yet; counts the others.
  template <typename Row, typename IsThere>
  static std::vector<Row> Missing(std::vector<Row> rows, Made& made,
                                  IsThere is_there) {
    const auto end = std::remove_if(rows.begin(), rows.end(), is_there);
    made.existing += rows.end() - end;
    rows.erase(end, rows.end());
    return rows;
  }

  template <typename Request, typename Row>
  absl::Status Send(const char* what, const char* path, int groups,
                    int64_t total, Made& made,
                    typename Batches<Request, Row>::RowsOf rows_of) {
    Progress progress(session_, what, total);
    Batches<Request, Row> batches(
        client_, path, options_.batch, groups, std::move(rows_of),
        [&](int64_t created) { progress.Update(created + made.existing); });
    LoopOptions loop;
    loop.window = options_.outstanding;
    loop.timeout_nanos =
        static_cast<int64_t>(session_.connection.timeout_seconds * 1e9);
    loop.token = token_;
    RunLoop(channels_, loop, batches);
    made.created = batches.created();
    return batches.status();
  }

  Session& session_;
  RpcClient& client_;
  const GenerateOptions& options_;
  const Year year_;
  const Clock clock_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::string token_;
  std::unique_ptr<LoadForm> form_;
  std::set<std::string> known_people_;
  GenerateResult result_;
};

}  // namespace

absl::StatusOr<GenerateResult> Generate(Session& session,
                                        const GenerateOptions& options) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  return Generator(session, *client, options).Run();
}

}  // namespace attune
