#include "tools/attune_load/year.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "tools/attune_load/answers.h"
#include "tools/attune_load/random.h"

namespace attune {
namespace {

// What a stream of chance is for.
enum Stream : uint64_t { kSeverity, kSkill, kDrift, kContact, kRater, kView };

constexpr double kSeverityDeviation = 4;  // percent
constexpr double kSkillMean = 68;
constexpr double kSkillDeviation = 9;
constexpr double kDriftMean = 3;  // over the whole period
constexpr double kDriftDeviation = 6;
constexpr double kContactDeviation = 8;  // how calls of one agent differ
// Far enough from both ends that severity always shows.
constexpr double kLeastSkill = 25;
constexpr double kMostSkill = 90;
constexpr int kTwiceScored = 10;  // every so many contacts one
constexpr int kPatterns = 7;      // weeks differ by their two free days
constexpr int64_t kShiftStart = 8 * 3600;
constexpr int64_t kShiftSeconds = 9 * 3600;

constexpr const char* kTopics[] = {"check balance", "order pizza",
                                   "late parcel",   "return",
                                   "new card",      "cancel"};

uint64_t Name(int number) { return static_cast<uint64_t>(number); }

}  // namespace

// One contact, before it is written down.
struct Year::Planned {
  int64_t start_us = 0;
  int64_t duration_seconds = 0;
  v1::Channel channel = v1::CHANNEL_PHONE;
  const char* topic = "";
  double worth = 0;  // percent, to a neutral advocate
  uint64_t seed = 0;
};

Year::Year(const YearOptions& options)
    : options_(options), work_days_(kPatterns) {
  for (int i = 0; i < options_.advocates; ++i) {
    severities_.push_back(kSeverityDeviation *
                          Random(options_.seed, {kSeverity, Name(i)}).Normal());
  }
  const double mean =
      std::accumulate(severities_.begin(), severities_.end(), 0.0) /
      static_cast<double>(severities_.size());
  for (double& severity : severities_) severity -= mean;
  for (int pattern = 0; pattern < kPatterns; ++pattern) {
    auto& days = work_days_[static_cast<size_t>(pattern)];
    for (int i = 0; i < options_.days; ++i) {
      const int64_t day = options_.last_day - options_.days + 1 + i;
      const int64_t weekday = ((day + pattern) % 7 + 7) % 7;
      if (weekday < 5) days.push_back(day);
    }
    if (days.empty()) days.push_back(options_.last_day);
  }
}

std::string Year::AgentId(int agent) const {
  return absl::StrFormat("load-%d-agent-%04d", options_.seed, agent + 1);
}

std::string Year::AdvocateId(int advocate) const {
  return absl::StrFormat("load-%d-advocate-%02d", options_.seed, advocate + 1);
}

std::string Year::ContactId(int agent, int contact) const {
  return absl::StrFormat("load-%d-%04d-%06d", options_.seed, agent + 1,
                         contact + 1);
}

double Year::Severity(int advocate) const {
  return severities_[static_cast<size_t>(advocate)];
}

double Year::SkillAtStart(int agent) const {
  Random random(options_.seed, {kSkill, Name(agent)});
  return std::clamp(kSkillMean + kSkillDeviation * random.Normal(), kLeastSkill,
                    kMostSkill);
}

double Year::SkillAtEnd(int agent) const {
  Random random(options_.seed, {kDrift, Name(agent)});
  const double drift = kDriftMean + kDriftDeviation * random.Normal();
  return std::clamp(SkillAtStart(agent) + drift, kLeastSkill, kMostSkill);
}

std::vector<v1::CreateTeamRequest> Year::Teams() const {
  std::vector<v1::CreateTeamRequest> teams;
  for (int i = 0; i < options_.teams; ++i) {
    v1::CreateTeamRequest& request = teams.emplace_back();
    request.set_team_id(
        absl::StrFormat("load-%d-team-%02d", options_.seed, i + 1));
    request.mutable_team()->set_display_name(absl::StrCat("Team ", i + 1));
  }
  return teams;
}

std::vector<v1::CreatePersonRequest> Year::People() const {
  std::vector<v1::CreatePersonRequest> people;
  const std::vector<v1::CreateTeamRequest> teams = Teams();
  const auto add = [&](const std::string& id, const std::string& display_name,
                       v1::Role role, int team) {
    v1::CreatePersonRequest& request = people.emplace_back();
    request.set_person_id(id);
    request.mutable_person()->set_display_name(display_name);
    request.mutable_person()->add_roles(role);
    if (team < 0) return;
    request.mutable_person()->set_team(
        TeamName(teams[static_cast<size_t>(team)].team_id()));
  };
  for (int i = 0; i < options_.advocates; ++i) {
    add(AdvocateId(i), absl::StrCat("Advocate ", i + 1), v1::ROLE_ADVOCATE, -1);
  }
  for (int i = 0; i < options_.teams; ++i) {
    add(absl::StrFormat("load-%d-lead-%02d", options_.seed, i + 1),
        absl::StrCat("Lead ", i + 1), v1::ROLE_LEAD, i);
  }
  for (int i = 0; i < options_.agents; ++i) {
    add(AgentId(i), absl::StrCat("Agent ", i + 1), v1::ROLE_AGENT,
        i % options_.teams);
  }
  return people;
}

int Year::EvaluationCountOf(int agent) const {
  return options_.evaluations / options_.agents +
         (agent < options_.evaluations % options_.agents ? 1 : 0);
}

int Year::ContactCountOf(int agent) const {
  const int evaluations = EvaluationCountOf(agent);
  if (options_.advocates < 2) return evaluations;
  return evaluations - evaluations / (kTwiceScored + 1);
}

Year::Planned Year::Plan(int agent, int contact) const {
  const auto& days = work_days_[Name(agent) % kPatterns];
  const size_t count = days.size();
  const size_t at = Name(contact) * count / Name(ContactCountOf(agent));
  Random random(options_.seed, {kContact, Name(agent), Name(contact)});
  Planned planned;
  planned.start_us =
      days[at] * kMicrosPerDay +
      (kShiftStart +
       static_cast<int64_t>(random.Below(static_cast<size_t>(kShiftSeconds)))) *
          1'000'000;
  planned.duration_seconds = 60 + static_cast<int64_t>(random.Below(900));
  const size_t channel = random.Below(10);
  planned.channel = channel < 7   ? v1::CHANNEL_PHONE
                    : channel < 9 ? v1::CHANNEL_CHAT
                                  : v1::CHANNEL_EMAIL;
  planned.topic = kTopics[random.Below(std::size(kTopics))];
  const double passed = options_.days > 1
                            ? static_cast<double>(days[at] - options_.last_day +
                                                  options_.days - 1) /
                                  (options_.days - 1)
                            : 1;
  const double start = SkillAtStart(agent);
  planned.worth = start + passed * (SkillAtEnd(agent) - start) +
                  kContactDeviation * random.Normal();
  planned.seed = random.Next();
  return planned;
}

std::vector<v1::CreateContactRequest> Year::ContactsOf(int agent) const {
  std::vector<v1::CreateContactRequest> contacts;
  const std::string parent = PersonName(AgentId(agent));
  const int count = ContactCountOf(agent);
  for (int i = 0; i < count; ++i) {
    const Planned planned = Plan(agent, i);
    v1::CreateContactRequest& request = contacts.emplace_back();
    request.set_parent(parent);
    request.set_contact_id(ContactId(agent, i));
    v1::Contact& contact = *request.mutable_contact();
    contact.set_channel(planned.channel);
    *contact.mutable_start_time() = ToTimestamp(planned.start_us);
    contact.mutable_duration()->set_seconds(planned.duration_seconds);
    contact.add_topics(planned.topic);
  }
  return contacts;
}

std::vector<int> Year::RatersOf(int agent, int contact) const {
  Random random(options_.seed, {kRater, Name(agent), Name(contact)});
  const auto advocates = static_cast<size_t>(options_.advocates);
  const size_t first = random.Below(advocates);
  std::vector<int> raters = {static_cast<int>(first)};
  const int twice = EvaluationCountOf(agent) - ContactCountOf(agent);
  if (contact % kTwiceScored == kTwiceScored - 1 &&
      contact / kTwiceScored < twice) {
    const size_t other = first + 1 + random.Below(advocates - 1);
    raters.push_back(static_cast<int>(other % advocates));
  }
  return raters;
}

std::vector<v1::SubmitEvaluationRequest> Year::EvaluationsOf(
    int agent, const CompiledForm& form, const std::string& revision) const {
  std::vector<v1::SubmitEvaluationRequest> evaluations;
  const std::string id = AgentId(agent);
  const int count = ContactCountOf(agent);
  for (int i = 0; i < count; ++i) {
    const Planned planned = Plan(agent, i);
    for (const int rater : RatersOf(agent, i)) {
      v1::SubmitEvaluationRequest& request = evaluations.emplace_back();
      request.set_parent(PersonName(id));
      v1::Evaluation& evaluation = *request.mutable_evaluation();
      evaluation.set_contact(ContactName(id, ContactId(agent, i)));
      evaluation.set_form_revision(revision);
      evaluation.set_rater(PersonName(AdvocateId(rater)));
      Judgement judgement;
      judgement.quality = (planned.worth - Severity(rater)) / 100;
      judgement.contact_seed = planned.seed;
      judgement.rater_seed = Random(planned.seed, {kView, Name(rater)}).Next();
      *evaluation.mutable_answers() = MakeAnswers(form, judgement);
    }
  }
  return evaluations;
}

}  // namespace attune
