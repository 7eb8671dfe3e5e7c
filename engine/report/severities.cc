#include "engine/report/severities.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "engine/report/period.h"
#include "engine/report/rater_drift.h"
#include "engine/report/rater_severity.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kHasForm[] = R"sql(
  SELECT 1 FROM form WHERE id = $1)sql";

constexpr char kTeamPeople[] = R"sql(
  SELECT id FROM person WHERE team = $1)sql";

// What counts in averages: KIND_QA, submitted, acknowledged or contested, not
// withheld.  Every column stands in the index evaluation_scores.
constexpr char kScores[] = R"sql(
  SELECT person, rater, contact_us, percent, critical FROM evaluation
  WHERE percent IS NOT NULL AND kind = 1 AND state IN (2, 3, 4)
    AND withheld = 0)sql";

absl::StatusOr<SeverityModel> ModelOf(Transaction& tx, const std::string& form,
                                      const DayRange& days) {
  ASSIGN_OR_RETURN(const std::vector<Row> found, tx.Run(kHasForm, {form}));
  if (found.empty()) return NotFound(FormName(form));
  Query query(kScores);
  query.Add(" AND form = ?", {form});
  if (days.first) {
    query.Add(" AND contact_us >= ?", {*days.first * kMicrosPerDay});
  }
  if (days.last) {
    query.Add(" AND contact_us < ?", {(*days.last + 1) * kMicrosPerDay});
  }
  std::vector<RatedScore> scores;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
    RatedScore score;
    Cells cells(row);
    score.agent = cells.Text();
    score.rater = cells.Text();
    score.day = DayOf(cells.Int());
    score.hundredths = cells.Int();
    const bool critical = cells.Int() == 1;
    score.auto_failed = critical && score.hundredths == 0;
    scores.push_back(std::move(score));
    return cells.Done();
  }));
  return SeverityModel(std::move(scores));
}

std::optional<std::string> CheckForm(const std::string& form, Violations& bad) {
  auto parsed = ParseFormName(form);
  if (!parsed) bad.Add("form", "NAME_INVALID", "A form is forms/{form}.");
  return parsed;
}

// The agents of the team that was asked for, or of the only one that the caller
// may see; nothing if that is all.
absl::StatusOr<std::optional<std::set<std::string>>> ShownAgents(
    Transaction& tx, const Caller& caller, const std::string& wanted) {
  std::set<std::string> agents;
  std::string team = ParseTeamName(wanted).value_or("");
  if (caller.reach.all) {
    if (team.empty()) return std::optional<std::set<std::string>>();
    RETURN_IF_ERROR(FindTeam(tx, team).status());
  } else {
    if (!team.empty() && !(caller.reach.team && team == caller.team)) {
      return NotFound(wanted);
    }
    team = caller.reach.team ? caller.team : "";
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kTeamPeople, {team}));
  for (const Row& row : rows) {
    Cells cells(row);
    agents.insert(cells.Text());
    RETURN_IF_ERROR(cells.Done());
  }
  return std::optional<std::set<std::string>>(std::move(agents));
}

}  // namespace

absl::StatusOr<v1::SeverityReport> Severities::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetRaterSeverityRequest& request) const {
  Violations bad;
  const DayRange days = ParsePeriod(request.period(), bad);
  const auto form = CheckForm(request.form(), bad);
  if (!request.team().empty() && !ParseTeamName(request.team())) {
    bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  SeverityView view;
  ASSIGN_OR_RETURN(view.agents, ShownAgents(tx, caller, request.team()));
  view.all_raters = caller.reach.all;
  view.rater = caller.reach.rated ? caller.person : "";
  ASSIGN_OR_RETURN(const SeverityModel model, ModelOf(tx, *form, days));
  v1::SeverityReport report = SeverityReportOf(model, view);
  report.set_form(request.form());
  *report.mutable_period() = request.period();
  report.set_team(request.team());
  return report;
}

absl::StatusOr<v1::RaterDrift> Severities::GetDrift(
    Transaction& tx, const Caller& caller,
    const v1::GetRaterDriftRequest& request) const {
  Violations bad;
  const DayRange days = ParsePeriod(request.period(), bad);
  const auto form = CheckForm(request.form(), bad);
  const auto rater = ParsePersonName(request.rater());
  if (!rater) bad.Add("rater", "NAME_INVALID", "A rater is people/{person}.");
  RETURN_IF_ERROR(bad.ToStatus());
  const bool own = caller.reach.rated && *rater == caller.person;
  if (!caller.reach.all && !own) return NotFound(request.rater());
  RETURN_IF_ERROR(FindPerson(tx, *rater).status());
  ASSIGN_OR_RETURN(const SeverityModel model, ModelOf(tx, *form, days));
  v1::RaterDrift drift = RaterDriftOf(model, *rater);
  drift.set_form(request.form());
  *drift.mutable_period() = request.period();
  return drift;
}

}  // namespace attune
