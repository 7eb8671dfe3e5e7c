// The first self-checks, on revision 1, until both sides have graded.

#include "tests/e2e/first_cycle.h"

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/contest.h"
#include "tests/e2e/queue.h"
#include "tests/e2e/self_check.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using SelfChecks = v1::SelfCheckService::Stub;
using Evaluations = v1::EvaluationService::Stub;

constexpr int kCycle = 1;

// Everybody but who never does.
std::vector<int> TakingPart() {
  std::vector<int> agents;
  for (int agent = 0; agent < 40; ++agent) {
    if (agent != kNeverChecked) agents.push_back(agent);
  }
  return agents;
}

// Nothing else waits, so that advocates get one after the other: the k-th pick
// is for the k % 6-th of them.
void ExpectTurns(Center& center, const std::vector<int>& agents) {
  const std::vector<v1::Assignment> waiting = Waiting(center, "");
  ASSERT_EQ(waiting.size(), 2 * agents.size());
  for (size_t k = 0; k < waiting.size(); ++k) {
    EXPECT_EQ(waiting[k].contact(),
              ChatOf(agents[k / 2], kCycle, k % 2 == 0 ? "own" : "lead"));
    EXPECT_EQ(waiting[k].advocate(),
              absl::StrCat("people/", kAdvocates[k % 6]));
    EXPECT_EQ(waiting[k].self_check_cycle(),
              absl::StrCat("selfCheckCycles/", CycleId(kCycle)));
    EXPECT_EQ(waiting[k].form_revision(), "forms/call/revisions/1");
  }
}

// a05 thinks again; the place in the queue is for the new pick.
void OnePicksAnother(Center& center) {
  Must(Pick(center, 4, kCycle, "other"));
  const std::vector<v1::Assignment> waiting = Waiting(center, "");
  EXPECT_EQ(waiting.size(), 78u);
  EXPECT_EQ(waiting.back().contact(), ChatOf(4, kCycle, "other"));
  // The ninth pick was cleo's, who has least now that it is withdrawn.
  EXPECT_EQ(waiting.back().advocate(), "people/cleo");
}

}  // namespace

void GradePicks(Center& center, int agent) {
  Grade(center, agent, kCycle, agent == 4 ? "other" : "own");
  if (agent != kLeaver) Grade(center, agent, kCycle, "lead");
}

void GiveFeedback(Center& center, int agent) {
  const auto verdict = [](bool bad, const char* word) {
    return absl::StrCat(" verdict: VERDICT_", bad ? word : "KEEP", " }");
  };
  std::string text = absl::StrCat(
      "parent: '", SessionOf(agent, kCycle),
      "' feedback { questions { question_id: 'name'",
      verdict(agent % 4 != 3, "DROP"), " questions { question_id: 'greeting'",
      verdict(agent % 3 == 0, "UNCLEAR"));
  if (agent % 2 == 0) {
    absl::StrAppend(&text, " questions { question_id: 'tries'",
                    verdict(false, ""));
  }
  if (agent % 10 == 0) absl::StrAppend(&text, " idea: 'Ask about follow-up.'");
  center.Do(AgentId(agent), &SelfChecks::SubmitFormFeedback,
            absl::StrCat(text, " }"));
}

void FirstCycleBegins(Center& center) {
  center.At("2026-02-23", 9);
  std::vector<Call> chats = ChatsFor(kCycle);
  chats.resize(chats.size() - 3);  // the joiner is not there yet
  center.Take(chats);
  center.Do("quinn", &SelfChecks::CreateSelfCheckCycle, R"pb(
    cycle_id: "2026-1"
    cycle {
      form: "forms/call"
      close_time { seconds: 1773619200 }  # 2026-03-16
    })pb");
  const std::vector<int> agents = TakingPart();
  for (const int agent : agents) PickBoth(center, agent, kCycle);
  ExpectTurns(center, agents);
  OnePicksAnother(center);

  // Half of the agents grade before the advocates, half after them.
  center.At("2026-02-24", 9);
  for (const int agent : agents) {
    if (agent % 2 == 0) GradePicks(center, agent);
  }
  const v1::Evaluation self = center
                                  .Do("a01", &Evaluations::ListEvaluations,
                                      "parent: 'people/a01' kind: KIND_SELF")
                                  .evaluations(0);
  for (const char* other : {"ada", "lead-red", "quinn"}) {
    EXPECT_THAT(center.Read(other, self.name()),
                StatusIs(absl::StatusCode::kNotFound));
  }
  EXPECT_EQ(SelfCheckOf(center, 0, kCycle).state(),
            v1::SelfCheck::STATE_WAITING_FOR_ADVOCATE);

  center.At("2026-02-25", 9);
  WorkQueues(center);
  EXPECT_THAT(center.Read("ada", self.name()),
              StatusIs(absl::StatusCode::kNotFound));  // not of her scoring
  EXPECT_THAT(center.Read("quinn", self.name()), IsOk());
  const std::string withheld =
      center.ledger().FindOf(ChatOf(1, kCycle, "own"), "cleo").evaluation;
  EXPECT_THAT(center.Read("a02", withheld),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Contest(center, "a02", withheld, {kName}),
              StatusIs(absl::StatusCode::kNotFound));
  ExpectTeamFigures(center);  // nothing withheld is in them

  center.At("2026-02-26", 9);
  for (const int agent : agents) {
    if (agent % 2 == 1) GradePicks(center, agent);
  }
  EXPECT_THAT(center.Read("a02", withheld), IsOk());
  for (const int agent : agents) {
    if (agent == kLeaver) continue;
    ExpectGap(center, agent, kCycle, 1);
    GiveFeedback(center, agent);
  }
  ExpectTeamFigures(center);

  center.At("2026-02-27", 9);
  Must(Contest(center, AgentId(kArguing),
               center.ledger()
                   .FindOf(ChatOf(kArguing, kCycle, "lead"), kSevere)
                   .evaluation,
               {kGreeting}));
}

}  // namespace attune::half_year
