#include "engine/evaluation/sample_split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attune {
namespace {

std::vector<SplitContact> Contacts(int agents, int each) {
  std::vector<SplitContact> contacts;
  for (int a = 0; a < agents; ++a) {
    for (int c = 0; c < each; ++c) {
      contacts.push_back({absl::StrCat("people/a", a, "/contacts/c", c),
                          absl::StrCat("a", a), "red"});
    }
  }
  return contacts;
}

Rater RaterOf(const std::string& person, v1::Role role,
              const std::string& team = "") {
  return {person, team, RoleSet().Add(role)};
}

std::vector<Rater> Advocates(int count) {
  std::vector<Rater> raters;
  for (int i = 0; i < count; ++i) {
    raters.push_back(RaterOf(absl::StrCat("r", i), v1::ROLE_ADVOCATE));
  }
  return raters;
}

std::map<std::string, int> LoadsOf(const Split& split) {
  std::map<std::string, int> loads;
  for (const SplitPick& pick : split.picks) {
    for (const std::string& rater : pick.raters) ++loads[rater];
  }
  return loads;
}

// The largest share less the smallest.
int SpreadOf(const Split& split, size_t raters) {
  const auto loads = LoadsOf(split);
  int least = loads.size() < raters ? 0 : 1'000'000;
  int most = 0;
  for (const auto& [rater, load] : loads) {
    least = std::min(least, load);
    most = std::max(most, load);
  }
  return most - least;
}

std::string TextOf(const Split& split) {
  std::string text;
  for (const SplitPick& pick : split.picks) {
    absl::StrAppend(&text, pick.name, ":");
    for (const auto& rater : pick.raters) absl::StrAppend(&text, " ", rater);
    absl::StrAppend(&text, "\n");
  }
  return text;
}

TEST(SplitTest, SharesDifferByAtMostOneWhereEverybodyMayScore) {
  std::mt19937 random(20261123);
  for (int i = 0; i < 3'000; ++i) {
    const int agents = 1 + static_cast<int>(random() % 8);
    const int each = 1 + static_cast<int>(random() % 6);
    const int raters = 1 + static_cast<int>(random() % 7);
    const int percent = static_cast<int>(random() % 101);
    const Split split =
        SplitOver(i, percent, Contacts(agents, each), Advocates(raters));
    const std::string told = absl::StrCat(agents, " agents of ", each, ", ",
                                          raters, " raters, ", percent, " %");
    ASSERT_LE(SpreadOf(split, static_cast<size_t>(raters)), 1) << told;
    const int count = agents * each;
    ASSERT_EQ(split.overlap_count,
              raters < 2 ? 0 : (count * percent + 99) / 100)
        << told;
    for (const SplitPick& pick : split.picks) {
      ASSERT_GE(pick.raters.size(), 1u);
      ASSERT_LE(pick.raters.size(), 2u);
      ASSERT_NE(pick.raters.front(),
                pick.raters.size() == 2 ? pick.raters.back() : "");
    }
  }
}

// Agents of one contact each: without an overlap every rater is alone with
// theirs.  As many second raters as there are raters less one link them all.
TEST(SplitTest, OverlapLinksAgentsAndRaters) {
  for (int seed = 1; seed <= 200; ++seed) {
    EXPECT_FALSE(SplitOver(seed, 0, Contacts(20, 1), Advocates(5)).connected);
    // 15 % of 20 are 3 of the 4 links that 5 parts need.
    EXPECT_FALSE(SplitOver(seed, 15, Contacts(20, 1), Advocates(5)).connected);
    const Split split = SplitOver(seed, 20, Contacts(20, 1), Advocates(5));
    EXPECT_TRUE(split.connected) << seed;
    EXPECT_EQ(split.overlap_count, 4);
    EXPECT_LE(SpreadOf(split, 5), 1);
  }
}

TEST(SplitTest, OrderChangesNothingAndTheSeedDoes) {
  std::vector<SplitContact> contacts = Contacts(6, 4);
  std::vector<Rater> raters = Advocates(5);
  const std::string first = TextOf(SplitOver(7, 25, contacts, raters));
  std::mt19937 random(2);
  for (int i = 0; i < 50; ++i) {
    std::shuffle(contacts.begin(), contacts.end(), random);
    std::shuffle(raters.begin(), raters.end(), random);
    ASSERT_EQ(TextOf(SplitOver(7, 25, contacts, raters)), first);
  }
  EXPECT_NE(TextOf(SplitOver(8, 25, contacts, raters)), first);
}

TEST(SplitTest, NobodyGetsTheirOwnOrWhatTheyHave) {
  std::vector<SplitContact> contacts = Contacts(3, 5);
  for (SplitContact& contact : contacts) contact.taken_by = {"r0"};
  contacts[14].taken_by.clear();  // a2's
  // Two agents are advocates as well.
  const std::vector<Rater> raters = {RaterOf("a0", v1::ROLE_ADVOCATE),
                                     RaterOf("a1", v1::ROLE_ADVOCATE),
                                     RaterOf("r0", v1::ROLE_ADVOCATE)};
  for (int seed = 1; seed <= 100; ++seed) {
    const Split split = SplitOver(seed, 100, contacts, raters);
    for (const SplitPick& pick : split.picks) {
      for (const std::string& rater : pick.raters) {
        EXPECT_NE(rater, pick.agent);
        EXPECT_TRUE(rater != "r0" || pick.name == "people/a2/contacts/c4");
      }
    }
    // a0's go to a1 alone and the other way round; a2's have two each.
    EXPECT_EQ(split.overlap_count, 5);
  }
}

TEST(SplitTest, LeadsScoreTheirTeamAlone) {
  std::vector<SplitContact> contacts = Contacts(2, 4);
  for (SplitContact& contact : contacts) {
    if (contact.agent == "a1") contact.agent_team = "blue";
  }
  const Split split = SplitOver(
      3, 0, contacts,
      {RaterOf("lea", v1::ROLE_LEAD, "red"), RaterOf("nobody", v1::ROLE_LEAD),
       RaterOf("an", v1::ROLE_AGENT)});
  for (const SplitPick& pick : split.picks) {
    EXPECT_EQ(pick.raters, pick.agent == "a0" ? std::vector<std::string>{"lea"}
                                              : std::vector<std::string>{});
  }
  EXPECT_TRUE(split.connected);
}

TEST(SplitTest, NothingIsSplitToNobody) {
  const Split split = SplitOver(1, 50, {}, {});
  EXPECT_TRUE(split.picks.empty());
  EXPECT_TRUE(split.connected);
  EXPECT_EQ(SplitOver(1, 50, Contacts(1, 2), {}).overlap_count, 0);
}

}  // namespace
}  // namespace attune
