#include "tools/attune_load/center.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"

namespace attune {
namespace {

constexpr int kPage = 1000;
// Enough to spread a load; a larger center need not be listed to the end.
constexpr size_t kMostPeople = 20'000;

absl::Status NothingToLoad(absl::string_view what) {
  return FailedPrecondition(
      "NOTHING_TO_LOAD",
      absl::StrCat("The server has no ", what,
                   "; `attune-load generate` makes what a load needs."));
}

absl::StatusOr<std::vector<std::string>> FindPeople(RpcClient& client,
                                                    v1::Role role) {
  v1::ListPeopleRequest request;
  request.set_page_size(kPage);
  request.set_role(role);
  std::vector<std::string> names;
  RETURN_IF_ERROR(ForEachPage(client, &v1::DirectoryService::Stub::ListPeople,
                              request, [&](const v1::ListPeopleResponse& page) {
                                for (const v1::Person& person : page.people()) {
                                  names.push_back(person.name());
                                }
                                return names.size() < kMostPeople;
                              }));
  return names;
}

absl::StatusOr<std::string> FindPublishedForm(RpcClient& client) {
  v1::ListFormsRequest request;
  request.set_page_size(kPage);
  std::string found;
  RETURN_IF_ERROR(ForEachPage(client, &v1::FormService::Stub::ListForms,
                              request, [&](const v1::ListFormsResponse& page) {
                                for (const v1::Form& form : page.forms()) {
                                  if (found.empty() &&
                                      form.latest_revision() > 0)
                                    found = form.name();
                                }
                                return found.empty();
                              }));
  if (found.empty()) return NothingToLoad("published form");
  return found;
}

}  // namespace

absl::StatusOr<LoadForm> FetchLoadForm(RpcClient& client,
                                       absl::string_view form) {
  v1::GetFormRevisionRequest request;
  request.set_name(absl::StrCat(form, "/revisions/-"));
  ASSIGN_OR_RETURN(
      v1::FormRevision revision,
      client.Call(&v1::FormService::Stub::GetFormRevision, request));
  ASSIGN_OR_RETURN(CompiledForm compiled, CompiledForm::Make(revision.form()));
  return LoadForm{revision.name(), std::move(compiled)};
}

absl::StatusOr<LoadCenter> FindLoadCenter(RpcClient& client,
                                          absl::string_view form_id) {
  std::string form_name;
  if (form_id.empty()) {
    ASSIGN_OR_RETURN(form_name, FindPublishedForm(client));
  } else {
    ASSIGN_OR_RETURN(form_name, FormArgument(form_id));
  }
  ASSIGN_OR_RETURN(LoadForm form, FetchLoadForm(client, form_name));
  LoadCenter center{.form = std::move(form)};
  ASSIGN_OR_RETURN(center.agents, FindPeople(client, v1::ROLE_AGENT));
  if (center.agents.empty()) return NothingToLoad("agents");
  ASSIGN_OR_RETURN(center.advocates, FindPeople(client, v1::ROLE_ADVOCATE));
  if (center.advocates.empty()) return NothingToLoad("advocates");
  v1::ListTeamsRequest teams;
  teams.set_page_size(kPage);
  RETURN_IF_ERROR(ForEachPage(client, &v1::DirectoryService::Stub::ListTeams,
                              teams, [&](const v1::ListTeamsResponse& page) {
                                for (const v1::Team& team : page.teams()) {
                                  center.teams.push_back(team.name());
                                }
                                return center.teams.size() < kMostPeople;
                              }));
  v1::ListEvaluationsRequest newest;
  newest.set_parent("people/-");
  newest.set_page_size(kPage);
  ASSIGN_OR_RETURN(
      v1::ListEvaluationsResponse evaluations,
      client.Call(&v1::EvaluationService::Stub::ListEvaluations, newest));
  for (const v1::Evaluation& evaluation : evaluations.evaluations()) {
    center.evaluations.push_back(evaluation.name());
  }
  return center;
}

}  // namespace attune
