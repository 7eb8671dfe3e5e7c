#include "tools/attune_load/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tools/attune_load/random.h"

namespace attune {
namespace {

constexpr int64_t kLargest = std::numeric_limits<int64_t>::max();

TEST(HistogramTest, HasNoValuesAtFirst) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(histogram.max(), 0);
  EXPECT_EQ(histogram.Quantile(0.5), 0);
}

TEST(HistogramTest, SmallValuesAreExact) {
  Histogram histogram;
  for (int64_t value = 1; value <= 200; ++value) histogram.Add(value);
  EXPECT_EQ(histogram.Quantile(0), 1);
  EXPECT_EQ(histogram.Quantile(0.5), 100);
  EXPECT_EQ(histogram.Quantile(0.501), 101);
  EXPECT_EQ(histogram.Quantile(0.99), 198);
  EXPECT_EQ(histogram.Quantile(1), 200);
}

TEST(HistogramTest, BucketsWidenWithThePowersOfTwo) {
  Histogram histogram;
  histogram.Add(256);   // shares its bucket with 257
  histogram.Add(1000);  // 1000 to 1003
  histogram.Add(5000);  // 4992 to 5023
  histogram.Add(1'000'000);
  EXPECT_EQ(histogram.Quantile(0.25), 257);
  EXPECT_EQ(histogram.Quantile(0.5), 1003);
  EXPECT_EQ(histogram.Quantile(0.75), 5023);
  EXPECT_EQ(histogram.Quantile(1), 1'000'000) << "the largest is exact";
}

TEST(HistogramTest, AValueAloneIsExactWhateverItsSize) {
  for (const int64_t value : {int64_t{0}, int64_t{12'345'678'901}, kLargest}) {
    Histogram histogram;
    histogram.Add(value);
    EXPECT_EQ(histogram.Quantile(0.5), value);
    EXPECT_EQ(histogram.max(), value);
  }
}

TEST(HistogramTest, ANegativeValueCountsAsZero) {
  Histogram histogram;
  histogram.Add(-5);
  EXPECT_EQ(histogram.count(), 1);
  EXPECT_EQ(histogram.max(), 0);
}

TEST(HistogramTest, NoQuantileIsWrongByMoreThanAHundredAndTwentyEighth) {
  Random random(7);
  Histogram histogram;
  std::vector<int64_t> values;
  for (int i = 0; i < 50'000; ++i) {
    // Evenly over the magnitudes from 1 to 2^40.
    values.push_back(static_cast<int64_t>(std::exp2(random.Uniform() * 40)));
    histogram.Add(values.back());
  }
  std::sort(values.begin(), values.end());
  for (int permille = 1; permille <= 1000; ++permille) {
    const size_t rank =
        static_cast<size_t>(permille) * values.size() / 1000 - 1;
    const auto exact = static_cast<double>(values[rank]);
    const auto told = static_cast<double>(histogram.Quantile(permille / 1e3));
    EXPECT_GE(told, exact) << permille;
    EXPECT_LE(told, exact * (1 + 1.0 / 128)) << permille;
  }
}

TEST(HistogramTest, MergingIsTheSameAsAddingToOne) {
  Random random(8);
  Histogram whole;
  Histogram parts[3];
  for (int i = 0; i < 10'000; ++i) {
    const auto value = static_cast<int64_t>(random.Below(1'000'000'000));
    whole.Add(value);
    parts[i % 3].Add(value);
  }
  Histogram merged;
  for (const Histogram& part : parts) merged.Merge(part);
  EXPECT_EQ(merged.count(), whole.count());
  EXPECT_EQ(merged.max(), whole.max());
  for (int percent = 0; percent <= 100; ++percent) {
    EXPECT_EQ(merged.Quantile(percent / 1e2), whole.Quantile(percent / 1e2));
  }
}

}  // namespace
}  // namespace attune
