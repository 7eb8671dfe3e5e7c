#include "engine/evaluation/sample.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/evaluation/sampling_plan.h"
#include "engine/ids.h"

namespace attune {
namespace {

// Contact names of one stratum, each after its hash.
using Stratum = std::vector<std::pair<std::string, std::string>>;
using Strata = std::map<int64_t, Stratum>;

// Whether a stratum of `size` with `taken` comes before `other_size` with
// `other_taken`.
bool ComesFirst(int64_t size, int64_t taken, int64_t other_size,
                int64_t other_taken) {
  if (taken == 0 || other_taken == 0) {
    return taken == other_taken ? size > other_size : taken == 0;
  }
  return size * other_taken > other_size * taken;
}

std::vector<std::string> TakeSmallest(Strata& strata, int64_t count) {
  std::vector<int64_t> sizes;
  for (const auto& [key, stratum] : strata) {
    sizes.push_back(static_cast<int64_t>(stratum.size()));
  }
  const std::vector<int64_t> shares = Allot(sizes, count);
  std::vector<std::string> taken;
  size_t next = 0;
  for (auto& [key, stratum] : strata) {
    const auto share = static_cast<std::ptrdiff_t>(shares[next++]);
    std::partial_sort(stratum.begin(), stratum.begin() + share, stratum.end());
    for (std::ptrdiff_t i = 0; i < share; ++i) {
      taken.push_back(stratum[static_cast<size_t>(i)].second);
    }
  }
  std::sort(taken.begin(), taken.end());
  return taken;
}

}  // namespace

std::string KeyedHash(int64_t seed, absl::string_view text) {
  return Sha256Hex(absl::StrCat(seed, "\n", text));
}

std::string FrameHash(const Frame& frame) {
  std::vector<absl::string_view> names;
  for (const FrameContact& contact : frame.contacts) {
    names.push_back(contact.name);
  }
  std::sort(names.begin(), names.end());
  std::string text;
  for (const absl::string_view name : names) absl::StrAppend(&text, name, "\n");
  return Sha256Hex(text);
}

std::vector<int64_t> Allot(const std::vector<int64_t>& sizes, int64_t count) {
  std::vector<int64_t> taken(sizes.size(), 0);
  for (; count > 0; --count) {
    size_t best = sizes.size();
    for (size_t i = 0; i < sizes.size(); ++i) {
      if (taken[i] == sizes[i]) continue;
      if (best == sizes.size() ||
          ComesFirst(sizes[i], taken[i], sizes[best], taken[best])) {
        best = i;
      }
    }
    if (best == sizes.size()) break;
    ++taken[best];
  }
  return taken;
}

std::vector<AgentSample> DrawFrom(const v1::SamplingPlan& plan,
                                  const Frame& frame) {
  std::map<std::string, Strata> by_agent;
  for (const std::string& agent : frame.agents) by_agent[agent];
  for (const FrameContact& contact : frame.contacts) {
    by_agent[contact.agent][contact.stratum].emplace_back(
        KeyedHash(plan.seed(), contact.name), contact.name);
  }
  std::vector<AgentSample> samples;
  for (auto& [agent, strata] : by_agent) {
    AgentSample& sample = samples.emplace_back();
    sample.agent = agent;
    for (const auto& [key, stratum] : strata) {
      sample.frame_count += static_cast<int64_t>(stratum.size());
    }
    sample.wanted_count = WantedOf(plan, sample.frame_count);
    sample.drawn = TakeSmallest(strata, sample.wanted_count);
  }
  return samples;
}

}  // namespace attune
