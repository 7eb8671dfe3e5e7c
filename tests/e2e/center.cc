#include "tests/e2e/center.h"

#include "absl/strings/str_cat.h"

namespace attune::half_year {
namespace {

using Directory = v1::DirectoryService::Stub;

v1::CreatePersonRequest PersonOf(const std::string& id, v1::Role role,
                                 const std::string& team) {
  v1::CreatePersonRequest request;
  request.set_person_id(id);
  request.mutable_person()->add_roles(role);
  if (!team.empty()) {
    request.mutable_person()->set_team(absl::StrCat("teams/", team));
  }
  return request;
}

}  // namespace

void Center::SetUp() {
  SetClock([this] { return now_us_.load(); });
  At("2026-01-01", 8);
  Start();
  channel_ = Channel();
  admin_secret_ = Admin().token();
}

void Center::RestartServer() {
  channel_.reset();
  Destroy();
  Start();
  channel_ = Channel();
}

void Center::At(const std::string& day, int hour) {
  const int64_t now_us =
      *ParseDay(day) * kMicrosPerDay + hour * (kMicrosPerDay / 24);
  EXPECT_GE(now_us, now_us_.load()) << day;
  now_us_ = now_us;
}

Client Center::As(const std::string& person) const {
  if (person.empty()) return Client(channel_, admin_secret_);
  const auto access = access_.find(person);
  EXPECT_TRUE(access != access_.end()) << person;
  return Client(channel_, access == access_.end() ? "" : access->second.secret);
}

absl::StatusOr<v1::Evaluation> Center::Read(
    const std::string& person, const std::string& evaluation) const {
  v1::GetEvaluationRequest request;
  request.set_name(evaluation);
  return As(person).Call(&v1::EvaluationService::Stub::GetEvaluation, request);
}

void Center::Create(const std::vector<v1::CreatePersonRequest>& people) {
  v1::BatchCreatePeopleRequest request;
  request.mutable_requests()->Add(people.begin(), people.end());
  Do("", &Directory::BatchCreatePeople, request);
  for (const v1::CreatePersonRequest& person : people) {
    v1::CreateTokenRequest wanted;
    wanted.mutable_token()->set_display_name("Of their own");
    wanted.mutable_token()->set_person(
        absl::StrCat("people/", person.person_id()));
    const v1::CreateTokenResponse made =
        Do("", &v1::AdminService::Stub::CreateToken, wanted);
    access_[person.person_id()] = {made.token().name(), made.secret()};
  }
}

void Center::Hire(const std::string& id, v1::Role role,
                  const std::string& team) {
  Create({PersonOf(id, role, team)});
}

void Center::Join(const std::vector<int>& agents) {
  std::vector<v1::CreatePersonRequest> people;
  for (const int agent : agents) {
    people.push_back(
        PersonOf(AgentId(agent), v1::ROLE_AGENT, FirstTeam(agent)));
    teams_[agent] = FirstTeam(agent);
  }
  Create(people);
}

void Center::Leave(int agent) {
  v1::UpdatePersonRequest request;
  request.mutable_person()->set_name(AgentName(agent));
  request.mutable_person()->add_roles(v1::ROLE_ANALYST);
  Do("", &Directory::UpdatePerson, request);
  v1::RevokeTokenRequest revoke;
  revoke.set_name(access_[AgentId(agent)].token);
  Do("", &v1::AdminService::Stub::RevokeToken, revoke);
  teams_.erase(agent);
}

std::string Center::LeadOf(int agent) const {
  return absl::StrCat("lead-", FirstTeam(agent));
}

void Center::Take(const std::vector<Call>& calls) {
  v1::BatchCreateContactsRequest request;
  for (const Call& call : calls) {
    v1::CreateContactRequest& one = *request.add_requests();
    one.set_parent(AgentName(call.agent));
    one.set_contact_id(call.id);
    v1::Contact& contact = *one.mutable_contact();
    contact.set_channel(call.drawn ? v1::CHANNEL_PHONE : v1::CHANNEL_CHAT);
    *contact.mutable_start_time() =
        ToTimestamp(call.day * kMicrosPerDay + kMicrosPerDay / 2);
  }
  Do("", &Directory::BatchCreateContacts, request);
}

}  // namespace attune::half_year
