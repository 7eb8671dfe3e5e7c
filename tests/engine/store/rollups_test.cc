#include "engine/store/rollups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/store/verify.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RollupsTest : public StoreTest {
 protected:
  void Add(const RollupKey& key, const Tally& tally) {
    ASSERT_THAT(InWrite([&](Transaction& tx) -> absl::StatusOr<bool> {
                  const absl::Status status = AddToRollup(tx, key, tally);
                  if (!status.ok()) return status;
                  return true;
                }),
                IsOk());
  }
  std::vector<std::pair<RollupKey, Tally>> Scan(const RollupFilter& filter) {
    std::vector<std::pair<RollupKey, Tally>> found;
    EXPECT_THAT(db().ReadAndWait([&](Transaction& tx) {
      found.clear();
      return ScanRollups(tx, filter,
                         [&](const RollupKey& key, const Tally& tally) {
                           found.emplace_back(key, tally);
                           return absl::OkStatus();
                         });
    }),
                IsOk());
    return found;
  }
};

Tally SomeTally(int64_t percent, int64_t slots) {
  Tally tally;
  tally.percent.Add(percent);
  tally.critical = 1;
  tally.critical_by_category[2] = 1;
  for (int64_t slot = 0; slot < slots; ++slot) {
    SectionSums& section = tally.sections[slot];
    section.percent.Add(100 * (slot + 1));
    section.lost = 7;
    section.critical = slot % 2;
  }
  return tally;
}

TEST_P(RollupsTest, SumsAddUpInPlace) {
  const RollupKey key{20'000, "ann", "call", 1};
  Add(key, SomeTally(5000, 3));
  Add(key, SomeTally(7000, 3));
  Tally expected = SomeTally(5000, 3);
  expected.Add(SomeTally(7000, 3));
  EXPECT_EQ(expected.percent.sum_squares, 25'000'000 + 49'000'000);
  EXPECT_THAT(Scan({}), ElementsAre(std::pair(key, expected)));
}

TEST_P(RollupsTest, TwoHundredSectionsAreKept) {
  const RollupKey key{20'000, "ann", "call", 1};
  Add(key, SomeTally(5000, 200));
  Add(key, SomeTally(5000, 9));
  Tally expected = SomeTally(5000, 200);
  expected.Add(SomeTally(5000, 9));
  EXPECT_THAT(Scan({}), ElementsAre(std::pair(key, expected)));
}

TEST_P(RollupsTest, FiltersNarrow) {
  const RollupKey a{1, "ann", "call", 1};
  const RollupKey b{2, "ann", "chat", 1};
  const RollupKey c{2, "bob", "call", 2};
  for (const RollupKey& key : {a, b, c}) Add(key, SomeTally(1, 1));
  const auto keys = [&](const RollupFilter& filter) {
    std::vector<RollupKey> found;
    for (const auto& [key, tally] : Scan(filter)) found.push_back(key);
    return found;
  };
  EXPECT_THAT(keys({.person = "ann"}), ElementsAre(a, b));
  EXPECT_THAT(keys({.form = "call"}), ElementsAre(a, c));
  EXPECT_THAT(keys({.kind = 2}), ElementsAre(c));
  EXPECT_THAT(keys({.first_day = 2}), ElementsAre(b, c));
  EXPECT_THAT(keys({.last_day = 1}), ElementsAre(a));
}

TEST_P(RollupsTest, VerifyNamesARollupWithoutEvaluations) {
  Add({20'513, "ann", "call", 1}, SomeTally(5000, 0));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::VerifyResponse verified,
      InRead([](Transaction& tx) { return VerifyStore(tx); }));
  EXPECT_EQ(verified.rollups(), 1);
  ASSERT_EQ(verified.differences_size(), 5);
  EXPECT_EQ(verified.differences(0).subject(),
            "rollup day=2026-03-01 person=ann form=call kind=KIND_QA");
  EXPECT_EQ(verified.differences(0).figure(), "critical");
  EXPECT_EQ(verified.differences(0).expected(), "0");
  EXPECT_EQ(verified.differences(0).stored(), "1");
}

ATTUNE_ON_EVERY_BACKEND(RollupsTest);

TEST(TallyTest, HoldsWhatOneEvaluationAdds) {
  v1::Evaluation evaluation;
  evaluation.set_state(v1::Evaluation::STATE_ACKNOWLEDGED);
  evaluation.mutable_acknowledge_time()->set_seconds(1);
  v1::Score& score = *evaluation.mutable_score();
  score.set_percent(97.5);
  v1::SectionScore& section = *score.add_sections();
  section.set_section_id("courtesies");
  section.set_percent(75);
  section.set_lost(2.5);
  score.add_sections()->set_section_id("empathy");  // nothing applicable
  for (int i = 0; i < 2; ++i) {
    v1::CriticalFailure& failure = *score.add_critical_failures();
    failure.set_section_id("courtesies");
    failure.set_category(v1::Critical::BUSINESS);
  }
  const Tally tally = TallyOf(evaluation, {{"courtesies", 4}, {"empathy", 5}});
  Tally expected;
  expected.percent.Add(9750);
  expected.acknowledged = 1;
  expected.critical = 1;
  expected.critical_by_category[1] = 1;
  expected.sections[4].percent.Add(7500);
  expected.sections[4].lost = 250;
  expected.sections[4].critical = 2;
  EXPECT_EQ(tally, expected);
}

}  // namespace
}  // namespace attune
