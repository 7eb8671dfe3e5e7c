#include "engine/form/vendors/exact_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/form/decimal.h"

namespace attune {
namespace {

using testing::ElementsAre;

TEST(ExactNumbersTest, WhatFitsStaysAsItIs) {
  const FittedNumbers fitted = FitNumbers({{{0}}, {{0.0001}}, {{1e9}}});
  EXPECT_THAT(fitted.values, ElementsAre(0, 0.0001, 1e9));
  EXPECT_EQ(fitted.factor, "1");
}

TEST(ExactNumbersTest, ProductsAreOfTheDecimalsThatPeopleRead) {
  // 0.1 * 3 is not 0.3 in binary.
  EXPECT_THAT(FitNumbers({{{0.1, 3}}, {{40, 15, 0.01}}}).values,
              ElementsAre(0.3, 6));
}

TEST(ExactNumbersTest, TheSmallestWholeMultipleThatFitsIsTaken) {
  const FittedNumbers products =
      FitNumbers({{{33.33, 16.67, 0.01}}, {{50, 16.67, 0.01}}});
  EXPECT_THAT(products.values, ElementsAre(555.6111, 833.5));
  EXPECT_EQ(products.factor, "100");
  EXPECT_FALSE(products.rounded);
  const FittedNumbers thirds = FitNumbers({{{100}, 3}, {{100}, 7}});
  EXPECT_THAT(thirds.values, ElementsAre(700, 300));
  EXPECT_EQ(thirds.factor, "21");
}

TEST(ExactNumbersTest, LargeMultiplesShrinkToTheSmallestProportions) {
  const FittedNumbers fitted = FitNumbers({{{1e9}, 3}, {{5e8}, 7}});
  EXPECT_THAT(fitted.values, ElementsAre(0.0014, 0.0003));
  EXPECT_FALSE(fitted.rounded);
}

TEST(ExactNumbersTest, RoundsToTheLargestDecimalsOnlyWhereNothingFits) {
  const FittedNumbers fitted =
      FitNumbers({{{1.0000000000000002}}, {{1e-17}}, {{0}}});
  EXPECT_TRUE(fitted.rounded);
  EXPECT_EQ(fitted.values[0], kMaxDecimal);
  EXPECT_EQ(fitted.values[2], 0);
  for (const double value : fitted.values) {
    EXPECT_TRUE(ToTenThousandths(value).has_value()) << value;
  }
  ImportLog log;
  FitAndNote({{{1}}, {{1e-300}}}, "$", "weights", log);
  const auto notes = log.TakeNotes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes[0].why, testing::HasSubstr("rounded"));
}

}  // namespace
}  // namespace attune
