// A month of calls: what was drawn of it, and what became of that.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/queue.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using Evaluations = v1::EvaluationService::Stub;

std::string DrawOf(int month) {
  return absl::StrFormat("samplingPlans/monthly/draws/2026-%02d", month);
}

// 4 calls of each agent, or all of who has fewer; a tenth of them, rounded up,
// for two advocates, evenly.
void ExpectDrawn(Center& center, const v1::Draw& draw) {
  int drawn = 0;
  int wanted = 0;
  ASSERT_EQ(draw.agents_size(), static_cast<int>(center.teams().size()));
  for (const v1::Draw::Agent& agent : draw.agents()) {
    const int calls = std::min(4, agent.frame_count());
    EXPECT_EQ(agent.drawn_count(), calls) << agent.agent();
    EXPECT_EQ(agent.shortfall_count(), 4 - calls) << agent.agent();
    drawn += calls;
    wanted += 4;
  }
  EXPECT_EQ(draw.drawn_count(), drawn);
  EXPECT_EQ(draw.shortfall_count(), wanted - drawn);
  EXPECT_EQ(draw.overlap_count(), (drawn + 9) / 10);
  EXPECT_TRUE(draw.connected());
  int given = 0;
  ASSERT_EQ(draw.loads_size(), 6);
  for (const v1::Draw::Load& load : draw.loads()) {
    EXPECT_EQ(load.count(),
              (drawn + draw.overlap_count()) / 6 +
                  (load.count() * 6 > drawn + draw.overlap_count() ? 1 : 0))
        << load.advocate();
    given += load.count();
  }
  EXPECT_EQ(given, drawn + draw.overlap_count());
}

// The calls of the month are in, and the last month that is over is drawn.
v1::Draw DrawMonth(Center& center, int month) {
  center.Take(CallsOf(month));
  v1::Draw preview = center.Do("quinn", &Evaluations::DrawSample,
                               "name: 'samplingPlans/monthly' "
                               "validate_only: true");
  const v1::Draw draw = center.Do("quinn", &Evaluations::DrawSample,
                                  "name: 'samplingPlans/monthly'");
  EXPECT_EQ(draw.name(), DrawOf(month));
  ExpectDrawn(center, draw);
  // The same plan, seed and data draw the same; and a month is drawn once.
  *preview.mutable_create_time() = draw.create_time();
  EXPECT_EQ(preview.DebugString(), draw.DebugString());
  EXPECT_EQ(center
                .Do("quinn", &Evaluations::DrawSample,
                    "name: 'samplingPlans/monthly'")
                .DebugString(),
            draw.DebugString());
  return draw;
}

// What has been scored of the draw by now, and what nobody will score.
void ExpectOutcome(Center& center, const v1::Draw& draw, int lost) {
  std::set<std::string> scored;
  for (const Scored& row : center.ledger().all()) {
    if (row.draw == draw.name()) scored.insert(row.call.name());
  }
  v1::GetDrawRequest request;
  request.set_name(draw.name());
  const v1::Draw now = center.Do("quinn", &Evaluations::GetDraw, request);
  EXPECT_EQ(now.done_count(), static_cast<int>(scored.size()));
  EXPECT_EQ(now.lost_count(), lost);
  EXPECT_EQ(now.shortfall_count(), draw.shortfall_count() + lost);
  EXPECT_EQ(now.drawn_count(), draw.drawn_count());
}

void ScoreMonth(Center& center, int month) {
  const v1::Draw draw = DrawMonth(center, month);
  WorkQueues(center);
  ExpectOutcome(center, draw, 0);
  EXPECT_EQ(draw.drawn_count(), static_cast<int>(center.teams().size()) * 4 -
                                    draw.shortfall_count());
  ExpectTeamFigures(center);
}

// Whom a given-up call goes to: who may score it, never had it and has the
// least waiting, the first by id of those.
std::string NextFor(Center& center, const v1::Assignment& given_up) {
  std::map<std::string, int> loads;
  std::set<std::string> had = {given_up.advocate()};
  for (const v1::Assignment& one : Waiting(center, "")) {
    ++loads[one.advocate()];
    if (one.contact() == given_up.contact()) had.insert(one.advocate());
  }
  std::string next;
  for (const char* id : kAdvocates) {
    const std::string advocate = absl::StrCat("people/", id);
    if (had.count(advocate) > 0) continue;
    if (next.empty() || loads[advocate] < loads[next]) next = advocate;
  }
  return next;
}

void AdaGivesOneUp(Center& center) {
  const v1::Assignment first =
      center.Do("ada", &Evaluations::NextAssignment, "claim: true")
          .assignment();
  const std::string next = NextFor(center, first);
  const auto skip = [&](const std::string& person, const char* reason) {
    return center.Try(
        person, &Evaluations::SkipAssignment,
        absl::StrCat("name: '", first.name(), "' reason: '", reason, "'"));
  };
  EXPECT_THAT(skip("ada", ""), HasViolation("reason", "REASON_MISSING"));
  EXPECT_THAT(skip("ben", "Mine!"), StatusIs(absl::StatusCode::kNotFound));
  const v1::SkipAssignmentResponse response =
      Must(skip("ada", "The recording has no sound."));
  EXPECT_EQ(response.assignment().state(), v1::Assignment::STATE_SKIPPED);
  EXPECT_EQ(response.successor().contact(), first.contact());
  EXPECT_EQ(response.successor().advocate(), next);
  EXPECT_EQ(response.successor().draw(), first.draw());
}

void QuinnHandsOneOver(Center& center) {
  std::set<std::string> of_cleo;
  for (const v1::Assignment& one : Waiting(center, "cleo")) {
    of_cleo.insert(one.contact());
  }
  const size_t cleo_had = of_cleo.size();
  for (const v1::Assignment& one : Waiting(center, "ben")) {
    if (of_cleo.count(one.contact()) > 0) continue;
    const std::string request =
        absl::StrCat("name: '", one.name(), "' advocate: 'people/cleo'");
    EXPECT_THAT(center.Try("ben", &Evaluations::ReassignAssignment, request),
                StatusIs(absl::StatusCode::kPermissionDenied));
    EXPECT_THAT(center.Try("cleo", &Evaluations::ClaimAssignment,
                           absl::StrCat("name: '", one.name(), "'")),
                HasReason("ASSIGNMENT_HELD"));
    center.Do("quinn", &Evaluations::ReassignAssignment, request);
    break;
  }
  EXPECT_EQ(Waiting(center, "cleo").size(), cleo_had + 1);
}

}  // namespace

void January(Center& center) {
  center.At("2026-02-02", 9);
  const v1::Draw draw = DrawMonth(center, 1);
  EXPECT_EQ(draw.drawn_count(), 160);
  EXPECT_EQ(draw.overlap_count(), 16);
  EXPECT_THAT(center.Try("a01", &Evaluations::NextAssignment, ""),
              StatusIs(absl::StatusCode::kPermissionDenied));
  AdaGivesOneUp(center);
  QuinnHandsOneOver(center);
  WorkQueues(center);
  EXPECT_EQ(center.ledger().all().size(), 176u);
  ExpectOutcome(center, draw, 0);
  ExpectTeamFigures(center);
}

void February(Center& center) {
  center.At("2026-03-02", 9);
  const v1::Draw draw = DrawMonth(center, 2);
  for (const char* advocate : kAdvocates) {
    // Uma is away from the next day on.
    WorkQueue(center, advocate, absl::string_view(advocate) == "uma" ? 3 : 0);
  }
  ExpectOutcome(center, draw, 0);
  ExpectTeamFigures(center);
}

void Expiry(Center& center) {
  v1::GetDrawRequest request;
  request.set_name(DrawOf(2));
  const v1::Draw draw = center.Do("quinn", &Evaluations::GetDraw, request);
  std::set<std::string> left;
  for (const v1::Draw::Pick& pick : draw.picks()) left.insert(pick.contact());
  for (const Scored& row : center.ledger().all()) left.erase(row.call.name());
  center.At("2026-03-16", 8);  // 14 days later but for an hour
  EXPECT_EQ(Waiting(center, "uma").size(), 3u);
  EXPECT_EQ(draw.lost_count(), 0);
  center.At("2026-03-16", 9);
  EXPECT_EQ(Waiting(center, "uma").size(), 0u);
  EXPECT_FALSE(center.Do("uma", &Evaluations::NextAssignment, "claim: true")
                   .has_assignment());
  // Of her three those that somebody else had too are not lost.
  EXPECT_LE(left.size(), 3u);
  ExpectOutcome(center, draw, static_cast<int>(left.size()));
}

void March(Center& center) {
  center.At("2026-04-01", 9);
  ScoreMonth(center, 3);
  // Of the joiner's three calls none is left out.
  v1::GetDrawRequest request;
  request.set_name(DrawOf(3));
  const v1::Draw draw = center.Do("quinn", &Evaluations::GetDraw, request);
  EXPECT_EQ(draw.drawn_count(), 39 * 4 + 3);
  EXPECT_EQ(draw.shortfall_count(), 1);
}

void April(Center& center) {
  center.At("2026-05-04", 9);
  ScoreMonth(center, 4);
}

void May(Center& center) {
  center.At("2026-06-17", 9);
  ScoreMonth(center, 5);
}

void June(Center& center) {
  center.At("2026-07-01", 9);
  ScoreMonth(center, 6);
}

}  // namespace attune::half_year
