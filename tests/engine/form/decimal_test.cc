#include "engine/form/decimal.h"

#include <gtest/gtest.h>

#include <cmath>

namespace attune {
namespace {

TEST(DecimalTest, FourPlacesAreExact) {
  EXPECT_EQ(ToTenThousandths(0), 0);
  EXPECT_EQ(ToTenThousandths(0.1), 1000);
  EXPECT_EQ(ToTenThousandths(-2.0001), -20001);
  EXPECT_EQ(ToTenThousandths(999999999.9999), 9999999999999);
  EXPECT_EQ(ToTenThousandths(1e9), 10000000000000);
}

TEST(DecimalTest, OtherNumbersAreNone) {
  EXPECT_EQ(ToTenThousandths(0.00001), std::nullopt);
  EXPECT_EQ(ToTenThousandths(0.1 + 0.2), std::nullopt);
  EXPECT_EQ(ToTenThousandths(1.0 / 3), std::nullopt);
  EXPECT_EQ(ToTenThousandths(1e9 + 1), std::nullopt);
  EXPECT_EQ(ToTenThousandths(NAN), std::nullopt);
  EXPECT_EQ(ToTenThousandths(INFINITY), std::nullopt);
}

}  // namespace
}  // namespace attune
