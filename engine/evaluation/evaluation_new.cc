#include "engine/evaluation/evaluation_new.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kFindContact[] = R"sql(
  SELECT c.person, c.start_us, p.team, k.cycle
  FROM contact c JOIN person p ON p.id = c.person
    LEFT JOIN self_check_pick k ON k.contact = c.id AND k.person = c.person
      AND k.form = $2 AND k.blind = 1
  WHERE c.id = $1)sql";

// A contact and its agent, as far as scoring needs to know them.
struct ScoredContact {
  std::string person;
  int64_t start_us = 0;
  std::string blind_in;
};

// The contact of this name within the caller's reach, among the rows of
// kFindContact.
absl::StatusOr<ScoredContact> PickContact(const std::vector<Row>& rows,
                                          const Caller& caller,
                                          const PersonPart& name) {
  std::vector<ScoredContact> found;
  for (const Row& row : rows) {
    ScoredContact contact;
    Cells cells(row);
    contact.person = cells.Text();
    contact.start_us = cells.Int();
    const std::string team = cells.TextOr("");
    contact.blind_in = cells.TextOr("");
    RETURN_IF_ERROR(cells.Done());
    const bool named = name.person == "-" || name.person == contact.person;
    if (named && caller.Reaches(contact.person, team)) {
      found.push_back(std::move(contact));
    }
  }
  if (found.empty()) return NotFound(ContactName(name.person, name.id));
  if (found.size() > 1) {
    return FailedPrecondition(
        "CONTACT_AMBIGUOUS",
        absl::StrCat(found.size(), " agents have a contact ", name.id,
                     "; name the agent, as in ",
                     ContactName(found[0].person, name.id), "."));
  }
  return std::move(found[0]);
}

// Who scores: the caller, or whom an admin names.
absl::StatusOr<std::string> FindRater(Transaction& tx, const Caller& caller,
                                      const v1::Evaluation& wanted) {
  const std::string rater = wanted.rater().empty()
                                ? caller.person
                                : ParsePersonName(wanted.rater()).value_or("");
  if (rater.empty()) {
    return Invalid("evaluation.rater", "RATER_MISSING",
                   "This token speaks for nobody: name the rater, "
                   "people/{person}.");
  }
  if (rater != caller.person) {
    if (!caller.roles.Has(v1::ROLE_ADMIN)) {
      return Invalid("evaluation.rater", "RATER_NOT_CALLER",
                     "Only an admin may name another rater.");
    }
    RETURN_IF_ERROR(FindPerson(tx, rater).status());
  }
  return rater;
}

// What can be said about the request before looking anything up.
absl::Status CheckWanted(absl::string_view parent,
                         const v1::Evaluation& wanted) {
  Violations bad;
  const auto agent = ParsePersonOrAll(parent);
  const auto contact = ParseContactName(wanted.contact());
  if (!agent) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is the agent, people/{person}, or people/-.");
  }
  if (!contact) {
    bad.Add("evaluation.contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (agent && contact && *agent != "-" && contact->person != "-" &&
      *agent != contact->person) {
    bad.Add("evaluation.contact", "CONTACT_OF_ANOTHER",
            absl::StrCat("The contact belongs to ", PersonName(contact->person),
                         ", not to ", parent, "."));
  }
  if (!ParseFormName(wanted.form_revision()) &&
      !ParseFormRevisionName(wanted.form_revision())) {
    bad.Add("evaluation.form_revision", "NAME_INVALID",
            "Name forms/{form}, or forms/{form}/revisions/{revision}.");
  }
  if (!wanted.rater().empty() && !ParsePersonName(wanted.rater())) {
    bad.Add("evaluation.rater", "NAME_INVALID", "A rater is people/{person}.");
  }
  if (wanted.kind() != v1::Evaluation::KIND_UNSPECIFIED &&
      wanted.kind() != v1::Evaluation::KIND_QA) {
    bad.Add("evaluation.kind", "KIND_NOT_HERE",
            "Evaluations made here are of KIND_QA.");
  }
  return bad.ToStatus();
}

// `forms/{form}` is the newest: revision 0.  No form if it is neither name.
RevisionName WantedRevision(absl::string_view name) {
  if (const auto form = ParseFormName(name)) return RevisionName{*form, 0};
  return ParseFormRevisionName(name).value_or(RevisionName{});
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Revision>> FindWantedRevision(
    Transaction& tx, Revisions& revisions, int64_t now_us,
    absl::string_view name) {
  const RevisionName revision = WantedRevision(name);
  if (revision.form.empty()) {
    return Invalid("evaluation.form_revision", "NAME_INVALID",
                   "Name forms/{form}, or forms/{form}/revisions/{revision}.");
  }
  return revisions.FindInEffect(tx, revision, now_us);
}

absl::StatusOr<NewEvaluation> MakeEvaluation(
    Transaction& tx, const Caller& caller, Revisions& revisions, int64_t now_us,
    absl::string_view parent, const v1::Evaluation& wanted) {
  if (!caller.reach.team && !caller.reach.all) {
    return PermissionDenied(
        "Agents submit the drafts of their self-checks alone; name the draft.");
  }
  RETURN_IF_ERROR(CheckWanted(parent, wanted));
  PersonPart contact_name =
      ParseContactName(wanted.contact()).value_or(PersonPart{});
  if (contact_name.person == "-") {
    contact_name.person = ParsePersonOrAll(parent).value_or("-");
  }
  const RevisionName revision = WantedRevision(wanted.form_revision());
  ASSIGN_OR_RETURN(const auto found,
                   tx.RunAll({{kFindContact, {contact_name.id, revision.form}},
                              Revisions::Locate(revision, now_us)}));
  ASSIGN_OR_RETURN(const ScoredContact contact,
                   PickContact(found[0], caller, contact_name));
  ASSIGN_OR_RETURN(const std::string rater, FindRater(tx, caller, wanted));
  if (rater == contact.person) {
    return FailedPrecondition(
        "OWN_CONTACT",
        "Nobody scores a contact of their own, except in a "
        "self-check.");
  }
  NewEvaluation made;
  made.blind_in = contact.blind_in;
  ASSIGN_OR_RETURN(made.revision,
                   revisions.FindInEffect(tx, revision, now_us, found[1]));
  v1::Evaluation& evaluation = made.evaluation;
  evaluation.set_name(EvaluationName(contact.person, MakeUuid(now_us)));
  evaluation.set_contact(ContactName(contact.person, contact_name.id));
  evaluation.set_form_revision(made.revision->document.name());
  evaluation.set_rater(PersonName(rater));
  evaluation.set_kind(v1::Evaluation::KIND_QA);
  evaluation.set_state(v1::Evaluation::STATE_DRAFT);
  *evaluation.mutable_answers() = wanted.answers();
  evaluation.set_comment(wanted.comment());
  evaluation.set_private_note(wanted.private_note());
  evaluation.set_etag("1");
  *evaluation.mutable_create_time() = ToTimestamp(now_us);
  *evaluation.mutable_update_time() = ToTimestamp(now_us);
  *evaluation.mutable_contact_time() = ToTimestamp(contact.start_us);
  return made;
}

}  // namespace attune
