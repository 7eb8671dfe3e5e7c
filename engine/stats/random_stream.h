// Chance that can be repeated: whoever knows the seed gets the same numbers, on
// every machine.

#ifndef ATTUNE_ENGINE_STATS_RANDOM_STREAM_H_
#define ATTUNE_ENGINE_STATS_RANDOM_STREAM_H_

#include <cstdint>
#include <vector>

namespace attune {

// xoshiro256** (Blackman and Vigna 2018), its state filled by SplitMix64
// (Steele, Lea and Flood 2014) from the seed.
class RandomStream {
 public:
  explicit RandomStream(uint64_t seed);

  uint64_t Next();
  // 0 to below `end`, which is above 0; every number equally often.
  uint64_t Below(uint64_t end);

 private:
  uint64_t state_[4];
};

// One bootstrap draw: how often each of n things is taken when n are taken with
// replacement.  `counts` has n places; what it held is lost.
void DrawCounts(RandomStream& random, std::vector<uint32_t>& counts);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_RANDOM_STREAM_H_
