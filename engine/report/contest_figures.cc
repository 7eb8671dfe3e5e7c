#include "engine/report/contest_figures.h"

#include "engine/stats/mean.h"

namespace attune {
namespace {

// part / whole in percent, half up at two places; whole > 0.
double PercentOf(int64_t part, int64_t whole) {
  return RoundedMean(part * 10'000, whole);
}

}  // namespace

void ContestTally::Add(ContestedItem::Standing standing) {
  switch (standing) {
    case ContestedItem::Standing::kOpen:
      ++open;
      return;
    case ContestedItem::Standing::kUpheld:
      ++upheld;
      return;
    case ContestedItem::Standing::kChanged:
      ++changed;
      return;
    case ContestedItem::Standing::kClosed:
      ++closed;
      return;
  }
}

v1::ContestFigures FiguresOf(const ContestTally& tally, int64_t evaluations) {
  v1::ContestFigures figures;
  figures.set_items(tally.items());
  figures.set_open(tally.open);
  figures.set_upheld(tally.upheld);
  figures.set_changed(tally.changed);
  figures.set_closed(tally.closed);
  const int64_t ruled = tally.upheld + tally.changed;
  if (ruled > 0) figures.set_changed_percent(PercentOf(tally.changed, ruled));
  figures.set_evaluations(evaluations);
  if (evaluations > 0) {
    figures.set_rate_percent(PercentOf(tally.items(), evaluations));
  }
  return figures;
}

}  // namespace attune
