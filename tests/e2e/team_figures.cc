#include "tests/e2e/team_figures.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace attune::half_year {
namespace {

using Reports = v1::ReportService::Stub;

constexpr double kFloor = 50;

void ExpectSection(const v1::AgentSummary& told, const Rows& rows,
                   size_t section) {
  int64_t percents = 0;
  int64_t lost = 0;
  for (const Scored* row : rows) {
    percents += SectionPercent(row->sheet, row->revision, section);
    lost += SectionLoss(row->sheet, row->revision, section);
  }
  const auto n = static_cast<int64_t>(rows.size());
  for (const v1::SectionAverage& average : told.sections()) {
    if (average.section_id() != SectionId(section)) continue;
    EXPECT_EQ(average.average().n(), n);
    EXPECT_EQ(average.average().percent(), MeanOf(percents, n));
    EXPECT_EQ(average.weighted_loss(), MeanOf(lost, n));
    return;
  }
  ADD_FAILURE() << "Nothing is told of " << SectionId(section);
}

void ExpectSummary(const v1::AgentSummary& told, const Rows& rows) {
  SCOPED_TRACE(told.person());
  const auto n = static_cast<int64_t>(rows.size());
  EXPECT_EQ(told.average().n(), n);
  EXPECT_EQ(told.average().has_percent(), n > 0);
  if (n == 0) return;
  EXPECT_EQ(told.average().percent(), MeanOf(SumOf(rows), n));
  EXPECT_EQ(told.below_floor(), told.average().percent() < kFloor);
  EXPECT_EQ(told.unacknowledged(), n);
  for (size_t section = 0; section < kSections; ++section) {
    ExpectSection(told, rows, section);
  }
}

void ExpectTeam(Center& center, const std::string& team) {
  SCOPED_TRACE(team);
  std::vector<int> agents;
  for (const auto& [agent, theirs] : center.teams()) {
    if (theirs == team) agents.push_back(agent);
  }
  const auto is_here = [&](const Scored& row) {
    return std::count(agents.begin(), agents.end(), row.call.agent) > 0;
  };
  const Rows rows = center.ledger().Counted(is_here);
  const v1::TeamCoachingReport report =
      center.Do(absl::StrCat("lead-", team), &Reports::GetTeamCoachingReport,
                absl::StrCat("team: 'teams/", team, "'"));
  ExpectSummary(report.overall(), rows);
  ASSERT_EQ(report.agents_size(), static_cast<int>(agents.size()));
  std::map<int, Rows> by_agent = ByAgent(rows);
  // Who needs help first: those under the floor, then by average.
  std::tuple<bool, bool, double> before = {};
  for (const v1::AgentSummary& agent : report.agents()) {
    ExpectSummary(agent, by_agent[AgentIn(agent.person())]);
    const std::tuple<bool, bool, double> here(!agent.average().has_percent(),
                                              !agent.below_floor(),
                                              agent.average().percent());
    EXPECT_LE(before, here) << agent.person();
    before = here;
  }
}

void ExpectScorecard(Center& center, int agent) {
  const Rows rows = center.ledger().Counted(
      [agent](const Scored& row) { return row.call.agent == agent; });
  const v1::AgentScorecard card =
      center.Do(AgentId(agent), &Reports::GetAgentScorecard,
                absl::StrCat("person: '", AgentName(agent), "'"));
  ExpectSummary(card.summary(), rows);
  std::multiset<std::pair<std::string, double>> told;
  for (const v1::ScorecardRow& row : card.rows()) {
    told.emplace(row.evaluation(), row.percent());
  }
  std::multiset<std::pair<std::string, double>> expected;
  for (const Scored* row : rows) {
    expected.emplace(row->evaluation, static_cast<double>(row->total()) / 100);
  }
  EXPECT_EQ(told, expected) << AgentId(agent);
}

}  // namespace

void ExpectTeamFigures(Center& center) {
  for (const char* team : {"red", "green", "blue", "gold"}) {
    ExpectTeam(center, team);
  }
  for (const auto& [agent, team] : center.teams()) {
    ExpectScorecard(center, agent);
  }
  ExpectVerified(center);
}

void ExpectVerified(Center& center) {
  const v1::VerifyResponse proof =
      center.Do("", &v1::AdminService::Stub::Verify, "");
  EXPECT_EQ(proof.differences_size(), 0) << proof.ShortDebugString();
  // Of every kind, with those that count nowhere.
  EXPECT_GE(proof.evaluations(),
            static_cast<int64_t>(center.ledger().Counted().size()));
}

}  // namespace attune::half_year
