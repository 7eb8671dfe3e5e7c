#include "engine/evaluation/self_check_assignments.h"

#include <optional>
#include <vector>

#include "engine/clock.h"
#include "engine/evaluation/assignment.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/evaluation/raters.h"
#include "engine/evaluation/self_check_rows.h"
#include "engine/evaluation/withheld_evaluations.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

// Open or claimed, for whatever reason.
constexpr char kQueued[] = R"sql(
  SELECT 1 FROM assignment
  WHERE contact = $1 AND person = $2 AND form = $3 AND state IN (1, 2)
  LIMIT 1)sql";

constexpr char kWithdrawPick[] = R"sql(
  UPDATE assignment
  SET state = 6, version = version + 1, end_us = $4, update_us = $4
  WHERE contact = $1 AND person = $2 AND cycle = $3 AND state = 1)sql";

constexpr char kWithdrawAll[] = R"sql(
  UPDATE assignment
  SET state = 6, version = version + 1, end_us = $2, update_us = $2
  WHERE cycle = $1 AND state = 1)sql";

}  // namespace

absl::Status QueuePick(Transaction& tx, const v1::SelfCheck& session,
                       const std::string& contact, absl::string_view agent_team,
                       int64_t now_us) {
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  const PersonPart part = ParseContactName(contact).value_or(PersonPart{});
  const std::string form = ParseFormRevisionName(session.form_revision())
                               .value_or(RevisionName{})
                               .form;
  ASSIGN_OR_RETURN(const std::vector<Row> queued,
                   tx.Run(kQueued, {part.id, part.person, form}));
  ASSIGN_OR_RETURN(const bool is_scored,
                   IsIn(tx, part, form, v1::Evaluation::KIND_QA));
  if (!queued.empty() || is_scored) return absl::OkStatus();
  AssignmentRow row;
  row.agent_team = std::string(agent_team);
  v1::Assignment& assignment = row.assignment;
  assignment.set_name(AssignmentName(MakeUuid(now_us)));
  assignment.set_contact(contact);
  assignment.set_form(FormName(form));
  assignment.set_form_revision(session.form_revision());
  assignment.set_self_check_cycle(session.cycle());
  assignment.set_state(v1::Assignment::STATE_OPEN);
  *assignment.mutable_due_time() = ToTimestamp(now_us + kDueAfterUs);
  assignment.set_etag("1");
  *assignment.mutable_create_time() = ToTimestamp(now_us);
  *assignment.mutable_update_time() = ToTimestamp(now_us);
  ASSIGN_OR_RETURN(*assignment.mutable_advocate(), FindNextAdvocate(tx, row));
  return InsertAssignment(tx, assignment);
}

absl::Status QueueAgain(Transaction& tx, const std::string& cycle,
                        const v1::Evaluation& voided,
                        absl::string_view agent_team, int64_t now_us) {
  if (cycle.empty() || voided.kind() != v1::Evaluation::KIND_QA) {
    return absl::OkStatus();
  }
  const PersonPart contact =
      ParseContactName(voided.contact()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(const std::optional<v1::SelfCheck> session,
                   FindSession(tx, {contact.person, cycle}));
  if (!session) return absl::OkStatus();
  return QueuePick(tx, *session, voided.contact(), agent_team, now_us);
}

absl::Status WithdrawPick(Transaction& tx, const v1::SelfCheck& session,
                          const std::string& contact, int64_t now_us) {
  const PersonPart part = ParseContactName(contact).value_or(PersonPart{});
  return tx.Send(
      kWithdrawPick,
      {part.id, part.person,
       ParseSelfCheckCycleName(session.cycle()).value_or(""), now_us});
}

absl::Status WithdrawAll(Transaction& tx, const std::string& cycle,
                         int64_t now_us) {
  return tx.Send(kWithdrawAll, {cycle, now_us});
}

}  // namespace attune
