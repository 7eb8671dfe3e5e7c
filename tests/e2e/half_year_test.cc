// A half-year of a contact center: 40 agents, 6 advocates, two self-check
// cycles, contests, two calibrations, and a revision of the form in between.

#include "tests/e2e/chapters.h"

namespace attune::half_year {
namespace {

class HalfYearTest : public Center {};

TEST_F(HalfYearTest, IsFairToTheEnd) {
  const struct {
    const char* title;
    void (*play)(Center&);
  } kChapters[] = {
      {"Opening", Opening},
      {"January", January},
      {"Contests", Contests},
      {"The first self-checks begin", FirstCycleBegins},
      {"February", February},
      {"Some come, some go", SomeComeSomeGo},
      {"What Uma left undone", Expiry},
      {"The first self-checks end", FirstCycleEnds},
      {"March", March},
      {"The first calibration", FirstCalibration},
      {"Who is severe", FirstSeverity},
      {"The second self-checks open", SecondCycleOpens},
      {"A revision of the form", Revision},
      {"A restart", Restart},
      {"April", April},
      {"The second self-checks", SecondCycle},
      {"May", May},
      {"The second calibration", SecondCalibration},
      {"June", June},
      {"What customers say", Customers},
      {"What people tell", WhatPeopleTell},
      {"What the half-year came to", Ending},
  };
  for (const auto& chapter : kChapters) {
    SCOPED_TRACE(chapter.title);
    chapter.play(*this);
    if (HasFailure()) return;  // the rest would only repeat it
  }
}

}  // namespace
}  // namespace attune::half_year
