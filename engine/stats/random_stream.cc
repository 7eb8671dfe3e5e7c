#include "engine/stats/random_stream.h"

#include <algorithm>
#include <bit>

namespace attune {

RandomStream::RandomStream(uint64_t seed) {
  for (uint64_t& word : state_) {
    seed += 0x9e3779b97f4a7c15;
    uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    word = z ^ (z >> 31);
  }
}

uint64_t RandomStream::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

uint64_t RandomStream::Below(uint64_t end) {
  // What lies below 2^64 mod end would make small numbers more frequent.
  const uint64_t uneven = -end % end;
  uint64_t drawn = Next();
  while (drawn < uneven) drawn = Next();
  return drawn % end;
}

void DrawCounts(RandomStream& random, std::vector<uint32_t>& counts) {
  std::fill(counts.begin(), counts.end(), 0);
  for (size_t i = 0; i < counts.size(); ++i)
    ++counts[random.Below(counts.size())];
}

}  // namespace attune
