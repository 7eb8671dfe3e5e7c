#include "engine/voice/feedback_owners.h"

#include <vector>

#include "engine/access/caller.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/voice/feedback.h"

namespace attune {
namespace {

// The number in the statement below.
static_assert(v1::Feedback::STATE_OPEN == 1);

constexpr char kPeopleByLoad[] = R"sql(
  SELECT p.id FROM person p
    LEFT JOIN (SELECT owner, COUNT(*) AS n FROM feedback
               WHERE state = 1 GROUP BY owner) w ON w.owner = p.id)sql";

constexpr char kRoles[] = R"sql(
  SELECT roles FROM person WHERE id = $1)sql";

// Of those with this role, the one with the fewest unanswered items; empty
// without any.  `team` empty is any.
absl::StatusOr<std::string> FindLeastBusy(
    Transaction& tx, v1::Role role, const std::string& team,
    const std::vector<std::string>& others_than) {
  Query query(kPeopleByLoad);
  query.Add(" WHERE (p.roles & ?) <> 0", {RoleSet().Add(role).bits()});
  if (!team.empty()) query.Add(" AND p.team = ?", {team});
  for (const std::string& person : others_than) {
    query.Add(" AND p.id <> ?", {person});
  }
  query.Add(" ORDER BY COALESCE(w.n, 0), p.id LIMIT 1");
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  if (rows.empty()) return std::string();
  Cells cells(rows[0]);
  std::string person = cells.Text();
  RETURN_IF_ERROR(cells.Done());
  return person;
}

}  // namespace

absl::StatusOr<std::string> FindDefaultOwner(Transaction& tx,
                                             const FeedbackRoute& route) {
  const std::vector<std::string> involved = {route.giver, route.subject};
  const bool to_the_top = route.audience == v1::Feedback::AUDIENCE_LEADERSHIP;
  std::string owner;
  if (!to_the_top && !route.subject_team.empty()) {
    ASSIGN_OR_RETURN(
        owner, FindLeastBusy(tx, v1::ROLE_LEAD, route.subject_team, involved));
  }
  if (!to_the_top && (route.about == v1::Feedback::ABOUT_PROCESS ||
                      route.about == v1::Feedback::ABOUT_IDEA)) {
    ASSIGN_OR_RETURN(const bool can,
                     CanOwn(tx, route.ideas_owner, route.audience));
    if (can && route.ideas_owner != route.giver) owner = route.ideas_owner;
  }
  // Rather somebody else than who gave it or whom it is about; rather they than
  // nobody.
  for (const auto& others_than :
       {involved, std::vector<std::string>{route.subject},
        std::vector<std::string>{}}) {
    for (const v1::Role role : {v1::ROLE_QA_LEAD, v1::ROLE_ADMIN}) {
      if (!owner.empty()) return owner;
      ASSIGN_OR_RETURN(owner, FindLeastBusy(tx, role, "", others_than));
    }
  }
  return owner;
}

absl::StatusOr<bool> CanOwn(Transaction& tx, absl::string_view person,
                            v1::Feedback::Audience audience) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kRoles, {std::string(person)}));
  if (rows.empty()) return false;
  Cells cells(rows[0]);
  const RoleSet roles(cells.Int());
  RETURN_IF_ERROR(cells.Done());
  return AnswersFeedback(roles, audience);
}

}  // namespace attune
