#include "tools/attune_load/schedule.h"

#include <algorithm>

namespace attune {

int64_t Schedule::CountBefore(int64_t nanos) const {
  const double calls = static_cast<double>(nanos) / 1e9 * rate_;
  auto count =
      std::max<int64_t>(0, (static_cast<int64_t>(calls) - lane_) / lanes_ - 1);
  while (DueNanos(count) < nanos) ++count;
  return count;
}

}  // namespace attune
