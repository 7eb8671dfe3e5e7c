// What the half-year came to.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/contest_figures.h"
#include "tests/e2e/form_health_figures.h"
#include "tests/e2e/self_check.h"
#include "tests/e2e/severity.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

// 160 calls and 16 of them twice each month, but 159 in March, when the joiner
// had three; three of February's not scored; one call by hand; two self-checks
// of 40 agents with two calls.  6 x 176 - 1 - 3 + 1 + 160 = 1213, of which one
// was voided.
void ExpectScored(Center& center) {
  EXPECT_EQ(center.ledger().all().size(), 1213u);
  EXPECT_EQ(center.ledger().Counted().size(), 1212u);
  const v1::ContestReport report =
      center.Do("quinn", &v1::ReportService::Stub::GetContestReport, "");
  EXPECT_EQ(report.overall().evaluations(), 1212);
  EXPECT_EQ(report.overall().items(), 8);
  EXPECT_EQ(report.overall().open(), 0);
  EXPECT_EQ(report.overall().upheld(), 2);
  EXPECT_EQ(report.overall().changed(), 5);
  EXPECT_EQ(report.overall().closed(), 1);
  EXPECT_EQ(report.overall().changed_percent(), 71.43);
  EXPECT_EQ(report.overall().rate_percent(), 0.66);
  ASSERT_GE(report.questions_size(), 1);
  EXPECT_EQ(report.questions(0).question_id(), "greeting");
  EXPECT_EQ(report.questions(0).figures().items(), 6);
  ASSERT_EQ(report.raters_size(), 2);
  EXPECT_EQ(report.raters(0).name(), absl::StrCat("people/", kSevere));
  EXPECT_EQ(report.raters(0).figures().items(), 7);
}

// She was severe until March, and is like the others since.
void ExpectNobodySevere(Center& center) {
  ExpectSeverity(center, "2026-01-01", "2026-06-30");
  const v1::SeverityReport since =
      ExpectSeverity(center, "2026-04-01", "2026-06-30");
  ASSERT_EQ(since.parts_size(), 1);
  for (const v1::RaterSeverity& rater : since.parts(0).raters()) {
    EXPECT_LE(rater.low(), 0) << rater.rater();
    EXPECT_GE(rater.high(), 0) << rater.rater();
  }
  const v1::RaterDrift drift = ExpectDrift(center);
  ASSERT_EQ(drift.months_size(), 6);
  for (int i = 0; i < 6; ++i) {
    const v1::MonthSeverity& month = drift.months(i);
    EXPECT_LT(month.low(), 0) << month.month();
    EXPECT_EQ(month.high() < 0, i < 3) << month.month();
  }
  EXPECT_GT(drift.change_low(), 0);
  EXPECT_EQ(drift.sentence(),
            absl::StrFormat("From 2026-01 to 2026-06 it moved by %.1f points "
                            "towards lenient.",
                            drift.change()));
}

void ExpectBetterForm(Center& center) {
  ExpectFormHealth(center, 1);
  const v1::FormHealth now = ExpectFormHealth(center, 2);
  EXPECT_EQ(now.questions_size(), static_cast<int>(kQuestions) - 1);
  // Nobody is severe about the greeting, so that it tells nothing any more.
  EXPECT_THAT(FindingsOf(HealthOf(now, kGreeting)),
              testing::ElementsAre("ALWAYS_PASSED"));
  const v1::FormHealth both = ExpectFormHealth(center, 0);
  EXPECT_TRUE(HealthOf(both, kName).retired());
  EXPECT_EQ(HealthOf(both, kName).feedback().drop_count(), 30);
}

}  // namespace

void Ending(Center& center) {
  center.At("2026-07-02", 9);
  ExpectScored(center);
  ExpectContestFigures(center);
  ExpectNobodySevere(center);
  ExpectBetterForm(center);
  EXPECT_EQ(CycleOf(center, 1).tally().gap().gap(), 2.53);
  EXPECT_EQ(CycleOf(center, 2).tally().gap().gap(), 0.03);
  ExpectTeamFigures(center);
  center.RestartServer();
  ExpectTeamFigures(center);
}

}  // namespace attune::half_year
