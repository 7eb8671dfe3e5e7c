// Contested items, counted.

#ifndef ATTUNE_ENGINE_REPORT_CONTEST_FIGURES_H_
#define ATTUNE_ENGINE_REPORT_CONTEST_FIGURES_H_

#include <cstdint>

#include "attune/v1/contest_report.pb.h"
#include "engine/evaluation/contest_items.h"

namespace attune {

struct ContestTally {
  int64_t open = 0;
  int64_t upheld = 0;
  int64_t changed = 0;
  int64_t closed = 0;

  void Add(ContestedItem::Standing standing);
  int64_t items() const { return open + upheld + changed + closed; }
};

// Without a rate if `evaluations` is 0.
v1::ContestFigures FiguresOf(const ContestTally& tally, int64_t evaluations);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_CONTEST_FIGURES_H_
