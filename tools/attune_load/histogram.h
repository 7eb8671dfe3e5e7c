// How often which latency: counts in buckets whose width grows with the value.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_HISTOGRAM_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_HISTOGRAM_H_

#include <cstdint>
#include <vector>

namespace attune {

// The idea of HdrHistogram, of which Debian has no C++ package: each power of
// two is cut into 128 buckets of equal width, so a quantile is never wrong by
// more than 1/128 of itself.  Takes any 64-bit number from 0; no allocation
// after construction.
class Histogram {
 public:
  Histogram();

  // Negative values count as 0.
  void Add(int64_t value);
  void Merge(const Histogram& other);

  int64_t count() const { return count_; }
  // Exact; 0 without values.
  int64_t max() const { return max_; }
  // The smallest value that at least `share` (0 to 1) of all values do not
  // exceed, rounded up to the end of its bucket; never over max().  0 without
  // values.
  int64_t Quantile(double share) const;

 private:
  std::vector<int64_t> buckets_;
  int64_t count_ = 0;
  int64_t max_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_HISTOGRAM_H_
