// The end of the first self-checks: who comes, who goes, who is late, and what
// everybody said.

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/contest.h"
#include "tests/e2e/contest_figures.h"
#include "tests/e2e/first_cycle.h"
#include "tests/e2e/queue.h"
#include "tests/e2e/self_check.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using SelfChecks = v1::SelfCheckService::Stub;
using Evaluations = v1::EvaluationService::Stub;

constexpr int kCycle = 1;

std::string Verdicts(const v1::QuestionTally& tally) {
  return absl::StrCat(tally.question_id(), " ", tally.keep_count(), " ",
                      tally.change_count(), " ", tally.drop_count(), " ",
                      tally.unclear_count());
}

// Agents 0 to 40 but 16 and 39 did it.  Of agent % 4 = 0, 1, 2, 3 these are 10,
// 10, 10 and 9.  Every third pick of a lead was the severe one's, who takes 10
// points off: 12 of those that were done, 3 of them where agent % 4 is 1.
void ExpectTally(const v1::SelfCheckTally& tally) {
  EXPECT_EQ(tally.done_count(), 39);
  EXPECT_EQ(tally.begun_count(), 1);    // who left half done
  EXPECT_EQ(tally.missing_count(), 1);  // who never began
  // 39 times two calls and one of who left.  Agents gave 20 less on 20 calls,
  // 5 more on 20, 20 more on 19, and advocates 10 less on 12:
  // (-400 + 100 + 380 + 120) / 79 = 2.5316...
  EXPECT_EQ(tally.gap().n(), 79);
  EXPECT_EQ(tally.gap().gap(), 2.53);
  ASSERT_EQ(tally.section_gaps_size(), 4);
  // Rapport is half of its section: 19 x 50 / 79 = 12.0253...
  EXPECT_EQ(tally.section_gaps(0).section_id(), "connection");
  EXPECT_EQ(tally.section_gaps(0).gap(), 12.03);
  // Of 25 points 20 are 80 %, 10 are 40 % and 5 are 20 %:
  // (20 x -80 + 20 x 20 + 12 x 40) / 79 = -9.1139...
  EXPECT_EQ(tally.section_gaps(1).section_id(), "courtesy");
  EXPECT_EQ(tally.section_gaps(1).gap(), -9.11);
  EXPECT_EQ(tally.section_gaps(2).section_id(), "security");
  EXPECT_EQ(tally.section_gaps(2).gap(), 0);
  EXPECT_EQ(tally.section_gaps(3).section_id(), "solution");
  EXPECT_EQ(tally.section_gaps(3).gap(), 0);
  // 9 who did it and the one who left gave 20 more.
  EXPECT_EQ(tally.too_kind_count(), 10);
  // 10 gave 20 less, of which the severe one made 15 three times.
  EXPECT_EQ(tally.too_harsh_count(), 7);
  EXPECT_EQ(tally.feedback_count(), 39);
  EXPECT_EQ(tally.idea_count(), 5);
  ASSERT_EQ(tally.questions_size(), 3);
  EXPECT_EQ(Verdicts(tally.questions(0)), "greeting 26 0 0 13");
  EXPECT_EQ(Verdicts(tally.questions(1)), "name 9 0 30 0");
  EXPECT_EQ(Verdicts(tally.questions(2)), "tries 20 0 0 0");
}

}  // namespace

void SomeComeSomeGo(Center& center) {
  center.At("2026-03-10", 9);
  center.Leave(kLeaver);
  EXPECT_THAT(
      center.Try(AgentId(kLeaver), &SelfChecks::GetSelfCheck,
                 absl::StrCat("name: '", SessionOf(kLeaver, kCycle), "'")),
      StatusIs(absl::StatusCode::kUnauthenticated));
  center.At("2026-03-12", 9);
  center.Join({kJoiner});
  EXPECT_EQ(SelfCheckOf(center, kJoiner, kCycle).state(),
            v1::SelfCheck::STATE_NOT_BEGUN);
  const std::vector<Call> chats = ChatsFor(kCycle);
  center.Take({chats.end() - 3, chats.end()});
  center.At("2026-03-13", 9);
  PickBoth(center, kJoiner, kCycle);
  GradePicks(center, kJoiner);
  GiveFeedback(center, kJoiner);
  // All but uma, who is away, have nothing to do: it was the turn of the first.
  WorkQueue(center, "ada");
  WorkQueue(center, "ben");
  ExpectGap(center, kJoiner, kCycle, 1);
  ExpectTeamFigures(center);
}

void FirstCycleEnds(Center& center) {
  center.At("2026-03-17", 9);
  // Who left half done stays on the list, and so does who never began.
  EXPECT_EQ(Overdue(center), (std::vector<std::string>{AgentId(kNeverChecked),
                                                       AgentId(kLeaver)}));
  center.At("2026-03-18", 9);
  const v1::SelfCheckCycle closed = CloseCycle(center, kCycle);
  ExpectTally(closed.tally());
  ExpectTeamFigures(center);
  EXPECT_THAT(Pick(center, kNeverChecked, kCycle, "own"),
              HasReason("CYCLE_CLOSED"));
  EXPECT_THAT(center.Try("a01", &SelfChecks::SubmitFormFeedback,
                         absl::StrCat("parent: '", SessionOf(0, kCycle),
                                      "' feedback { idea: 'Too late.' }")),
              HasReason("CYCLE_CLOSED"));
  EXPECT_FALSE(center
                   .Do("a01", &SelfChecks::GetSelfCheckCycle,
                       absl::StrCat("name: '", closed.name(), "'"))
                   .has_tally());

  // A ruling moves the gap of its session, and not the tally.
  center.At("2026-03-19", 9);
  const v1::ListContestsResponse waiting =
      center.Do("dev", &Evaluations::ListContests,
                "parent: 'people/-/evaluations/-' to_rule: true");
  ASSERT_EQ(waiting.contests_size(), 1);
  EXPECT_EQ(SelfCheckOf(center, kArguing, kCycle).gap().gap(), 10);
  Must(Rule(center, "dev", waiting.contests(0), {kGreeting}));
  EXPECT_EQ(SelfCheckOf(center, kArguing, kCycle).gap().gap(), 5);
  ExpectGap(center, kArguing, kCycle, 1);
  EXPECT_EQ(CycleOf(center, kCycle).DebugString(), closed.DebugString());
  ExpectContestFigures(center);
  ExpectTeamFigures(center);
}

}  // namespace attune::half_year
