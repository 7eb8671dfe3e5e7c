#include "engine/evaluation/self_gaps.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/errors.h"
#include "engine/evaluation/self_check.h"
#include "engine/evaluation/self_checks.h"
#include "engine/evaluation/self_gap.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

// What counts of both sides.
constexpr char kGraded[] = R"sql(
  SELECT kind, body FROM evaluation
  WHERE contact = $1 AND person = $2 AND form = $3 AND kind IN (1, 2)
    AND state IN (2, 3, 4) AND withheld = 0
  ORDER BY id)sql";

absl::StatusOr<v1::SelfCheckGap> FindGap(Transaction& tx,
                                         const std::string& contact_name,
                                         const std::string& form) {
  const PersonPart contact =
      ParseContactName(contact_name).value_or(PersonPart{});
  std::vector<v1::Evaluation> self;
  std::vector<v1::Evaluation> advocates;
  RETURN_IF_ERROR(
      tx.Scan(kGraded, {contact.id, contact.person, form}, [&](const Row& row) {
        Cells cells(row);
        const bool is_self = cells.Int() == v1::Evaluation::KIND_SELF;
        cells.Message((is_self ? self : advocates).emplace_back());
        return cells.Done();
      }));
  if (self.empty()) return v1::SelfCheckGap();
  return GapOf(self.front(), advocates);
}

}  // namespace

absl::Status TellGaps(Transaction& tx, v1::SelfCheck& check) {
  const std::string form = ParseFormRevisionName(check.form_revision())
                               .value_or(RevisionName{})
                               .form;
  std::vector<v1::SelfCheckGap> gaps;
  for (v1::SelfCheckPick& pick : *check.mutable_picks()) {
    if (!pick.has_done_time()) continue;
    ASSIGN_OR_RETURN(v1::SelfCheckGap gap, FindGap(tx, pick.contact(), form));
    if (!gap.has_gap()) continue;
    gaps.push_back(gap);
    *pick.mutable_gap() = std::move(gap);
  }
  if (!gaps.empty()) *check.mutable_gap() = MeanOfGaps(gaps);
  return absl::OkStatus();
}

absl::StatusOr<v1::SelfGaps> SelfChecks::Gaps(
    Transaction& tx, const Caller& caller,
    const v1::GetSelfGapsRequest& request) const {
  Violations bad;
  const auto id = ParsePersonName(request.person());
  if (!id) bad.Add("person", "NAME_INVALID", "An agent is people/{person}.");
  const auto form = ParseFormName(request.form());
  if (!request.form().empty() && !form) {
    bad.Add("form", "NAME_INVALID", "A form is forms/{form}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, *id));
  if (!caller.Reaches(*id, ParseTeamName(person.team()).value_or(""))) {
    return NotFound(request.person());
  }
  Query query(
      "SELECT c.body, s.body FROM self_check s "
      "JOIN self_check_cycle c ON c.id = s.cycle WHERE ");
  query.Add("s.person = ?", {*id});
  if (form) query.Add(" AND s.form = ?", {*form});
  query.Add(" ORDER BY c.open_us, c.id");
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::SelfGaps gaps;
  gaps.set_person(person.name());
  for (const Row& row : rows) {
    v1::SelfCheckCycle cycle;
    v1::SelfCheck check;
    Cells cells(row);
    cells.Message(cycle);
    cells.Message(check);
    RETURN_IF_ERROR(cells.Done());
    RETURN_IF_ERROR(TellGaps(tx, check));
    if (!check.has_gap()) continue;
    v1::CycleGap& line = *gaps.add_cycles();
    line.set_cycle(cycle.name());
    line.set_title(cycle.title());
    line.set_form_revision(check.form_revision());
    *line.mutable_open_time() = cycle.open_time();
    *line.mutable_gap() = std::move(*check.mutable_gap());
  }
  return gaps;
}

}  // namespace attune
