// The second self-checks: begun by two on revision 1, done by the others on
// revision 2.

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/contest.h"
#include "tests/e2e/contest_figures.h"
#include "tests/e2e/queue.h"
#include "tests/e2e/self_check.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using SelfChecks = v1::SelfCheckService::Stub;

constexpr int kCycle = 2;

int RevisionOf(int agent) { return agent < 2 ? 1 : 2; }

// 40 agents: of agent % 4 = 0, 1, 2, 3 these are 11, 10, 10 and 9.
void ExpectTally(const v1::SelfCheckTally& tally) {
  EXPECT_EQ(tally.done_count(), 40);
  EXPECT_EQ(tally.begun_count(), 0);
  EXPECT_EQ(tally.missing_count(), 0);
  // Half of the tries are 11.25 points on revision 2, a tone 10 on either:
  // (20 x -10 + 18 x 11.25) / 80 = 0.03125.
  EXPECT_EQ(tally.gap().n(), 80);
  EXPECT_EQ(tally.gap().gap(), 0.03);
  ASSERT_EQ(tally.section_gaps_size(), 4);
  // 10 of 40 points: 18 x 25 / 80 = 5.625.
  EXPECT_EQ(tally.section_gaps(0).gap(), 5.63);
  // 10 of 25 points on revision 1, of 20 on revision 2:
  // (2 x -40 + 18 x -50) / 80 = -12.25.
  EXPECT_EQ(tally.section_gaps(1).gap(), -12.25);
  EXPECT_EQ(tally.section_gaps(2).gap(), 0);
  EXPECT_EQ(tally.section_gaps(3).gap(), 0);
  EXPECT_EQ(tally.too_kind_count(), 9);  // 11.25 is over 10
  EXPECT_EQ(tally.too_harsh_count(), 0);
  EXPECT_EQ(tally.feedback_count(), 0);
}

// The gaps of one agent in both cycles, as they read it themselves.
void ExpectGaps(Center& center, int agent, double first, double second) {
  const v1::SelfGaps gaps =
      center.Do(AgentId(agent), &SelfChecks::GetSelfGaps,
                absl::StrCat("person: '", AgentName(agent), "'"));
  ASSERT_EQ(gaps.cycles_size(), 2) << AgentId(agent);
  EXPECT_EQ(gaps.cycles(0).form_revision(), "forms/call/revisions/1");
  EXPECT_EQ(gaps.cycles(0).gap().gap(), first) << AgentId(agent);
  EXPECT_EQ(gaps.cycles(1).form_revision(),
            absl::StrCat("forms/call/revisions/", RevisionOf(agent)));
  EXPECT_EQ(gaps.cycles(1).gap().gap(), second) << AgentId(agent);
}

}  // namespace

void SecondCycleOpens(Center& center) {
  center.At("2026-04-10", 9);
  center.Take(ChatsFor(kCycle));
  center.Do("quinn", &SelfChecks::CreateSelfCheckCycle, R"pb(
    cycle_id: "2026-2"
    cycle {
      form: "forms/call"
      close_time { seconds: 1781481600 }  # 2026-06-15
    })pb");
  // Two are early.
  for (const int agent : {0, 1}) {
    PickBoth(center, agent, kCycle);
    EXPECT_EQ(SelfCheckOf(center, agent, kCycle).form_revision(),
              "forms/call/revisions/1");
  }
  Grade(center, 0, kCycle, "own");
  BeginGrading(center, 1, kCycle, "own");
}

void SecondCycle(Center& center) {
  center.At("2026-05-11", 9);
  std::vector<int> agents;
  for (const auto& [agent, team] : center.teams()) agents.push_back(agent);
  ASSERT_EQ(agents.size(), 40u);
  for (const int agent : agents) {
    if (RevisionOf(agent) == 2) PickBoth(center, agent, kCycle);
  }
  for (const int agent : agents) {
    if (agent != 0) Grade(center, agent, kCycle, "own");
    Grade(center, agent, kCycle, "lead");
  }
  WorkQueues(center);
  for (const int agent : agents) {
    ExpectGap(center, agent, kCycle, RevisionOf(agent));
  }
  ExpectTeamFigures(center);

  // A contest on revision 2, of a tone that was not warm.
  center.At("2026-05-12", 9);
  const Rows cold = center.ledger().Counted([](const Scored& row) {
    return row.revision == 2 && row.sheet[kTone] == 0;
  });
  ASSERT_FALSE(cold.empty());
  const std::string evaluation = cold[0]->evaluation;
  const v1::Contest contest =
      Must(Contest(center, AgentId(AgentIn(evaluation)), evaluation, {kTone}));
  const double before = static_cast<double>(cold[0]->total()) / 100;
  const v1::Contest ruled = Must(Rule(center, "quinn", contest, {kTone}));
  EXPECT_EQ(ruled.rulings(0).percent_before(), before);
  EXPECT_EQ(ruled.rulings(0).percent_after(), before + 10);
  EXPECT_EQ(ruled.form_revision(), "forms/call/revisions/2");
  ExpectContestFigures(center);

  center.At("2026-06-16", 9);
  EXPECT_EQ(Overdue(center), std::vector<std::string>());
  ExpectTally(CloseCycle(center, kCycle).tally());
  ExpectTeamFigures(center);
  ExpectGaps(center, 0, 0, 0);
  ExpectGaps(center, 1, -20, -10);
  ExpectGaps(center, 2, 5, 0);  // after the ruling of March
  ExpectGaps(center, 3, 20, 11.25);
  ExpectGaps(center, 5, -15, -10);  // the severe one's was -10 of -20
}

}  // namespace attune::half_year
