#include "engine/voice/report_share.h"

#include "engine/stats/mean.h"
#include "engine/stats/share.h"

namespace attune {

v1::Share ReportShareOf(int64_t hits, int64_t n) {
  v1::Share told;
  told.set_hits(hits);
  told.set_n(n);
  const Share share = ShareOf(ShareCounts{hits, n - hits});
  if (!share.interval) return told;
  told.set_percent(RoundedMean(hits * 10'000, n));
  told.set_low(share.interval->low);
  told.set_high(share.interval->high);
  return told;
}

}  // namespace attune
