#include "tests/e2e/contest_figures.h"

#include <map>

#include "absl/strings/str_cat.h"

namespace attune::half_year {
namespace {

void ExpectFigures(const v1::ContestFigures& told,
                   const std::vector<Objection>& items, int64_t evaluations) {
  std::map<Objection::Outcome, int64_t> n;
  for (const Objection& item : items) ++n[item.outcome];
  EXPECT_EQ(told.items(), static_cast<int64_t>(items.size()));
  EXPECT_EQ(told.open(), n[Objection::kOpen]);
  EXPECT_EQ(told.upheld(), n[Objection::kUpheld]);
  EXPECT_EQ(told.changed(), n[Objection::kChanged]);
  EXPECT_EQ(told.closed(), n[Objection::kClosed]);
  const int64_t ruled = n[Objection::kUpheld] + n[Objection::kChanged];
  EXPECT_EQ(told.has_changed_percent(), ruled > 0);
  if (ruled > 0) {
    EXPECT_EQ(told.changed_percent(), PercentOf(n[Objection::kChanged], ruled));
  }
  EXPECT_EQ(told.evaluations(), evaluations);
  EXPECT_EQ(told.has_rate_percent(), evaluations > 0);
  if (evaluations > 0) {
    EXPECT_EQ(told.rate_percent(),
              PercentOf(static_cast<int64_t>(items.size()), evaluations));
  }
}

}  // namespace

void ExpectContestFigures(Center& center) {
  const v1::ContestReport report =
      center.Do("quinn", &v1::ReportService::Stub::GetContestReport, "");
  const std::vector<Objection>& all = center.ledger().objections();
  const auto counted = [&](const std::string& team) {
    return static_cast<int64_t>(
        center.ledger()
            .Counted([&](const Scored& row) {
              const auto found = center.teams().find(row.call.agent);
              return team.empty() ||
                     (found != center.teams().end() && found->second == team);
            })
            .size());
  };
  const int64_t evaluations = counted("");
  ExpectFigures(report.overall(), all, evaluations);
  std::map<std::string, std::vector<Objection>> questions;
  std::map<std::string, std::vector<Objection>> raters;
  std::map<std::string, std::vector<Objection>> teams;
  for (const Objection& one : all) {
    const Scored& scored = center.ledger().Find(one.evaluation);
    questions[FactsOf(one.question).id].push_back(one);
    raters[absl::StrCat("people/", scored.advocate)].push_back(one);
    teams[center.teams().at(scored.call.agent)].push_back(one);
  }
  ASSERT_EQ(report.questions_size(), static_cast<int>(questions.size()));
  for (const v1::ContestGroup& group : report.questions()) {
    SCOPED_TRACE(group.question_id());
    ExpectFigures(group.figures(), questions[group.question_id()], evaluations);
  }
  ASSERT_EQ(report.raters_size(), static_cast<int>(raters.size()));
  for (const v1::ContestGroup& group : report.raters()) {
    SCOPED_TRACE(group.name());
    ExpectFigures(group.figures(), raters[group.name()], 0);
  }
  ASSERT_EQ(report.teams_size(), static_cast<int>(teams.size()));
  for (const v1::ContestGroup& group : report.teams()) {
    SCOPED_TRACE(group.name());
    const std::string team = group.name().substr(6);
    ExpectFigures(group.figures(), teams[team], counted(team));
  }
}

}  // namespace attune::half_year
