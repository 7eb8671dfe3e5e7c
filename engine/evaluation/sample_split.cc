#include "engine/evaluation/sample_split.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/evaluation/sample.h"

namespace attune {
namespace {

// Which of so many things hang together.
class Linked {
 public:
  explicit Linked(size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), size_t{0});
  }
  size_t Find(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void Join(size_t a, size_t b) { parent_[Find(a)] = Find(b); }

 private:
  std::vector<size_t> parent_;
};

// Sorts by the hash of what `text` gives, and makes that the only order there
// is.
template <typename T, typename F>
void SortByHash(int64_t seed, F text, std::vector<T>& all) {
  std::vector<std::pair<std::string, T>> keyed;
  for (T& one : all) {
    std::string hash = KeyedHash(seed, text(one));
    keyed.emplace_back(std::move(hash), std::move(one));
  }
  std::sort(keyed.begin(), keyed.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < all.size(); ++i) all[i] = std::move(keyed[i].second);
}

// Contacts and raters by their places in hash order.
class Splitter {
 public:
  Splitter(const std::vector<SplitContact>& contacts,
           const std::vector<Rater>& raters)
      : contacts_(contacts),
        raters_(raters),
        given_(contacts.size()),
        links_(contacts.size()),
        loads_(raters.size(), 0) {
    std::map<std::string, size_t> agents;
    for (const SplitContact& contact : contacts) {
      agents_.push_back(
          agents.try_emplace(contact.agent, agents.size()).first->second);
    }
    agent_count_ = agents.size();
  }

  void GiveEach() {
    for (size_t contact = 0; contact < contacts_.size(); ++contact) {
      if (const auto rater = LeastFor(contact)) Give(contact, *rater);
    }
  }

  // Second raters that link what is not linked yet.
  void OverlapToLink(int64_t& budget) {
    Linked linked = LinkedNow();
    while (budget > 0) {
      const auto found = FindLink(linked);
      if (!found) return;
      Give(found->first, found->second);
      links_[found->first] = true;
      linked.Join(agents_[found->first], agent_count_ + found->second);
      --budget;
    }
  }

  void OverlapTheRest(int64_t& budget) {
    for (size_t contact = 0; contact < contacts_.size() && budget > 0;
         ++contact) {
      if (given_[contact].size() != 1) continue;
      if (const auto rater = LeastFor(contact)) {
        Give(contact, *rater);
        --budget;
      }
    }
  }

  // Moves contacts until no move makes two shares more equal.
  void Even() {
    while (MoveOne(/*also_links=*/false) || MoveOne(/*also_links=*/true)) {
    }
  }

  Split Result() {
    Split split;
    for (size_t i = 0; i < contacts_.size(); ++i) {
      SplitPick& pick = split.picks.emplace_back();
      pick.name = contacts_[i].name;
      pick.agent = contacts_[i].agent;
      for (const size_t rater : given_[i]) {
        pick.raters.push_back(raters_[rater].person);
      }
      if (given_[i].size() > 1) ++split.overlap_count;
    }
    std::sort(split.picks.begin(), split.picks.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    split.connected = IsConnected();
    return split;
  }

 private:
  bool MayGive(size_t contact, size_t rater) const {
    const SplitContact& wanted = contacts_[contact];
    const std::vector<size_t>& given = given_[contact];
    return std::find(given.begin(), given.end(), rater) == given.end() &&
           MayScore(raters_[rater], wanted.agent, wanted.agent_team) &&
           wanted.taken_by.count(raters_[rater].person) == 0;
  }

  void Give(size_t contact, size_t rater) {
    given_[contact].push_back(rater);
    ++loads_[rater];
  }

  std::optional<size_t> LeastFor(size_t contact) const {
    std::optional<size_t> least;
    for (size_t rater = 0; rater < raters_.size(); ++rater) {
      if ((!least || loads_[rater] < loads_[*least]) &&
          MayGive(contact, rater)) {
        least = rater;
      }
    }
    return least;
  }

  // Raters, those with the least first.
  std::vector<size_t> ByLoad() const {
    std::vector<size_t> order(raters_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](size_t a, size_t b) {
      return loads_[a] < loads_[b];
    });
    return order;
  }

  // Agents first, then raters.
  Linked LinkedNow() const {
    Linked linked(agent_count_ + raters_.size());
    for (size_t i = 0; i < contacts_.size(); ++i) {
      for (const size_t rater : given_[i]) {
        linked.Join(agents_[i], agent_count_ + rater);
      }
    }
    return linked;
  }

  // A contact and a second rater for it who is not linked with its agent.
  std::optional<std::pair<size_t, size_t>> FindLink(Linked& linked) const {
    for (const size_t rater : ByLoad()) {
      const size_t part = linked.Find(agent_count_ + rater);
      for (size_t contact = 0; contact < contacts_.size(); ++contact) {
        if (given_[contact].size() == 1 &&
            linked.Find(agents_[contact]) != part && MayGive(contact, rater)) {
          return std::pair(contact, rater);
        }
      }
    }
    return std::nullopt;
  }

  bool MoveOne(bool also_links) {
    std::vector<std::vector<size_t>> held(raters_.size());
    for (size_t contact = 0; contact < contacts_.size(); ++contact) {
      if (links_[contact] && !also_links) continue;
      for (const size_t rater : given_[contact]) held[rater].push_back(contact);
    }
    const std::vector<size_t> order = ByLoad();
    for (auto most = order.rbegin(); most != order.rend(); ++most) {
      for (const size_t least : order) {
        if (loads_[*most] < loads_[least] + 2) break;
        for (const size_t contact : held[*most]) {
          if (!MayGive(contact, least)) continue;
          std::vector<size_t>& given = given_[contact];
          *std::find(given.begin(), given.end(), *most) = least;
          --loads_[*most];
          ++loads_[least];
          return true;
        }
      }
    }
    return false;
  }

  bool IsConnected() const {
    Linked linked = LinkedNow();
    std::optional<size_t> part;
    for (size_t i = 0; i < contacts_.size(); ++i) {
      if (given_[i].empty()) continue;
      const size_t found = linked.Find(agents_[i]);
      if (part && *part != found) return false;
      part = found;
    }
    return true;
  }

  const std::vector<SplitContact>& contacts_;
  const std::vector<Rater>& raters_;
  std::vector<std::vector<size_t>> given_;  // raters of each contact
  std::vector<bool> links_;                 // contacts whose second rater links
  std::vector<int64_t> loads_;              // of each rater
  std::vector<size_t> agents_;              // of each contact
  size_t agent_count_ = 0;
};

}  // namespace

Split SplitOver(int64_t seed, int64_t overlap_percent,
                std::vector<SplitContact> contacts, std::vector<Rater> raters) {
  // Not the order they were drawn in: who has many contacts has the smallest
  // hashes, and would overlap more often.
  SortByHash(
      seed, [](const SplitContact& c) { return "split\n" + c.name; }, contacts);
  SortByHash(
      seed, [](const Rater& r) { return "split\n" + r.person; }, raters);
  Splitter splitter(contacts, raters);
  splitter.GiveEach();
  const auto count = static_cast<int64_t>(contacts.size());
  int64_t budget = (count * overlap_percent + 99) / 100;
  splitter.OverlapToLink(budget);
  splitter.OverlapTheRest(budget);
  splitter.Even();
  return splitter.Result();
}

}  // namespace attune
