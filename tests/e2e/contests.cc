// What agents object to in January's scores, and how it is ruled.

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/contest.h"
#include "tests/e2e/contest_figures.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using Evaluations = v1::EvaluationService::Stub;

// What January's calls got from the severe one, of agents each once: first one
// with a try to argue about.
std::vector<std::string> SevereEvaluations(Center& center) {
  std::vector<std::string> names;
  std::set<int> agents;
  for (const bool with_one_try : {true, false}) {
    for (const Scored& row : center.ledger().all()) {
      if (row.advocate != kSevere || agents.count(row.call.agent) > 0) continue;
      if (with_one_try && (!names.empty() || row.sheet[kTries] != 10)) continue;
      names.push_back(row.evaluation);
      agents.insert(row.call.agent);
    }
  }
  return names;
}

double PercentNow(Center& center, const std::string& evaluation) {
  const v1::Evaluation now =
      Must(center.Read(AgentId(AgentIn(evaluation)), evaluation));
  return now.has_ruled_score() ? now.ruled_score().percent()
                               : now.score().percent();
}

double PercentIn(Center& center, const std::string& evaluation) {
  return static_cast<double>(center.ledger().Find(evaluation).total()) / 100;
}

// Two items: one is granted, the other not, and a ruling lowers neither.
void OneOfTwoIsGranted(Center& center, const std::string& evaluation) {
  const std::string agent = AgentId(AgentIn(evaluation));
  const double before = PercentIn(center, evaluation);
  EXPECT_THAT(Contest(center, agent, evaluation, {kVerified}),
              HasViolation("contest.items[0].question_id", "FULL_POINTS"));
  const v1::Contest contest =
      Must(Contest(center, agent, evaluation, {kGreeting, kTries}));
  EXPECT_THAT(Contest(center, agent, evaluation, {kTries}),
              HasReason("CONTEST_OPEN"));
  EXPECT_THAT(Rule(center, kSevere, contest, {kGreeting}),
              HasReason("NOT_INDEPENDENT"));
  EXPECT_THAT(
      center.Try(
          "ada", &Evaluations::RuleContest,
          absl::StrCat("name: '", contest.name(), "' etag: '", contest.etag(),
                       R"pb('
                            items {
                              question_id: "greeting"
                              outcome: OUTCOME_UPHELD
                              reason: "No."
                            }
                            items {
                              question_id: "tries"
                              outcome: OUTCOME_CHANGED
                              reason: "Not even one."
                              answer { question_id: "tries" choice_id: "no" }
                            })pb")),
      HasViolation("items[1].answer", "RULING_LOWERS"));
  const v1::Contest ruled = Must(Rule(center, "ada", contest, {kGreeting}));
  EXPECT_EQ(ruled.state(), v1::Contest::STATE_RULED);
  EXPECT_EQ(ruled.rulings(0).percent_before(), before);
  EXPECT_EQ(ruled.rulings(0).percent_after(), before + 10);
  EXPECT_THAT(Contest(center, agent, evaluation, {kTries}),
              HasViolation("contest.items[0].question_id", "CONTESTED_BEFORE"));
}

// Refused, escalated once, granted by who leads quality.
void OneIsEscalated(Center& center, const std::string& evaluation) {
  const std::string agent = AgentId(AgentIn(evaluation));
  const v1::Contest contest =
      Must(Contest(center, agent, evaluation, {kGreeting}));
  const v1::Contest refused = Must(Rule(center, "ben", contest, {}));
  EXPECT_EQ(PercentNow(center, evaluation), PercentIn(center, evaluation));
  const auto escalate = [&](const v1::Contest& one) {
    return center.Try(agent, &Evaluations::EscalateContest,
                      absl::StrCat("name: '", one.name(), "' etag: '",
                                   one.etag(), "' reason: 'I did greet.'"));
  };
  const v1::Contest escalated = Must(escalate(refused));
  EXPECT_THAT(Rule(center, "cleo", escalated, {kGreeting}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  const double before = PercentIn(center, evaluation);
  const v1::Contest final_one =
      Must(Rule(center, "quinn", escalated, {kGreeting}));
  EXPECT_EQ(final_one.state(), v1::Contest::STATE_FINAL);
  EXPECT_EQ(final_one.rulings_size(), 2);
  EXPECT_EQ(PercentNow(center, evaluation), before + 10);
  EXPECT_THAT(escalate(final_one), HasReason("NOT_RULED"));
}

// Refused, and left at that: after 14 days it is too late to go on.
v1::Contest OneIsRefused(Center& center, const std::string& evaluation) {
  const v1::Contest contest = Must(
      Contest(center, AgentId(AgentIn(evaluation)), evaluation, {kGreeting}));
  return Must(Rule(center, "cleo", contest, {}));
}

// Quinn takes an evaluation back while a contest of it is open.
void OneIsVoided(Center& center, const std::string& evaluation) {
  Must(Contest(center, AgentId(AgentIn(evaluation)), evaluation, {kGreeting}));
  v1::VoidEvaluationRequest request;
  request.set_name(evaluation);
  request.set_etag(Must(center.Read("quinn", evaluation)).etag());
  request.set_reason("The recording is of another call.");
  center.Do("quinn", &Evaluations::VoidEvaluation, request);
  center.ledger().Find(evaluation).voided = true;
  for (Objection& one : center.ledger().objections()) {
    if (one.evaluation == evaluation) one.outcome = Objection::kClosed;
  }
}

}  // namespace

void Contests(Center& center) {
  const std::vector<std::string> severe = SevereEvaluations(center);
  ASSERT_GE(severe.size(), 6u);
  center.At("2026-02-04", 10);
  OneOfTwoIsGranted(center, severe[0]);
  OneIsEscalated(center, severe[1]);
  const v1::Contest refused = OneIsRefused(center, severe[2]);
  OneIsVoided(center, severe[3]);
  // Somebody else's evaluation is not there for an agent.
  EXPECT_THAT(
      Contest(center, AgentId(AgentIn(severe[5])), severe[4], {kGreeting}),
      StatusIs(absl::StatusCode::kNotFound));
  // While one is open, its evaluation counts as it is.
  const v1::Contest open = Must(
      Contest(center, AgentId(AgentIn(severe[4])), severe[4], {kGreeting}));
  ExpectContestFigures(center);
  ExpectTeamFigures(center);
  // The lead of the team is independent too.
  const double before = PercentIn(center, severe[4]);
  Must(Rule(center, center.LeadOf(AgentIn(severe[4])), open, {kGreeting}));
  EXPECT_EQ(PercentNow(center, severe[4]), before + 10);
  ExpectContestFigures(center);
  ExpectTeamFigures(center);

  // Scored on February 2 at 9: 14 days later it can be contested, a moment
  // later not.
  center.At("2026-02-16", 10);
  const absl::Status late =
      Contest(center, AgentId(AgentIn(severe[5])), severe[5], {kGreeting})
          .status();
  EXPECT_THAT(late, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(late, HasReason("CONTEST_TOO_LATE"));
  EXPECT_EQ(late.message(),
            "It could be contested until 2026-02-16 09:00 UTC.");
  center.At("2026-02-20", 10);
  EXPECT_THAT(
      center.Try(AgentId(AgentIn(severe[2])), &Evaluations::EscalateContest,
                 absl::StrCat("name: '", refused.name(), "' etag: '",
                              refused.etag(), "' reason: 'Still.'")),
      HasReason("ESCALATE_TOO_LATE"));
}

}  // namespace attune::half_year
