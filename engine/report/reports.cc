#include "engine/report/reports.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/evaluation/standing.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "engine/report/agent_summary.h"
#include "engine/report/report_filter.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/rollups.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int64_t kMaxRows = 50;

absl::StatusOr<FormLabels> FindLabels(Transaction& tx,
                                      const std::vector<std::string>& forms) {
  FormLabels labels;
  for (const std::string& form : forms) {
    ASSIGN_OR_RETURN(labels[form], FindFormLabel(tx, form));
  }
  return labels;
}

// The newest evaluations of the filter's agent and period.
absl::Status AddRows(Transaction& tx, const RollupFilter& filter,
                     v1::AgentScorecard& card) {
  Query query("SELECT e.body FROM evaluation e");
  AddCountedWhere({filter}, query);
  query.Add(" ORDER BY e.id DESC LIMIT ?", {kMaxRows});
  return tx.Scan(query.text(), query.params(), [&](const Row& row) {
    v1::Evaluation evaluation;
    Cells cells(row);
    cells.Message(evaluation);
    v1::ScorecardRow& line = *card.add_rows();
    line.set_evaluation(evaluation.name());
    line.set_contact(evaluation.contact());
    line.set_day(FormatDay(DayOf(ToMicros(evaluation.contact_time()))));
    line.set_form_revision(evaluation.form_revision());
    line.set_rater(evaluation.rater());
    const v1::Score& score = EffectiveScore(evaluation);
    if (score.has_percent()) line.set_percent(score.percent());
    line.set_critical(score.critical_failures_size() > 0);
    line.set_acknowledged(IsAcknowledged(evaluation));
    line.set_contested(evaluation.state() == v1::Evaluation::STATE_CONTESTED);
    return cells.Done();
  });
}

constexpr char kTeamPeople[] = R"sql(
  SELECT id, roles, body FROM person WHERE team = $1 ORDER BY id)sql";

// Agents of the team, and whoever else of it was scored, each with their
// rollups.
struct Member {
  std::string display_name;
  bool is_agent = false;
  SummaryBuilder rollups;
};

absl::StatusOr<std::map<std::string, Member>> FindMembers(
    Transaction& tx, const std::string& team, const RollupFilter& filter) {
  std::map<std::string, Member> members;
  RETURN_IF_ERROR(tx.Scan(kTeamPeople, {team}, [&](const Row& row) {
    v1::Person person;
    Cells cells(row);
    Member& member = members[cells.Text()];
    member.is_agent = RoleSet(cells.Int()).Has(v1::ROLE_AGENT);
    cells.Message(person);
    member.display_name = person.display_name();
    return cells.Done();
  }));
  RETURN_IF_ERROR(
      ScanRollups(tx, filter, [&](const RollupKey& key, const Tally& tally) {
        members[key.person].rollups.Add(key, tally);
        return absl::OkStatus();
      }));
  return members;
}

bool NeedsHelpBefore(const v1::AgentSummary& a, const v1::AgentSummary& b) {
  const auto rank = [](const v1::AgentSummary& summary) {
    return std::make_tuple(!summary.average().has_percent(),
                           !summary.below_floor(), summary.average().percent(),
                           summary.person());
  };
  return rank(a) < rank(b);
}

}  // namespace

absl::StatusOr<v1::AgentScorecard> Reports::GetAgentScorecard(
    Transaction& tx, const Caller& caller,
    const v1::GetAgentScorecardRequest& request) const {
  Violations bad;
  RollupFilter filter = CheckFilter(request, bad);
  filter.person = ParsePersonName(request.person());
  if (!filter.person) {
    bad.Add("person", "NAME_INVALID", "An agent is people/{person}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, *filter.person));
  if (!caller.Reaches(*filter.person,
                      ParseTeamName(person.team()).value_or(""))) {
    return NotFound(request.person());
  }
  SummaryBuilder rollups;
  RETURN_IF_ERROR(
      ScanRollups(tx, filter, [&](const RollupKey& key, const Tally& tally) {
        rollups.Add(key, tally);
        return absl::OkStatus();
      }));
  ASSIGN_OR_RETURN(const FormLabels labels, FindLabels(tx, rollups.forms()));
  v1::AgentScorecard card;
  *card.mutable_period() = request.period();
  *card.mutable_summary() = rollups.Build(labels);
  card.mutable_summary()->set_person(person.name());
  card.mutable_summary()->set_display_name(person.display_name());
  for (v1::DayAverage& day : rollups.Days()) *card.add_days() = std::move(day);
  RETURN_IF_ERROR(AddRows(tx, filter, card));
  return card;
}

absl::StatusOr<v1::TeamCoachingReport> Reports::GetTeamCoachingReport(
    Transaction& tx, const Caller& caller,
    const v1::GetTeamCoachingReportRequest& request) const {
  Violations bad;
  RollupFilter filter = CheckFilter(request, bad);
  filter.team = ParseTeamName(request.team());
  if (!filter.team) bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  RETURN_IF_ERROR(bad.ToStatus());
  if (!caller.reach.all &&
      !(caller.reach.team && caller.team == *filter.team)) {
    return NotFound(request.team());
  }
  ASSIGN_OR_RETURN(const v1::Team team, FindTeam(tx, *filter.team));
  ASSIGN_OR_RETURN(const auto members, FindMembers(tx, *filter.team, filter));
  SummaryBuilder everyone;
  for (const auto& [id, member] : members) everyone.Add(member.rollups);
  ASSIGN_OR_RETURN(const FormLabels labels, FindLabels(tx, everyone.forms()));

  v1::TeamCoachingReport report;
  report.set_team(team.name());
  report.set_display_name(team.display_name());
  *report.mutable_period() = request.period();
  *report.mutable_overall() = everyone.Build(labels);
  report.mutable_overall()->set_display_name(team.display_name());
  for (const auto& [id, member] : members) {
    if (!member.is_agent && member.rollups.forms().empty()) continue;
    v1::AgentSummary& summary = *report.add_agents();
    summary = member.rollups.Build(labels);
    summary.set_person(PersonName(id));
    summary.set_display_name(member.display_name);
  }
  std::sort(report.mutable_agents()->begin(), report.mutable_agents()->end(),
            NeedsHelpBefore);
  return report;
}

}  // namespace attune
