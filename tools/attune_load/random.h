// Chance that can be repeated: the same seed and names give the same numbers,
// whatever was drawn elsewhere before.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_RANDOM_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace attune {

// SplitMix64 (Steele, Lea and Flood, 2014).  The standard library says how its
// engines draw but not how its distributions do; these are whole here.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  // A stream of its own for every sequence of names.
  Random(uint64_t seed, std::initializer_list<uint64_t> names) : state_(seed) {
    for (const uint64_t name : names) state_ = Next() ^ (name * kOdd);
  }

  uint64_t Next() {
    state_ += kOdd;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // 0 to below 1.
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  // 0 to below `end`, which is above 0.  Its bias, under 2^-32 for the ends
  // used here, is nothing to a load.
  size_t Below(size_t end) { return static_cast<size_t>(Next() % end); }
  bool OneIn(size_t count) { return Below(count) == 0; }
  // Mean 0, deviation 1, never over 6: the sum of twelve uniform numbers, which
  // needs no function that differs between C libraries.
  double Normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += Uniform();
    return sum;
  }

 private:
  static constexpr uint64_t kOdd = 0x9e3779b97f4a7c15;
  uint64_t state_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_RANDOM_H_
