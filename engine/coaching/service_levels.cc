#include "engine/coaching/service_levels.h"

#include <map>
#include <string>

#include "engine/coaching/service_level.h"
#include "engine/names.h"
#include "engine/report/agent_summary.h"
#include "engine/report/report_scopes.h"
#include "engine/stats/mean.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/rollups.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kWork[] = R"sql(
  SELECT w.person,
         CAST(SUM(CASE WHEN w.logged > 0 THEN 1 ELSE 0 END) AS BIGINT),
         CAST(SUM(w.on_leave) AS BIGINT), CAST(SUM(w.logged) AS BIGINT),
         CAST(SUM(w.facing) AS BIGINT), CAST(SUM(w.idle_chats) AS BIGINT),
         CAST(SUM(w.idle_minutes) AS BIGINT)
  FROM work_day w WHERE 1 = 1)sql";

// What a line of the report is made of.
struct Figures {
  std::string display_name;
  WorkSums work;
  Sums quality;

  void Add(const Figures& other) {
    work.Add(other.work);
    quality.Add(other.quality);
  }
};

struct Member {
  std::string team;  // id; empty if in none
  bool is_agent = false;
  Figures figures;
};

// Everybody of the scope.
absl::StatusOr<std::map<std::string, Member>> FindMembers(
    Transaction& tx, const ReportScope& scope) {
  std::map<std::string, Member> members;
  Query people(
      "SELECT p.id, p.roles, p.team, p.body FROM person p WHERE 1 = 1");
  AddAgents(scope, "p.id", people);
  RETURN_IF_ERROR(tx.Scan(people.text(), people.params(), [&](const Row& row) {
    v1::Person person;
    Cells cells(row);
    Member& member = members[cells.Text()];
    member.is_agent = RoleSet(cells.Int()).Has(v1::ROLE_AGENT);
    member.team = cells.TextOr("");
    cells.Message(person);
    member.figures.display_name = person.display_name();
    return cells.Done();
  }));
  return members;
}

absl::Status AddWork(Transaction& tx, const ReportScope& scope,
                     std::map<std::string, Member>& members) {
  Query work(kWork);
  AddDays(scope.days, "w.day", work);
  AddAgents(scope, "w.person", work);
  work.Add(" GROUP BY w.person");
  return tx.Scan(work.text(), work.params(), [&](const Row& row) {
    Cells cells(row);
    WorkSums& sums = members[cells.Text()].figures.work;
    sums.days = cells.Int();
    sums.leave_days = cells.Int();
    sums.logged = cells.Int();
    sums.facing = cells.Int();
    sums.idle_chats = cells.Int();
    sums.idle_minutes = cells.Int();
    return cells.Done();
  });
}

absl::Status AddQuality(Transaction& tx, const ReportScope& scope,
                        std::map<std::string, Member>& members) {
  RollupFilter filter;
  filter.kind = v1::Evaluation::KIND_QA;
  filter.person = scope.person;
  filter.team = scope.team;
  filter.first_day = scope.days.first;
  filter.last_day = scope.days.last;
  return ScanRollups(tx, filter, [&](const RollupKey& key, const Tally& tally) {
    members[key.person].figures.quality.Add(tally.percent);
    return absl::OkStatus();
  });
}

v1::ServiceLevelReport::Line LineOf(const std::string& name,
                                    const Figures& figures) {
  v1::ServiceLevelReport::Line line;
  line.set_name(name);
  line.set_display_name(figures.display_name);
  *line.mutable_service_level() = ServiceLevelOf(figures.work);
  *line.mutable_quality() = AverageOf(figures.quality);
  return line;
}

}  // namespace

absl::StatusOr<v1::ServiceLevelReport> ServiceLevels::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetServiceLevelRequest& request) const {
  Violations bad;
  const ReportScope asked = CheckScope(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const ReportScope scope, NarrowScope(tx, caller, asked));
  ASSIGN_OR_RETURN(auto members, FindMembers(tx, scope));
  RETURN_IF_ERROR(AddWork(tx, scope, members));
  RETURN_IF_ERROR(AddQuality(tx, scope, members));
  v1::ServiceLevelReport report;
  *report.mutable_period() = request.period();
  if (scope.team) report.set_team(TeamName(*scope.team));
  report.set_line_percent(kServiceLevelLinePercent);
  Figures overall;
  std::map<std::string, Figures> teams;
  for (const auto& [id, member] : members) {
    if (!member.is_agent && member.figures.work.logged == 0) continue;
    *report.add_agents() = LineOf(PersonName(id), member.figures);
    teams[member.team].Add(member.figures);
    overall.Add(member.figures);
  }
  *report.mutable_overall() = LineOf("", overall);
  // One agent's figures are not their team's.
  if (scope.person) return report;
  for (const auto& [id, figures] : teams) {
    *report.add_teams() = LineOf(id.empty() ? "" : TeamName(id), figures);
  }
  return report;
}

}  // namespace attune
