#include "engine/form/vendors/item_ids.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/ids.h"

namespace attune {
namespace {

TEST(ItemIdsTest, KeepsWhatIsAnIdAndSpellsTheRest) {
  ItemIds ids;
  EXPECT_EQ(ids.Take("opening_1", "Opening", "question"), "opening_1");
  EXPECT_EQ(ids.Take("Q-2.a", "", "question"), "q_2_a");
  EXPECT_EQ(ids.Take("", "  Was it *solved*?", "question"), "was_it_solved");
  EXPECT_EQ(ids.Take("", "3 tries", "choice"), "choice_3_tries");
  EXPECT_EQ(ids.Take("", "良い", "choice"), "choice");
  EXPECT_EQ(ids.Take("5c1d3b52-9c4f-4e7e-8a11-0d1f0c4d9f10", "Closing", "x"),
            "closing");
}

TEST(ItemIdsTest, EqualOnesGetNumbersAlsoWhereTheyAreLong) {
  ItemIds ids;
  const std::string text(100, 'x');
  EXPECT_EQ(ids.Take("", text, "question"), std::string(63, 'x'));
  EXPECT_EQ(ids.Take("", text, "question"), std::string(61, 'x') + "_2");
  EXPECT_EQ(ids.Take("a_2", "", "question"), "a_2");
  EXPECT_EQ(ids.Take("a", "", "question"), "a");
  EXPECT_EQ(ids.Take("a", "", "question"), "a_3");
  std::set<std::string> all;
  for (int i = 0; i < 2000; ++i) {
    const std::string id = ids.Take("", "Yes", "choice");
    EXPECT_TRUE(IsItemId(id)) << id;
    EXPECT_TRUE(all.insert(id).second) << id;
  }
}

}  // namespace
}  // namespace attune
