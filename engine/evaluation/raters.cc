#include "engine/evaluation/raters.h"

#include <map>
#include <utility>

#include "engine/errors.h"
#include "engine/evaluation/sampling_plan.h"
#include "engine/evaluation/sampling_plans.h"
#include "engine/names.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr char kFind[] = R"sql(
  SELECT id, team, roles FROM person WHERE id = $1)sql";

constexpr char kList[] = R"sql(
  SELECT id, team, roles FROM person WHERE (roles & $1) <> 0 ORDER BY id)sql";

constexpr char kLoads[] = R"sql(
  SELECT advocate, COUNT(*) FROM assignment
  WHERE state IN (1, 2) AND advocate IS NOT NULL GROUP BY advocate)sql";

absl::StatusOr<Rater> RaterOf(const Row& row) {
  Rater rater;
  Cells cells(row);
  rater.person = cells.Text();
  rater.team = cells.TextOr("");
  rater.roles = RoleSet(cells.Int());
  RETURN_IF_ERROR(cells.Done());
  return rater;
}

absl::StatusOr<std::map<std::string, int64_t>> FindLoads(Transaction& tx) {
  std::map<std::string, int64_t> loads;
  RETURN_IF_ERROR(tx.Scan(kLoads, {}, [&](const Row& row) {
    Cells cells(row);
    const std::string advocate = cells.Text();
    loads[advocate] = cells.Int();
    return cells.Done();
  }));
  return loads;
}

}  // namespace

absl::StatusOr<Rater> FindRater(Transaction& tx, absl::string_view person) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(person)}));
  if (rows.empty()) return NotFound(PersonName(person));
  return RaterOf(rows[0]);
}

absl::StatusOr<std::vector<Rater>> ListRaters(Transaction& tx,
                                              const v1::SamplingPlan& plan) {
  RoleSet scoring;
  scoring.Add(v1::ROLE_ADVOCATE).Add(v1::ROLE_LEAD);
  scoring.Add(v1::ROLE_QA_LEAD).Add(v1::ROLE_ADMIN);
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kList, {scoring.bits()}));
  std::vector<Rater> raters;
  for (const Row& row : rows) {
    ASSIGN_OR_RETURN(Rater rater, RaterOf(row));
    if (ScoresFor(plan, rater)) raters.push_back(std::move(rater));
  }
  return raters;
}

absl::StatusOr<std::string> FindNextAdvocate(Transaction& tx,
                                             const AssignmentRow& row) {
  v1::SamplingPlan plan;
  if (const auto id = ParseSamplingPlanName(row.assignment.plan())) {
    ASSIGN_OR_RETURN(plan, FindSamplingPlan(tx, *id));
  }
  ASSIGN_OR_RETURN(const std::vector<Rater> raters, ListRaters(tx, plan));
  ASSIGN_OR_RETURN(const auto takers, FindTakers(tx, row.assignment));
  ASSIGN_OR_RETURN(auto loads, FindLoads(tx));
  const Rater* least = nullptr;
  for (const Rater& rater : raters) {
    if (!MayScore(rater, AgentOf(row.assignment), row.agent_team) ||
        takers.count(rater.person) > 0) {
      continue;
    }
    if (least == nullptr || loads[rater.person] < loads[least->person]) {
      least = &rater;
    }
  }
  return least == nullptr ? "" : PersonName(least->person);
}

}  // namespace attune
