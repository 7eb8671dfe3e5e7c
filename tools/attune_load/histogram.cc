#include "tools/attune_load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace attune {
namespace {

constexpr int kBits = 7;  // 128 buckets a power of two
constexpr uint64_t kHalf = uint64_t{1} << kBits;
// Values under 2 * kHalf have buckets of their own; then every further power of
// two up to 2^63 has kHalf of them.
constexpr size_t kBuckets = (64 - kBits) * kHalf;

// How many low bits the value's bucket does not tell apart.
int ShiftOf(uint64_t value) {
  return std::max(0, static_cast<int>(std::bit_width(value)) - kBits - 1);
}

size_t BucketOf(uint64_t value) {
  const int shift = ShiftOf(value);
  return static_cast<size_t>(static_cast<uint64_t>(shift) * kHalf +
                             (value >> shift));
}

// The largest value of a bucket.
int64_t EndOf(size_t bucket) {
  if (bucket < 2 * kHalf) return static_cast<int64_t>(bucket);
  const uint64_t shift = bucket / kHalf - 1;
  const uint64_t top = bucket - shift * kHalf;
  return static_cast<int64_t>(((top + 1) << shift) - 1);
}

}  // namespace

Histogram::Histogram() : buckets_(kBuckets) {}

void Histogram::Add(int64_t value) {
  value = std::max<int64_t>(value, 0);
  ++buckets_[BucketOf(static_cast<uint64_t>(value))];
  ++count_;
  max_ = std::max(max_, value);
}

void Histogram::Merge(const Histogram& other) {
  for (size_t i = 0; i < buckets_.size(); ++i) {
    buckets_[i] += other.buckets_[i];
  }
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

int64_t Histogram::Quantile(double share) const {
  const auto wanted = std::max<int64_t>(
      1, static_cast<int64_t>(std::ceil(share * static_cast<double>(count_))));
  int64_t seen = 0;
  for (size_t i = 0; i < buckets_.size(); ++i) {
    seen += buckets_[i];
    if (seen >= wanted) return std::min(EndOf(i), max_);
  }
  return max_;
}

}  // namespace attune
