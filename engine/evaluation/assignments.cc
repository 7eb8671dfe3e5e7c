// Creating, reading and handing over; assignment_claims.cc has what those who
// score do with them.

#include "engine/evaluation/assignments.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/assignment.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/evaluation/raters.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

absl::Status CheckNew(const v1::Assignment& wanted, int64_t now_us) {
  Violations bad;
  if (!ParseContactName(wanted.contact())) {
    bad.Add("assignment.contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (!ParseFormName(wanted.form())) {
    bad.Add("assignment.form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (!wanted.advocate().empty() && !ParsePersonName(wanted.advocate())) {
    bad.Add("assignment.advocate", "NAME_INVALID",
            "An advocate is people/{person}.");
  }
  if (wanted.has_due_time() && !IsValid(wanted.due_time())) {
    bad.Add("assignment.due_time", "TIME_INVALID",
            "A time is in the years 1 to 9999.");
  }
  if (wanted.has_expire_time() && (!IsValid(wanted.expire_time()) ||
                                   ToMicros(wanted.expire_time()) <= now_us)) {
    bad.Add("assignment.expire_time", "TIME_INVALID",
            "It expires in the future, or leave it out for never.");
  }
  return bad.ToStatus();
}

// Whether this person can be given the assignment.
absl::Status CheckAdvocate(Transaction& tx, const std::string& advocate,
                           const v1::Assignment& assignment,
                           absl::string_view agent_team) {
  const std::string agent = AgentOf(assignment);
  ASSIGN_OR_RETURN(const Rater rater, FindRater(tx, advocate));
  if (advocate == agent) {
    return FailedPrecondition("OWN_CONTACT",
                              "Nobody scores a contact of their own.");
  }
  if (!MayScore(rater, agent, agent_team)) {
    return FailedPrecondition(
        "MAY_NOT_SCORE",
        absl::StrCat(PersonName(advocate), " may not score contacts of ",
                     PersonName(agent), "."));
  }
  ASSIGN_OR_RETURN(const auto scorers, FindScorers(tx, assignment));
  if (scorers.count(advocate) > 0) {
    return FailedPrecondition(
        "SCORED_BEFORE",
        absl::StrCat(PersonName(advocate), " has scored ", assignment.contact(),
                     " on ", assignment.form(), " already."));
  }
  return absl::OkStatus();
}

absl::Status CheckFilters(const v1::ListAssignmentsRequest& request) {
  Violations bad;
  if (!request.advocate().empty() && !ParsePersonOrAll(request.advocate())) {
    bad.Add("advocate", "NAME_INVALID",
            "An advocate is people/{person}, or people/- for nobody.");
  }
  if (!request.plan().empty() && !ParseSamplingPlanName(request.plan()) &&
      !ParseDrawName(request.plan())) {
    bad.Add("plan", "NAME_INVALID",
            "Name samplingPlans/{plan}, or one of its draws.");
  }
  if (!request.agent().empty() && !ParsePersonName(request.agent())) {
    bad.Add("agent", "NAME_INVALID", "An agent is people/{person}.");
  }
  return bad.ToStatus();
}

// As it stands at `now_us`, whether or not it has been written down.
void AddState(v1::Assignment::State state, int64_t now_us, Query& query) {
  if (state == v1::Assignment::STATE_UNSPECIFIED) return;
  if (state == v1::Assignment::STATE_EXPIRED) {
    query.Add(" AND (a.state = ? OR (a.state IN (1, 2) AND a.expire_us <= ?))",
              {int64_t{state}, now_us});
    return;
  }
  query.Add(" AND a.state = ?", {int64_t{state}});
  if (state == v1::Assignment::STATE_OPEN ||
      state == v1::Assignment::STATE_CLAIMED) {
    query.Add(" AND (a.expire_us IS NULL OR a.expire_us > ?)", {now_us});
  }
}

void AddFilters(const v1::ListAssignmentsRequest& request, int64_t now_us,
                Query& query) {
  if (const auto advocate = ParsePersonOrAll(request.advocate())) {
    if (*advocate == "-") {
      query.Add(" AND a.advocate IS NULL");
    } else {
      query.Add(" AND a.advocate = ?", {*advocate});
    }
  }
  if (const auto plan = ParseSamplingPlanName(request.plan())) {
    query.Add(" AND a.plan = ?", {*plan});
  }
  if (const auto draw = ParseDrawName(request.plan())) {
    query.Add(" AND a.plan = ? AND a.period = ?", {draw->plan, draw->period});
  }
  if (const auto agent = ParsePersonName(request.agent())) {
    query.Add(" AND a.person = ?", {*agent});
  }
  AddState(request.state(), now_us, query);
}

// As MayRead.
void AddReach(const Caller& caller, int64_t now_us, Query& query) {
  if (!caller.person.empty()) query.Add(" AND a.person <> ?", {caller.person});
  if (caller.reach.all) return;
  query.Add(" AND (a.advocate = ?", {caller.reach.rated ? caller.person : ""});
  if (caller.reach.rated) {
    query.Add(
        " OR (a.advocate IS NULL AND a.state IN (1, 2) AND "
        "(a.expire_us IS NULL OR a.expire_us > ?))",
        {now_us});
  }
  query.Add(" OR a.person IN (SELECT id FROM person WHERE team = ?))",
            {caller.reach.team ? caller.team : ""});
}

}  // namespace

absl::StatusOr<v1::Assignment> Assignments::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateAssignmentRequest& request) const {
  const int64_t now_us = clock_();
  const v1::Assignment& wanted = request.assignment();
  RETURN_IF_ERROR(CheckNew(wanted, now_us));
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  ASSIGN_OR_RETURN(
      const v1::Contact contact,
      FindContact(tx,
                  ParseContactName(wanted.contact()).value_or(PersonPart{})));
  v1::Assignment assignment;
  assignment.set_contact(contact.name());
  const std::string agent = AgentOf(assignment);
  ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, agent));
  const std::string team = ParseTeamName(person.team()).value_or("");
  if (!caller.Reaches(agent, team) || caller.person == agent) {
    return NotFound(wanted.contact());
  }
  assignment.set_form(wanted.form());
  RETURN_IF_ERROR(
      FindRevision(tx, {ParseFormName(wanted.form()).value_or(""), 0}, now_us)
          .status());
  if (const auto advocate = ParsePersonName(wanted.advocate())) {
    assignment.set_advocate(wanted.advocate());
    RETURN_IF_ERROR(CheckAdvocate(tx, *advocate, assignment, team));
  }
  assignment.set_name(AssignmentName(MakeUuid(now_us)));
  assignment.set_state(v1::Assignment::STATE_OPEN);
  *assignment.mutable_due_time() = wanted.has_due_time()
                                       ? wanted.due_time()
                                       : ToTimestamp(now_us + kDueAfterUs);
  if (wanted.has_expire_time()) {
    *assignment.mutable_expire_time() = wanted.expire_time();
  }
  assignment.set_etag("1");
  *assignment.mutable_create_time() = ToTimestamp(now_us);
  *assignment.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(InsertAssignment(tx, assignment));
  return assignment;
}

absl::StatusOr<v1::Assignment> Assignments::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetAssignmentRequest& request) const {
  ASSIGN_OR_RETURN(AssignmentRow row, FindNamed(tx, request.name(), clock_()));
  if (!MayRead(caller, row.assignment, row.agent_team)) {
    return NotFound(request.name());
  }
  return std::move(row.assignment);
}

absl::StatusOr<v1::ListAssignmentsResponse> Assignments::List(
    Transaction& tx, const Caller& caller,
    const v1::ListAssignmentsRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  RETURN_IF_ERROR(CheckFilters(request));
  Query query(absl::StrCat("SELECT a.id, ", kAssignmentColumns,
                           " FROM assignment a WHERE "));
  query.Add("a.id > ?", {page.after.empty() ? "" : page.after[0]});
  AddFilters(request, now_us, query);
  AddReach(caller, now_us, query);
  query.Add(" ORDER BY a.id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListAssignmentsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.assignments_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    ReadAssignment(cells, now_us, *response.add_assignments());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::Assignment> Assignments::Reassign(
    Transaction& tx, const Caller& caller,
    const v1::ReassignAssignmentRequest& request) const {
  const auto advocate = ParsePersonName(request.advocate());
  if (!advocate && !request.advocate().empty()) {
    return Invalid("advocate", "NAME_INVALID",
                   "An advocate is people/{person}; none is nobody.");
  }
  const int64_t now_us = clock_();
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  ASSIGN_OR_RETURN(AssignmentRow row, FindNamed(tx, request.name(), now_us));
  v1::Assignment& assignment = row.assignment;
  if (!MayRead(caller, assignment, row.agent_team) ||
      !caller.Reaches(AgentOf(assignment), row.agent_team)) {
    return NotFound(request.name());
  }
  if (!IsLive(assignment)) return HasEnded(assignment);
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(assignment, request.etag()));
  if (assignment.advocate() == request.advocate()) return assignment;
  if (advocate) {
    RETURN_IF_ERROR(CheckAdvocate(tx, *advocate, assignment, row.agent_team));
  }
  assignment.set_advocate(request.advocate());
  assignment.set_state(v1::Assignment::STATE_OPEN);
  assignment.clear_claim_time();
  assignment.set_etag(absl::StrCat(version));
  *assignment.mutable_update_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateAssignment(tx, assignment));
  return std::move(assignment);
}

}  // namespace attune
