#include "engine/stats/mean.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

namespace attune {
namespace {

using testing::Eq;
using testing::Optional;

Sums SumsOf(std::initializer_list<int64_t> hundredths) {
  Sums sums;
  for (const int64_t value : hundredths) sums.Add(value);
  return sums;
}

TEST(MeanTest, NothingHasNoMean) {
  const Mean mean = MeanOf({});
  EXPECT_FALSE(mean.percent.has_value());
  EXPECT_EQ(mean.reason, "no_data");
}

TEST(MeanTest, OneScoreHasNoInterval) {
  const Mean mean = MeanOf(SumsOf({7345}));
  EXPECT_THAT(mean.percent, Optional(73.45));
  EXPECT_FALSE(mean.low.has_value());
  EXPECT_EQ(mean.reason, "too_few");
}

TEST(MeanTest, IntervalIsStudents) {
  // 40, 50, 60: s = 10, t(0.975, 2) = 4.302653, and times s / sqrt 3: 24.8414.
  const Mean mean = MeanOf(SumsOf({4000, 5000, 6000}));
  EXPECT_THAT(mean.percent, Optional(50.0));
  EXPECT_THAT(mean.deviation, Optional(10.0));
  EXPECT_THAT(mean.low, Optional(25.16));
  EXPECT_THAT(mean.high, Optional(74.84));
  EXPECT_EQ(mean.reason, "");
}

TEST(MeanTest, IntervalEndsWhereScoresDo) {
  EXPECT_THAT(MeanOf(SumsOf({7000, 8000, 9000})).high, Optional(100.0));
  EXPECT_THAT(MeanOf(SumsOf({1000, 2000, 3000})).low, Optional(0.0));
  // Bonus points may lead above 100: 110, 120, 130.
  EXPECT_THAT(MeanOf(SumsOf({11000, 12000, 13000})).high, Optional(144.84));
}

TEST(MeanTest, RoundsHalfUp) {
  EXPECT_THAT(MeanOf(SumsOf({5000, 5001})).percent, Optional(50.01));
  EXPECT_EQ(RoundedMean(1, 3), 0.0);  // 0.33 hundredths
  EXPECT_EQ(RoundedMean(2, 3), 0.01);
}

TEST(MeanTest, EqualScoresHaveAnIntervalOfNoWidth) {
  const Mean mean = MeanOf(SumsOf({6250, 6250, 6250}));
  EXPECT_THAT(mean.deviation, Optional(0.0));
  EXPECT_THAT(mean.low, Optional(62.5));
  EXPECT_THAT(mean.high, Optional(62.5));
}

TEST(ChangeTest, AgreesWithStudentsSleepData) {
  // Student 1908, as two independent groups: R's t.test gives a difference of
  // 1.58 with the interval -0.2054832 .. 3.3654832 (df 17.776).
  const Change change =
      ChangeOf(SumsOf({70, -160, -20, -120, -10, 340, 370, 80, 0, 200}),
               SumsOf({190, 80, 110, 10, -10, 440, 550, 160, 460, 340}));
  EXPECT_THAT(change.change, Optional(1.58));
  EXPECT_THAT(change.low, Optional(-0.21));
  EXPECT_THAT(change.high, Optional(3.37));
  EXPECT_EQ(change.reason, "");
}

TEST(ChangeTest, NeedsTwoScoresOnEachSide) {
  EXPECT_EQ(ChangeOf({}, {}).reason, "no_data");
  const Change change = ChangeOf(SumsOf({5000}), SumsOf({6000, 7000}));
  EXPECT_FALSE(change.change.has_value());
  EXPECT_EQ(change.reason, "too_few");
}

TEST(ChangeTest, WithoutVariationTheChangeIsKnownAndItsIntervalIsNot) {
  const Change change = ChangeOf(SumsOf({5000, 5000}), SumsOf({6000, 6000}));
  EXPECT_THAT(change.change, Optional(10.0));
  EXPECT_THAT(change.low, Eq(std::nullopt));
  EXPECT_EQ(change.reason, "no_variation");
}

}  // namespace
}  // namespace attune
