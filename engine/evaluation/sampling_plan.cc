#include "engine/evaluation/sampling_plan.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/people/person.h"

namespace attune {
namespace {

using google::protobuf::Duration;

constexpr int kMaxPopulation = 1000;
constexpr int kMaxTopics = 100;
constexpr int kMaxAdvocates = 200;
constexpr int kMaxLimits = 8;
constexpr int kMaxPerAgent = 1000;
constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMaxDurationSeconds = 7 * 86'400;
constexpr int64_t kMaxExpirySeconds = 366 * 86'400;

int64_t MicrosOf(const Duration& duration) {
  return duration.seconds() * kMicrosPerSecond + duration.nanos() / 1000;
}

bool IsWithin(const Duration& duration, int64_t most_seconds) {
  return duration.seconds() >= 0 && duration.seconds() <= most_seconds &&
         duration.nanos() >= 0 && duration.nanos() < 1'000'000'000;
}

void CheckRange(int64_t value, int64_t least, int64_t most,
                absl::string_view field, Violations& bad) {
  if (value < least || value > most) {
    bad.Add(field, "OUT_OF_RANGE",
            absl::StrCat(least, " to ", most, ", not ", value, "."));
  }
}

// Each a name of its own.
void CheckNames(const google::protobuf::RepeatedPtrField<std::string>& names,
                std::optional<std::string> (*parse)(absl::string_view),
                absl::string_view what, int most, const std::string& field,
                Violations& bad) {
  if (names.size() > most) {
    bad.Add(field, "TOO_MANY", absl::StrCat("At most ", most, "."));
    return;
  }
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    if (!parse(names[i])) {
      bad.Add(at, "NAME_INVALID", absl::StrCat("One is like ", what, "."));
    } else if (!seen.insert(names[i]).second) {
      bad.Add(at, "DUPLICATE", "It stands here twice.");
    }
  }
}

void CheckPopulation(const v1::SamplingPlan::Population& population,
                     const std::string& path, Violations& bad) {
  CheckNames(population.teams(), ParseTeamName, "teams/{team}", kMaxPopulation,
             absl::StrCat(path, ".teams"), bad);
  CheckNames(population.people(), ParsePersonName, "people/{person}",
             kMaxPopulation, absl::StrCat(path, ".people"), bad);
  for (int i = 0; i < population.channels_size(); ++i) {
    const v1::Channel channel = population.channels(i);
    if (channel == v1::CHANNEL_UNSPECIFIED || !v1::Channel_IsValid(channel)) {
      bad.Add(absl::StrCat(path, ".channels[", i, "]"), "CHANNEL_UNKNOWN",
              "A channel is phone, chat, email, social or in_person.");
    }
  }
  for (const auto& [field, duration] :
       {std::pair(".min_duration", population.min_duration()),
        std::pair(".max_duration", population.max_duration())}) {
    if (!IsWithin(duration, kMaxDurationSeconds)) {
      bad.Add(absl::StrCat(path, field), "DURATION_INVALID",
              "A duration is 0 to seven days.");
    }
  }
  if (population.has_max_duration() &&
      MicrosOf(population.max_duration()) <
          MicrosOf(population.min_duration())) {
    bad.Add(absl::StrCat(path, ".max_duration"), "DURATIONS_CROSSED",
            "max_duration is not under min_duration.");
  }
  if (population.topics_size() > kMaxTopics) {
    bad.Add(absl::StrCat(path, ".topics"), "TOO_MANY",
            absl::StrCat("At most ", kMaxTopics, "."));
  }
  for (int i = 0; i < population.topics_size(); ++i) {
    if (population.topics(i).empty() || !IsCleanUtf8(population.topics(i))) {
      bad.Add(absl::StrCat(path, ".topics[", i, "]"), "TOPIC_INVALID",
              "A topic is text as the contacts have it.");
    }
  }
}

void CheckQuota(const v1::SamplingPlan& plan, const std::string& path,
                Violations& bad) {
  switch (plan.quota_case()) {
    case v1::SamplingPlan::kCountPerAgent:
      CheckRange(plan.count_per_agent(), 1, kMaxPerAgent,
                 absl::StrCat(path, ".count_per_agent"), bad);
      break;
    case v1::SamplingPlan::kPercentPerAgent:
      CheckRange(plan.percent_per_agent(), 1, 100,
                 absl::StrCat(path, ".percent_per_agent"), bad);
      break;
    case v1::SamplingPlan::QUOTA_NOT_SET:
      bad.Add(absl::StrCat(path, ".count_per_agent"), "QUOTA_MISSING",
              "Say count_per_agent or percent_per_agent.");
      break;
  }
  const std::string minimum = absl::StrCat(path, ".minimum_per_agent");
  CheckRange(plan.minimum_per_agent(), 0, kMaxPerAgent, minimum, bad);
  if (plan.minimum_per_agent() != 0 && !plan.has_percent_per_agent()) {
    bad.Add(minimum, "MINIMUM_WITHOUT_PERCENT",
            "A minimum goes with percent_per_agent.");
  }
}

void CheckStrata(const v1::SamplingPlan& plan, const std::string& path,
                 Violations& bad) {
  std::set<int> seen;
  for (int i = 0; i < plan.strata_size(); ++i) {
    const std::string at = absl::StrCat(path, ".strata[", i, "]");
    if (plan.strata(i) == v1::SamplingPlan::STRATUM_UNSPECIFIED ||
        !v1::SamplingPlan::Stratum_IsValid(plan.strata(i))) {
      bad.Add(at, "STRATUM_UNKNOWN",
              "A stratum is STRATUM_CHANNEL or STRATUM_DURATION.");
    } else if (!seen.insert(plan.strata(i)).second) {
      bad.Add(at, "DUPLICATE", "It stands here twice.");
    }
  }
  const std::string field = absl::StrCat(path, ".duration_limits");
  const bool by_duration = seen.count(v1::SamplingPlan::STRATUM_DURATION) > 0;
  if (by_duration != (plan.duration_limits_size() > 0)) {
    bad.Add(field, by_duration ? "LIMITS_MISSING" : "LIMITS_UNUSED",
            "STRATUM_DURATION and duration_limits go together.");
  }
  if (plan.duration_limits_size() > kMaxLimits) {
    bad.Add(field, "TOO_MANY", absl::StrCat("At most ", kMaxLimits, "."));
  }
  int64_t last = 0;
  for (int i = 0; i < plan.duration_limits_size(); ++i) {
    const Duration& limit = plan.duration_limits(i);
    if (!IsWithin(limit, kMaxDurationSeconds) || MicrosOf(limit) <= last) {
      bad.Add(absl::StrCat(field, "[", i, "]"), "LIMITS_NOT_ASCENDING",
              "Limits ascend, from above 0 to seven days.");
    }
    last = std::max(last, MicrosOf(limit));
  }
}

}  // namespace

void CheckSamplingPlan(const v1::SamplingPlan& plan, absl::string_view at,
                       Violations& bad) {
  const std::string path(at);
  CheckShortText(plan.title(), absl::StrCat(path, ".title"), bad);
  if (!ParseFormName(plan.form())) {
    bad.Add(absl::StrCat(path, ".form"), "NAME_INVALID",
            "A form is forms/{form}.");
  }
  CheckPopulation(plan.population(), absl::StrCat(path, ".population"), bad);
  CheckQuota(plan, path, bad);
  if (plan.period() == v1::SamplingPlan::PERIOD_UNSPECIFIED ||
      !v1::SamplingPlan::Period_IsValid(plan.period())) {
    bad.Add(absl::StrCat(path, ".period"), "PERIOD_UNKNOWN",
            "A period is PERIOD_DAY, PERIOD_WEEK or PERIOD_MONTH.");
  }
  CheckStrata(plan, path, bad);
  CheckNames(plan.advocates(), ParsePersonName, "people/{person}",
             kMaxAdvocates, absl::StrCat(path, ".advocates"), bad);
  CheckRange(plan.overlap_percent(), 0, 100,
             absl::StrCat(path, ".overlap_percent"), bad);
  if (plan.has_expire_after() &&
      (!IsWithin(plan.expire_after(), kMaxExpirySeconds) ||
       plan.expire_after().seconds() < 1)) {
    bad.Add(absl::StrCat(path, ".expire_after"), "DURATION_INVALID",
            "One second to 366 days; leave it out for never.");
  }
  if (plan.seed() < 0) {
    bad.Add(absl::StrCat(path, ".seed"), "OUT_OF_RANGE",
            "A seed is 0 (the server chooses) or more.");
  }
  if (!v1::SamplingPlan::State_IsValid(plan.state())) {
    bad.Add(absl::StrCat(path, ".state"), "STATE_UNKNOWN",
            "A plan is STATE_ACTIVE or STATE_ENDED.");
  }
}

bool Admits(const v1::SamplingPlan::Population& population,
            const v1::Contact& contact) {
  const auto& channels = population.channels();
  if (!channels.empty() && std::find(channels.begin(), channels.end(),
                                     contact.channel()) == channels.end()) {
    return false;
  }
  const int64_t duration = MicrosOf(contact.duration());
  if (duration < MicrosOf(population.min_duration()) ||
      (population.has_max_duration() &&
       duration > MicrosOf(population.max_duration()))) {
    return false;
  }
  const auto& topics = population.topics();
  return topics.empty() ||
         std::find_first_of(topics.begin(), topics.end(),
                            contact.topics().begin(),
                            contact.topics().end()) != topics.end();
}

int64_t StratumOf(const v1::SamplingPlan& plan, const v1::Contact& contact) {
  int64_t stratum = 0;
  for (const int kind : plan.strata()) {
    if (kind == v1::SamplingPlan::STRATUM_CHANNEL) {
      stratum += int64_t{contact.channel()} * (kMaxLimits + 1);
    } else {
      const int64_t duration = MicrosOf(contact.duration());
      stratum += std::count_if(
          plan.duration_limits().begin(), plan.duration_limits().end(),
          [&](const Duration& limit) { return MicrosOf(limit) <= duration; });
    }
  }
  return stratum;
}

bool ScoresFor(const v1::SamplingPlan& plan, const Rater& rater) {
  const auto& listed = plan.advocates();
  if (listed.empty()) return rater.roles.Has(v1::ROLE_ADVOCATE);
  return IsRater(rater) && std::find(listed.begin(), listed.end(),
                                     PersonName(rater.person)) != listed.end();
}

int64_t WantedOf(const v1::SamplingPlan& plan, int64_t eligible) {
  if (plan.has_count_per_agent()) return plan.count_per_agent();
  return std::max<int64_t>(plan.minimum_per_agent(),
                           (eligible * plan.percent_per_agent() + 99) / 100);
}

}  // namespace attune
