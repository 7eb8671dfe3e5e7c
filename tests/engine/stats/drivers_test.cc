#include "engine/stats/drivers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace attune {
namespace {

// 60 rows of two predictors that overlap and one that does not vary with them.
DriverData Sixty() {
  DriverData data;
  data.predictors.resize(3);
  for (int i = 0; i < 60; ++i) {
    const double a = i % 5;
    const double b = (i * 7) % 11 + a;
    const double c = -((i * 3) % 4);
    data.predictors[0].push_back(a);
    data.predictors[1].push_back(b);
    data.predictors[2].push_back(c);
    data.outcome.push_back(2 * a + b - c + (i * 13) % 9);
  }
  return data;
}

TEST(DriversTest, BothKindsOfWeightsAddUpToR2) {
  const Drivers drivers = DriversOf(Sixty());
  double lmg = 0;
  double weights = 0;
  for (const Driver& driver : drivers.predictors) {
    lmg += *driver.lmg;
    weights += driver.relative_weight;
    EXPECT_FALSE(driver.interval.has_value());
  }
  EXPECT_NEAR(lmg, *drivers.r2.value, 1e-12);
  EXPECT_NEAR(weights, *drivers.r2.value, 1e-12);
  EXPECT_EQ(drivers.predictors[0].sign, 1);
  EXPECT_EQ(drivers.predictors[2].sign, -1);
  EXPECT_FALSE(drivers.collinear);
}

TEST(DriversTest, TwinsShareWhatOneWouldHave) {
  DriverData data = Sixty();
  const Drivers before = DriversOf(data);
  data.predictors.push_back(data.predictors[0]);
  const Drivers drivers = DriversOf(data);
  EXPECT_TRUE(drivers.collinear);
  EXPECT_NEAR(*drivers.r2.value, *before.r2.value, 1e-10);
  EXPECT_NEAR(*drivers.predictors[0].lmg, *drivers.predictors[3].lmg, 1e-10);
  EXPECT_NEAR(drivers.predictors[0].relative_weight,
              drivers.predictors[3].relative_weight, 1e-10);
}

TEST(DriversTest, UnitsOfPredictorsDoNotMatter) {
  DriverData data = Sixty();
  const Drivers before = DriversOf(data);
  for (double& value : data.predictors[1]) value = 100 * value - 7;
  const Drivers drivers = DriversOf(data);
  for (size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(*drivers.predictors[j].lmg, *before.predictors[j].lmg, 1e-10);
  }
}

TEST(DriversTest, WhatDoesNotVaryIsSaid) {
  DriverData data = Sixty();
  data.predictors[1].assign(60, 0.1);
  const Drivers drivers = DriversOf(data);
  EXPECT_TRUE(drivers.predictors[1].dropped);
  EXPECT_EQ(drivers.predictors[1].lmg, 0.0);
  EXPECT_EQ(drivers.predictors[1].sign, 0);
  data.outcome.assign(60, 0.1);
  EXPECT_EQ(DriversOf(data).r2.reason, Reason::kNoVariation);
  EXPECT_EQ(DriversOf({}).r2.reason, Reason::kNoData);
}

TEST(DriversTest, IntervalsAreTheSameForTheSameSeedAndHoldThePoint) {
  const Drivers one = DriversWithIntervals(Sixty(), 200, 5);
  const Drivers same = DriversWithIntervals(Sixty(), 200, 5);
  const Drivers other = DriversWithIntervals(Sixty(), 200, 6);
  for (size_t j = 0; j < 3; ++j) {
    const Driver& driver = one.predictors[j];
    EXPECT_EQ(driver.interval->low, same.predictors[j].interval->low);
    EXPECT_NE(driver.interval->low, other.predictors[j].interval->low);
    EXPECT_LE(driver.interval->low, *driver.lmg);
    EXPECT_GE(driver.interval->high, *driver.lmg);
  }
}

TEST(DriversTest, BeyondTwelvePredictorsOnlyRelativeWeightsRemain) {
  DriverData data = Sixty();
  while (data.predictors.size() <= kMostLmgPredictors) {
    const auto j = static_cast<int>(data.predictors.size());
    data.predictors.emplace_back();
    for (int i = 0; i < 60; ++i) {
      data.predictors.back().push_back((i * (j + 2)) % (j + 14));
    }
  }
  const Drivers drivers = DriversOf(data);
  double sum = 0;
  for (const Driver& driver : drivers.predictors) {
    EXPECT_EQ(driver.lmg, std::nullopt);
    sum += driver.relative_weight;
  }
  EXPECT_NEAR(sum, *drivers.r2.value, 1e-10);
}

TEST(DriversTest, FiftyRowsOrTenForEachPredictorAreEnough) {
  EXPECT_FALSE(EnoughRows(49, 3));
  EXPECT_TRUE(EnoughRows(50, 5));
  EXPECT_FALSE(EnoughRows(119, 12));
  EXPECT_TRUE(EnoughRows(120, 12));
}

}  // namespace
}  // namespace attune
