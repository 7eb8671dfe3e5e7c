#include "engine/evaluation/self_checks.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/evaluation/self_check.h"
#include "engine/evaluation/self_check_assignments.h"
#include "engine/evaluation/self_check_cycle.h"
#include "engine/evaluation/self_check_rows.h"
#include "engine/evaluation/self_gaps.h"
#include "engine/evaluation/withheld_evaluations.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kSessionShape[] =
    "A self-check is people/{person}/selfChecks/{cycle}.";

// Sessions, those of agents in open cycles also before they are begun.
constexpr char kSessions[] = R"sql(
  SELECT p.id, c.id, c.body, s.body,
         (SELECT MAX(d.done_us) FROM self_check d
          WHERE d.person = p.id AND d.form = c.form)
  FROM person p CROSS JOIN self_check_cycle c
    LEFT JOIN self_check s ON s.person = p.id AND s.cycle = c.id
  WHERE (s.person IS NOT NULL OR (c.state = 1 AND (p.roles & 2) <> 0)))sql";

constexpr char kScoresOf[] = R"sql(
  SELECT kind, state FROM evaluation
  WHERE contact = $1 AND person = $2 AND form = $3
    AND ((kind = 1 AND state <> 1 AND withheld = 0)
      OR (kind = 2 AND state <> 5))
  ORDER BY kind LIMIT 1)sql";

// The two names of a request about a contact in a session; - for the contact's
// agent is resolved.
struct Named {
  PersonPart session;
  PersonPart contact;
};

absl::StatusOr<Named> ParseNames(const std::string& name,
                                 const std::string& contact) {
  Violations bad;
  const auto session = ParseSelfCheckName(name);
  auto part = ParseContactName(contact);
  if (!session) bad.Add("name", "NAME_INVALID", kSessionShape);
  if (!part) {
    bad.Add("contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (session && part) {
    if (part->person == "-") part->person = session->person;
    if (part->person != session->person) {
      bad.Add("contact", "CONTACT_OF_ANOTHER",
              absl::StrCat("The contact belongs to ", PersonName(part->person),
                           ", and a self-check is of one's own."));
    }
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return Named{*session, *part};
}

bool IsAgent(const v1::Person& person) {
  for (const int role : person.roles()) {
    if (role == v1::ROLE_AGENT) return true;
  }
  return false;
}

// OK unless the agent knows a score of the contact, or gave one.
absl::Status CheckUnseen(Transaction& tx, const PersonPart& contact,
                         const std::string& form) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kScoresOf, {contact.id, contact.person, form}));
  if (rows.empty()) return absl::OkStatus();
  Cells cells(rows[0]);
  const bool graded = cells.Int() == v1::Evaluation::KIND_SELF;
  cells.Skip();
  RETURN_IF_ERROR(cells.Done());
  return FailedPrecondition(
      "ALREADY_SCORED",
      absl::StrCat(
          ContactName(contact.person, contact.id),
          graded ? " was graded in a self-check before; pick another."
                 : " has a score that the agent has seen, so grading it would "
                   "not be blind; pick another."));
}

// OK if nobody has begun to grade this pick.
absl::Status CheckUnused(Transaction& tx, const v1::SelfCheckPick& pick,
                         const std::string& form) {
  const PersonPart contact =
      ParseContactName(pick.contact()).value_or(PersonPart{});
  bool in_use = !pick.self_evaluation().empty();
  if (!in_use) {
    ASSIGN_OR_RETURN(in_use, IsIn(tx, contact, form, v1::Evaluation::KIND_QA));
  }
  if (!in_use) return absl::OkStatus();
  return FailedPrecondition(
      "PICK_IN_USE", absl::StrCat("The pick ", pick.contact(),
                                  " is being graded and stays as it is."));
}

v1::SelfCheck NewSession(const PersonPart& name, const Revision& revision,
                         int64_t now_us) {
  v1::SelfCheck check;
  check.set_name(SelfCheckName(name.person, name.id));
  check.set_cycle(SelfCheckCycleName(name.id));
  check.set_form_revision(revision.document.name());
  *check.mutable_create_time() = ToTimestamp(now_us);
  return check;
}

// One row of kSessions: the session, with its place in the list.
absl::StatusOr<v1::SelfCheck> ReadSession(const Row& row, int64_t now_us,
                                          std::vector<std::string>& key) {
  v1::SelfCheck check;
  v1::SelfCheckCycle cycle;
  std::optional<int64_t> last_done_us;
  Cells cells(row);
  key = {cells.Text()};
  key.push_back(cells.Text());
  cells.Message(cycle);
  if (cells.IsNull()) {
    cells.Skip();
    check.set_name(SelfCheckName(key[0], key[1]));
    check.set_cycle(cycle.name());
  } else {
    cells.Message(check);
  }
  if (!cells.IsNull()) {
    last_done_us = cells.Int();
  } else {
    cells.Skip();
  }
  RETURN_IF_ERROR(cells.Done());
  check.set_state(StateOf(check));
  TellDue(cycle, last_done_us, now_us, check);
  return check;
}

// NOT_FOUND if it is not begun and not expected.
absl::StatusOr<v1::SelfCheck> Show(Transaction& tx, const PersonPart& name,
                                   int64_t now_us) {
  Query query(kSessions);
  query.Add(" AND p.id = ? AND c.id = ?", {name.person, name.id});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  if (rows.empty()) return NotFound(SelfCheckName(name.person, name.id));
  std::vector<std::string> key;
  ASSIGN_OR_RETURN(v1::SelfCheck check, ReadSession(rows[0], now_us, key));
  RETURN_IF_ERROR(TellGaps(tx, check));
  return check;
}

absl::Status NotPicked(const PersonPart& contact) {
  return FailedPrecondition(
      "NOT_PICKED",
      absl::StrCat(ContactName(contact.person, contact.id),
                   " is not picked in this self-check; pick it first."));
}

// The conditions of a list: what was asked for, and what the caller may see.
absl::Status AddFilters(const v1::ListSelfChecksRequest& request,
                        const Caller& caller, int64_t now_us, Query& query) {
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  const auto cycle = ParseSelfCheckCycleName(request.cycle());
  const auto team = ParseTeamName(request.team());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  if (!request.cycle().empty() && !cycle) {
    bad.Add("cycle", "NAME_INVALID", "A cycle is selfCheckCycles/{cycle}.");
  }
  if (!request.team().empty() && !team) {
    bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  if (*person != "-") query.Add(" AND p.id = ?", {*person});
  if (cycle) {
    query.Add(" AND c.id = ?", {*cycle});
  } else {
    query.Add(" AND c.state = 1");
  }
  if (team) query.Add(" AND p.team = ?", {*team});
  if (request.overdue_only()) {
    query.Add(
        " AND s.done_us IS NULL AND (c.close_us < ? OR"
        " (SELECT MAX(d.due_us) FROM self_check d"
        " WHERE d.person = p.id AND d.form = c.form) < ?)",
        {now_us, now_us});
  }
  if (!caller.reach.all) {
    query.Add(" AND (p.id = ? OR p.team = ?)",
              {caller.reach.own ? caller.person : "",
               caller.reach.team ? caller.team : ""});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SelfCheck> SelfChecks::Pick(
    Transaction& tx, const Caller& caller,
    const v1::PickContactRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const Named named,
                   ParseNames(request.name(), request.contact()));
  ASSIGN_OR_RETURN(SelfCheckSubject subject,
                   FindSubject(tx, caller, named.session));
  RETURN_IF_ERROR(CheckTakesPart(subject.cycle, now_us));
  if (!IsAgent(subject.person)) {
    return FailedPrecondition(
        "NOT_AN_AGENT",
        absl::StrCat(subject.person.name(), " is not an agent."));
  }
  RETURN_IF_ERROR(FindContact(tx, named.contact).status());
  if (!subject.session) {
    ASSIGN_OR_RETURN(const auto revision,
                     revisions_->FindInEffect(tx, {subject.form(), 0}, now_us));
    subject.session = NewSession(named.session, *revision, now_us);
  }
  v1::SelfCheck& check = *subject.session;
  const v1::SelfCheckPick::Chooser chooser =
      caller.person == named.session.person ? v1::SelfCheckPick::CHOOSER_AGENT
                                            : v1::SelfCheckPick::CHOOSER_LEAD;
  const std::string contact =
      ContactName(named.contact.person, named.contact.id);
  if (const v1::SelfCheckPick* same = FindPick(check, contact)) {
    if (same->chooser() == chooser) return Show(tx, named.session, now_us);
    return FailedPrecondition(
        "PICKED_BEFORE",
        absl::StrCat(contact, " is the other pick already; pick another."));
  }
  if (const v1::SelfCheckPick* earlier = FindPick(check, chooser)) {
    RETURN_IF_ERROR(CheckUnused(tx, *earlier, subject.form()));
    RETURN_IF_ERROR(WithdrawPick(tx, check, earlier->contact(), now_us));
  }
  RETURN_IF_ERROR(CheckUnseen(tx, named.contact, subject.form()));
  v1::SelfCheckPick& pick = PickOf(check, chooser);
  pick.set_contact(contact);
  pick.clear_picker();
  if (!caller.person.empty()) pick.set_picker(PersonName(caller.person));
  *pick.mutable_pick_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(StoreSession(tx, now_us, check));
  RETURN_IF_ERROR(
      StorePick(tx, named.session, PickOf(check, chooser), subject.form()));
  RETURN_IF_ERROR(QueuePick(tx, check, contact,
                            ParseTeamName(subject.person.team()).value_or(""),
                            now_us));
  return Show(tx, named.session, now_us);
}

absl::StatusOr<v1::Evaluation> SelfChecks::Begin(
    Transaction& tx, const Caller& caller,
    const v1::BeginSelfEvaluationRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const Named named,
                   ParseNames(request.name(), request.contact()));
  ASSIGN_OR_RETURN(SelfCheckSubject subject,
                   FindSubject(tx, caller, named.session));
  RETURN_IF_ERROR(CheckTakesPart(subject.cycle, now_us));
  if (!subject.session) return NotPicked(named.contact);
  v1::SelfCheck& check = *subject.session;
  v1::SelfCheckPick* pick =
      FindPick(check, ContactName(named.contact.person, named.contact.id));
  if (pick == nullptr) return NotPicked(named.contact);
  if (const auto begun = ParseEvaluationName(pick->self_evaluation())) {
    ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *begun));
    if (row.evaluation.state() == v1::Evaluation::STATE_DRAFT) {
      return std::move(row.evaluation);
    }
    return ScoredBefore(IdentityOf(row.evaluation));
  }
  ASSIGN_OR_RETURN(const v1::Contact contact, FindContact(tx, named.contact));
  v1::Evaluation evaluation;
  evaluation.set_name(EvaluationName(named.session.person, MakeUuid(now_us)));
  evaluation.set_contact(pick->contact());
  evaluation.set_form_revision(check.form_revision());
  evaluation.set_rater(PersonName(named.session.person));
  evaluation.set_kind(v1::Evaluation::KIND_SELF);
  evaluation.set_state(v1::Evaluation::STATE_DRAFT);
  evaluation.set_etag("1");
  *evaluation.mutable_create_time() = ToTimestamp(now_us);
  *evaluation.mutable_update_time() = ToTimestamp(now_us);
  *evaluation.mutable_contact_time() = contact.start_time();
  RETURN_IF_ERROR(InsertEvaluation(tx, evaluation));
  pick->set_self_evaluation(evaluation.name());
  RETURN_IF_ERROR(StoreSession(tx, now_us, check));
  return evaluation;
}

absl::StatusOr<v1::SelfCheck> SelfChecks::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetSelfCheckRequest& request) const {
  const auto name = ParseSelfCheckName(request.name());
  if (!name) return Invalid("name", "NAME_INVALID", kSessionShape);
  RETURN_IF_ERROR(FindSubject(tx, caller, *name).status());
  return Show(tx, *name, clock_());
}

absl::StatusOr<v1::ListSelfChecksResponse> SelfChecks::List(
    Transaction& tx, const Caller& caller,
    const v1::ListSelfChecksRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Query query(kSessions);
  RETURN_IF_ERROR(AddFilters(request, caller, now_us, query));
  if (!page.after.empty()) {
    query.Add(" AND (p.id > ? OR (p.id = ? AND c.id > ?))",
              {page.after[0], page.after[0], page.after[1]});
  }
  query.Add(" ORDER BY p.id, c.id LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListSelfChecksResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.self_checks_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    ASSIGN_OR_RETURN(*response.add_self_checks(),
                     ReadSession(row, now_us, last));
  }
  return response;
}

absl::StatusOr<v1::ListCallsToScoreResponse> SelfChecks::ListCallsToScore(
    Transaction& tx, const Caller& caller,
    const v1::ListCallsToScoreRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 3));
  Query query(
      "SELECT k.person, k.contact, k.form, k.cycle FROM self_check_pick k"
      " WHERE k.blind = 1 AND NOT EXISTS (SELECT 1 FROM evaluation e"
      " WHERE e.contact = k.contact AND e.person = k.person"
      " AND e.form = k.form AND e.kind = 1 AND e.state IN (2, 3, 4))");
  query.Add(" AND k.person <> ?", {caller.person});
  if (!request.cycle().empty()) {
    const auto cycle = ParseSelfCheckCycleName(request.cycle());
    if (!cycle) {
      return Invalid("cycle", "NAME_INVALID",
                     "A cycle is selfCheckCycles/{cycle}.");
    }
    query.Add(" AND k.cycle = ?", {*cycle});
  }
  if (!caller.reach.all) {
    query.Add(" AND k.person IN (SELECT id FROM person WHERE team = ?)",
              {caller.reach.team ? caller.team : ""});
  }
  if (!page.after.empty()) {
    query.Add(
        " AND (k.person > ? OR (k.person = ? AND (k.contact > ?"
        " OR (k.contact = ? AND k.form > ?))))",
        {page.after[0], page.after[0], page.after[1], page.after[1],
         page.after[2]});
  }
  query.Add(" ORDER BY k.person, k.contact, k.form LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListCallsToScoreResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.calls_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    last.push_back(cells.Text());
    v1::CallToScore& call = *response.add_calls();
    call.set_contact(ContactName(last[0], last[1]));
    call.set_form(FormName(last[2]));
    call.set_cycle(SelfCheckCycleName(cells.Text()));
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
