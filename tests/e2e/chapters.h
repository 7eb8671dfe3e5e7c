// The half-year, in the order in which it is played.  Each chapter leaves the
// clock where it ends; what it expects of reports follows from the ledger.

#ifndef ATTUNE_TESTS_E2E_CHAPTERS_H_
#define ATTUNE_TESTS_E2E_CHAPTERS_H_

#include "tests/e2e/center.h"

namespace attune::half_year {

void Opening(Center& center);            // January 1
void January(Center& center);            // scored on February 2
void Contests(Center& center);           // February 4 to 20
void FirstCycleBegins(Center& center);   // February 23 to 27
void February(Center& center);           // scored on March 2
void SomeComeSomeGo(Center& center);     // March 10 to 13
void Expiry(Center& center);             // March 16
void FirstCycleEnds(Center& center);     // March 17 to 19
void March(Center& center);              // scored on April 1
void FirstCalibration(Center& center);   // April 7 and 8
void FirstSeverity(Center& center);      // April 9
void SecondCycleOpens(Center& center);   // April 10
void Revision(Center& center);           // April 13 to 16
void Restart(Center& center);            // April 17
void April(Center& center);              // scored on May 4
void SecondCycle(Center& center);        // May 11 to June 16
void May(Center& center);                // scored on June 17
void SecondCalibration(Center& center);  // June 18
void June(Center& center);               // scored on July 1
void Customers(Center& center);          // July 1, in the afternoon
void WhatPeopleTell(Center& center);     // July 1, in the evening
void Ending(Center& center);             // July 2

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_CHAPTERS_H_
