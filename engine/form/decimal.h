// Decimals with at most four places, held as whole ten-thousandths, so that
// points and weights add up exactly.

#ifndef ATTUNE_ENGINE_FORM_DECIMAL_H_
#define ATTUNE_ENGINE_FORM_DECIMAL_H_

#include <cmath>
#include <cstdint>
#include <optional>

namespace attune {

inline constexpr int64_t kTenThousand = 10'000;
// Sums of 1,000 questions with 256 choices each then still fit 64 bits.
inline constexpr double kMaxDecimal = 1e9;

// Nothing unless `value` is the double nearest to a decimal of at most four
// places within +-kMaxDecimal.
inline std::optional<int64_t> ToTenThousandths(double value) {
  if (!(std::abs(value) <= kMaxDecimal)) return std::nullopt;
  const int64_t scaled = std::llround(value * kTenThousand);
  if (static_cast<double>(scaled) / kTenThousand != value) return std::nullopt;
  return scaled;
}

inline double FromTenThousandths(int64_t scaled) {
  return static_cast<double>(scaled) / kTenThousand;
}

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_DECIMAL_H_
