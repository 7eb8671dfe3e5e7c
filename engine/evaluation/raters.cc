#include "engine/evaluation/raters.h"

#include <utility>

#include "engine/errors.h"
#include "engine/evaluation/sampling_plan.h"
#include "engine/names.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr char kFind[] = R"sql(
  SELECT id, team, roles FROM person WHERE id = $1)sql";

constexpr char kList[] = R"sql(
  SELECT id, team, roles FROM person WHERE (roles & $1) <> 0 ORDER BY id)sql";

absl::StatusOr<Rater> RaterOf(const Row& row) {
  Rater rater;
  Cells cells(row);
  rater.person = cells.Text();
  rater.team = cells.TextOr("");
  rater.roles = RoleSet(cells.Int());
  RETURN_IF_ERROR(cells.Done());
  return rater;
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

}  // namespace attune
