// Revision 2: what is wrong is told by form health and the tally, what to do
// about it by backtests of two drafts.

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/e2e/backtest_figures.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/form_health_figures.h"
#include "tests/e2e/self_check.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using Forms = v1::FormService::Stub;
using Evaluations = v1::EvaluationService::Stub;
using testing::Contains;
using testing::ElementsAre;

// The question that most agents would not keep, in percent of their verdicts.
std::string LoserOf(const v1::SelfCheckTally& tally) {
  std::string loser;
  double worst = 0;
  for (const v1::QuestionTally& one : tally.questions()) {
    const int unhappy =
        one.change_count() + one.drop_count() + one.unclear_count();
    const double share = PercentOf(unhappy, unhappy + one.keep_count());
    if (share <= worst) continue;
    worst = share;
    loser = one.question_id();
  }
  EXPECT_EQ(worst, 76.92);  // 30 of 39
  return loser;
}

void ReadTheHealth(Center& center) {
  const v1::FormHealth health = ExpectFormHealth(center, 0);
  EXPECT_THAT(FindingsOf(HealthOf(health, kName)),
              ElementsAre("AGENTS_WOULD_CHANGE", "DOES_NOT_DISCRIMINATE"));
  EXPECT_EQ(HealthOf(health, kName).feedback().drop_count(), 30);
  EXPECT_THAT(FindingsOf(HealthOf(health, kVerified)),
              ElementsAre("ALWAYS_PASSED"));
  // The severe one takes the greeting for something else than the others do.
  EXPECT_THAT(FindingsOf(HealthOf(health, kGreeting)),
              Contains("RATERS_DISAGREE"));
  EXPECT_EQ(HealthOf(health, kGreeting).feedback().unclear_count(), 13);
  for (const size_t good : {kTries, kRapport, kSolved, kOwned}) {
    EXPECT_THAT(FindingsOf(HealthOf(health, good)), ElementsAre())
        << FactsOf(good).id;
  }
}

// Sections of the first draft weigh 40, 30, 25 and 5 as before.
v1::Backtest TryWithoutName(Center& center) {
  v1::BacktestFormRequest request;
  *request.mutable_form() = FormWithoutName();
  request.set_against("forms/call");
  return ExpectBacktest(center, request, TotalWithoutName);
}

// The second one is stored as the form's draft.
v1::Backtest TryForConnection(Center& center) {
  v1::UpdateFormRequest update;
  *update.mutable_form() = FormForConnection();
  update.mutable_form()->set_name("forms/call");
  update.mutable_form()->set_etag(
      center.Do("quinn", &Forms::GetForm, "name: 'forms/call'").etag());
  center.Do("quinn", &Forms::UpdateForm, update);
  v1::BacktestFormRequest request;
  request.set_name("forms/call");
  request.set_against("forms/call");
  return ExpectBacktest(center, request,
                        [](const Sheet& sheet) { return TotalOf(sheet, 2); });
}

double ChangeOf(const v1::Backtest& backtest) {
  return backtest.after().mean_percent() - backtest.before().mean_percent();
}

// What each section of the second draft adds to the mean total.
void ExpectDrivers(Center& center, const v1::Backtest& told) {
  const Rows rows = center.ledger().Counted();
  const auto n = static_cast<double>(rows.size());
  ASSERT_EQ(told.sections_size(), static_cast<int>(kSections));
  for (const v1::Backtest::Driver& driver : told.sections()) {
    for (size_t section = 0; section < kSections; ++section) {
      if (driver.section_id() != SectionId(section)) continue;
      int64_t before = 0;
      int64_t after = 0;
      for (const Scored* row : rows) {
        before += SectionLoss(row->sheet, 1, section);
        after += SectionLoss(row->sheet, 2, section);
      }
      EXPECT_NEAR(driver.lost_before(), static_cast<double>(before) / 100 / n,
                  0.00005001);
      EXPECT_NEAR(driver.contribution(),
                  static_cast<double>(before - after) / 100 / n, 0.00005001)
          << driver.section_id();
    }
  }
  EXPECT_EQ(told.bonus_change(), 0);
  EXPECT_EQ(told.critical_change(), 0);
  EXPECT_EQ(told.questions_without_history_size(), 0);
  EXPECT_EQ(told.unmatched_answers_size(), 0);
  ASSERT_EQ(told.questions_left_out_size(), 1);
  EXPECT_EQ(told.questions_left_out(0).question_id(), "name");
  EXPECT_EQ(told.questions_left_out(0).evaluations(), told.evaluations());
  // The floor, and the three bands.
  ASSERT_EQ(told.lines_size(), 4);
  EXPECT_EQ(told.lines(0).percent(), 50);
}

// A call that the plan did not draw, for Dev from the lead; begun before the
// revision.
v1::Evaluation DevBegins(Center& center) {
  std::set<std::string> scored;
  for (const Scored& row : center.ledger().all())
    scored.insert(row.call.name());
  std::string call;
  for (const Call& one : CallsOf(3)) {
    if (scored.count(one.name()) > 0) continue;
    call = one.name();
    break;
  }
  const std::string lead = center.LeadOf(AgentIn(call));
  const v1::Assignment assignment =
      center.Do(lead, &Evaluations::CreateAssignment,
                absl::StrCat("assignment { contact: '", call,
                             "' form: 'forms/call' advocate: 'people/dev' }"));
  center.Do("dev", &Evaluations::ClaimAssignment,
            absl::StrCat("name: '", assignment.name(), "'"));
  return center.Do(
      "dev", &Evaluations::CreateEvaluation,
      absl::StrCat("parent: 'people/-' evaluation { contact: '", call,
                   "' form_revision: 'forms/call' answers { "
                   "question_id: 'tries' choice_id: 'no' } }"));
}

void DevSubmits(Center& center, const v1::Evaluation& draft) {
  Scored scored;
  scored.call = FindCall(draft.contact());
  scored.advocate = "dev";
  scored.given = scored.sheet = scored.call.truth;
  v1::SubmitEvaluationRequest request;
  request.mutable_evaluation()->set_name(draft.name());
  request.mutable_evaluation()->set_etag(draft.etag());
  AddAnswers(scored.given, 1, *request.mutable_evaluation());
  const v1::Evaluation submitted =
      center.Do("dev", &Evaluations::SubmitEvaluation, request);
  EXPECT_EQ(submitted.form_revision(), "forms/call/revisions/1");
  scored.form_revision = submitted.form_revision();
  EXPECT_EQ(submitted.score().percent(),
            static_cast<double>(scored.total()) / 100);
  scored.evaluation = submitted.name();
  center.ledger().Add(scored);
}

void Publish(Center& center) {
  const v1::Form draft =
      center.Do("quinn", &Forms::GetForm, "name: 'forms/call'");
  v1::PublishFormRequest request;
  request.set_name(draft.name());
  request.set_etag(draft.etag());
  request.set_change_note(
      "You told us that saying a name three times is no courtesy. What it "
      "weighed goes to connection.");
  EXPECT_THAT(center.As("a01").Call(&Forms::PublishForm, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  const v1::FormRevision revision =
      center.Do("quinn", &Forms::PublishForm, request);
  EXPECT_EQ(revision.name(), "forms/call/revisions/2");
  EXPECT_EQ(revision.publisher(), "people/quinn");
  center.set_revision(2);
  // Agents read why.
  const v1::FormRevision read = center.Do("a01", &Forms::GetFormRevision,
                                          "name: 'forms/call/revisions/-'");
  EXPECT_EQ(read.DebugString(), revision.DebugString());
}

std::vector<std::string> ChangesIn(
    const google::protobuf::RepeatedPtrField<v1::FormComparison::Item>& items) {
  std::vector<std::string> changes;
  for (const v1::FormComparison::Item& item : items) {
    std::vector<std::string> words;
    for (const int change : item.changes()) {
      words.push_back(v1::FormComparison::Change_Name(
                          static_cast<v1::FormComparison::Change>(change))
                          .substr(7));
    }
    const std::string id =
        item.question_id().empty() ? item.section_id() : item.question_id();
    changes.push_back(absl::StrCat(id, " ", absl::StrJoin(words, ","), " ",
                                   item.share_before(), " ",
                                   item.share_after()));
  }
  return changes;
}

}  // namespace

void Revision(Center& center) {
  center.At("2026-04-13", 9);
  ReadTheHealth(center);
  const v1::SelfCheckTally tally = CycleOf(center, 1).tally();
  EXPECT_EQ(LoserOf(tally), FactsOf(kName).id);

  const v1::Backtest without = TryWithoutName(center);
  const v1::Backtest connection = TryForConnection(center);
  ExpectDrivers(center, connection);
  // Without the name alone everybody is raised a little; where its weight goes
  // to connection, the totals stay where they were on the whole.
  EXPECT_GT(ChangeOf(without), 0.5);
  EXPECT_LT(std::abs(ChangeOf(connection)), ChangeOf(without));
  ExpectTeamFigures(center);  // a backtest changes nothing

  const v1::Evaluation draft = DevBegins(center);
  center.At("2026-04-14", 9);
  Publish(center);
  const v1::FormComparison comparison =
      center.Do("a01", &Forms::CompareForms,
                "base: 'forms/call/revisions/1' "
                "other: 'forms/call/revisions/2'");
  EXPECT_THAT(
      ChangesIn(comparison.sections()),
      ElementsAre("connection REWEIGHTED 40 45", "courtesy REWEIGHTED 25 20"));
  EXPECT_THAT(
      ChangesIn(comparison.questions()),
      ElementsAre("tries REWEIGHTED 20 22.5", "rapport REWEIGHTED 20 22.5",
                  "greeting REWORDED 10 10", "name REMOVED 5 0"));

  // What was begun goes on as it began.
  center.At("2026-04-16", 9);
  DevSubmits(center, draft);
  for (const int agent : {0, 1}) {
    EXPECT_EQ(SelfCheckOf(center, agent, 2).form_revision(),
              "forms/call/revisions/1");
    EXPECT_EQ(BeginGrading(center, 1, 2, "own").form_revision(),
              "forms/call/revisions/1");
  }
  ExpectTeamFigures(center);
}

}  // namespace attune::half_year
